"""The one place that touches requests: a call goes out, an answer or one of our errors comes back.

Nothing is repeated and nothing is followed here. TLS is verified, and proxies and CA bundles are taken from the
environment, as users of requests expect.
"""

from __future__ import annotations

import os
import re
import ssl
import time
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from rcs_provider.core.errors import NotSent, TransportError, Unclear

from . import tls
from .envelope import CHECK_WAY, ENDPOINT, Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .request import Request

BODY_LIMIT: Final = 16 * 1024 * 1024
"""Bytes of an answer that are read at the most; a list of an account's agents is far below."""

_CHUNK: Final = 64 * 1024
_CONNECTIONS: Final = 64
_LONGEST: Final = 86400.0


class _ApiKey(AuthBase):
    """Puts the key into the header; as an auth object it also keeps requests from looking into ~/.netrc."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["api-key"] = self._key
        return request


class HttpTransport:
    """Talks HTTP; one pool of connections, safe to share between threads."""

    def __init__(self) -> None:
        adapter = HTTPAdapter(pool_connections=4, pool_maxsize=_CONNECTIONS, max_retries=0)
        self._session = requests.Session()
        self._session.cookies.set_policy(_NoCookies())
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, adapter)
        self._headers = {**self._session.headers, "Content-Type": "application/json", "Accept": "application/json"}
        self._surroundings: dict[str, dict[str, Any]] = {}

    def send(self, request: Request) -> Answer:
        """See `request.Transport`."""
        try:
            with self._sent(request) as response:
                return _read(response, request.deadline)
        except (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
            raise _translated(error, urlsplit(request.url).netloc) from None

    def _sent(self, request: Request) -> requests.Response:
        prepared = requests.Request(
            request.method, request.url, json=request.body, auth=_ApiKey(request.key), headers=self._headers
        ).prepare()
        how: dict[str, Any] = {**self._surroundings_of(request.url), "timeout": _timeouts(request), "stream": True}
        return self._session.send(prepared, allow_redirects=False, **how)

    def _surroundings_of(self, url: str) -> dict[str, Any]:
        """Proxies and CA bundle by the environment, which is read once per host: requests would read it each time."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._surroundings:
            found: Any = self._session.merge_environment_settings(host, {}, None, None, None)
            if parts.scheme == "https" and isinstance(found["verify"], str):
                tls.require_bundle(found["verify"])
            self._surroundings[host] = found
        return self._surroundings[host]


def authorities() -> str:
    """File or folder of the authorities whose certificates calls trust: the environment's, or those of requests.

    Raises:
        NotSent: the one that a variable names is of no use.
    """
    path = next(
        (os.environ[each] for each in tls.BUNDLES if os.environ.get(each)), requests.utils.DEFAULT_CA_BUNDLE_PATH
    )
    tls.require_bundle(path)
    return path


def proxy_for(url: str) -> str | None:
    """Host and port of the proxy that calls to an address go through, by the environment; None where they go straight.

    What else its address holds is left out, as that may be a password.
    """
    proxy = requests.utils.select_proxy(url, requests.utils.get_environ_proxies(url))
    return proxy and (urlsplit(proxy if "//" in proxy else f"//{proxy}").netloc.rpartition("@")[2] or "an address")


def is_excepted(host: str, no_proxy: str) -> bool:
    """Whether a value of NO_PROXY excepts a host from the proxy."""
    return requests.utils.should_bypass_proxies(f"http://{host}", no_proxy or None)


class _NoCookies(DefaultCookiePolicy):
    """Cookies would tie one call to another."""

    def set_ok(self, cookie: object, request: object) -> bool:  # noqa: ARG002
        """None is kept."""
        return False


def _timeouts(request: Request) -> tuple[float, float]:
    """Seconds to connect and to wait for a part of an answer; a head that drips has the latter for each byte."""
    left = min(max(0.05, request.deadline - time.monotonic()), _LONGEST)
    return min(request.connect_timeout, left), min(request.read_timeout, left)


def _read(response: requests.Response, deadline: float) -> Answer:
    parts: list[bytes] = []
    size = 0
    # read1 gives what is there: a chunk that is waited for until it is full would hide a server that drips.
    while part := response.raw.read1(_CHUNK, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > BODY_LIMIT:
            raise Unclear(f"the answer is longer than {BODY_LIMIT} bytes")
        _require_time(deadline)
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, b"".join(parts))


def _require_time(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise Unclear("the answer did not end in time")


def _translated(error: Exception, host: str) -> TransportError:
    """Our error for one of the library's, without the library's words: these hold the address, and so the SID."""
    causes = list(_causes(error))
    by_proxy = any(isinstance(each, urllib3.exceptions.ProxyError) for each in causes)
    if (refused := tls.refusal(causes, "the proxy" if by_proxy else host)) is not None:
        return refused
    if isinstance(error, requests.exceptions.InvalidSchema) and "SOCKS" in str(error):
        return NotSent(f"{_socks()} is a SOCKS proxy, and the library for it is missing", _SOCKS, lasting=True)
    if type(causes[-1]) is OSError and (answer := re.search(r"Tunnel connection failed: (4\d\d)", str(causes[-1]))):
        return NotSent(f"the proxy does not lead to {host}: it answers HTTP {answer[1]}", _PROXY, lasting=True)
    for known, ours, text, todo in _TRANSLATIONS:
        if any(isinstance(each, known) for each in causes):
            return ours(text.format(host=host), todo, lasting=known in _LASTING)
    return Unclear(f"the call to {host} failed ({type(error).__name__})")


def _socks() -> str:
    """Name of the variable that sets a SOCKS proxy."""
    found = (name for name, value in os.environ.items() if name.lower().endswith("_proxy") and "socks" in value[:5])
    return next(found, "the proxy")


def _causes(error: object) -> Iterator[object]:
    """The error and those inside it: the libraries hand them on as an argument or an attribute."""
    while isinstance(error, Exception):
        yield error
        inner: object = getattr(error, "reason", None) or getattr(error, "original_error", None)
        error = inner if isinstance(inner, Exception) else error.args[0] if error.args else None


_PROXY: Final = f"Check HTTPS_PROXY and NO_PROXY, the network and {ENDPOINT}."
_SOCKS: Final = "Install it beside kaleyra-rcs: `pip install 'requests[socks]'`."

_TRANSLATIONS: Final[tuple[tuple[type[Exception], type[TransportError], str, str], ...]] = (
    (ssl.SSLError, Unclear, "TLS with {host} broke off", ""),
    (requests.exceptions.SSLError, Unclear, "TLS with {host} broke off", ""),
    (requests.exceptions.ProxyError, NotSent, "the proxy does not lead to {host}", _PROXY),
    (urllib3.exceptions.ProxySchemeUnknown, NotSent, "the proxy's URL has a scheme that is not http or https", _PROXY),
    (requests.exceptions.InvalidProxyURL, NotSent, "the proxy's URL is not valid", _PROXY),
    (urllib3.exceptions.NameResolutionError, NotSent, "there is no host {host}", CHECK_WAY),
    (requests.exceptions.ConnectTimeout, NotSent, "{host} does not accept connections in time", CHECK_WAY),
    (urllib3.exceptions.NewConnectionError, NotSent, "{host} refuses connections", CHECK_WAY),
    (requests.exceptions.InvalidURL, NotSent, "{host} is not valid in a URL", CHECK_WAY),
    (requests.exceptions.ReadTimeout, Unclear, "{host} gave no answer in time", ""),
    (urllib3.exceptions.ReadTimeoutError, Unclear, "the answer of {host} stopped in the middle", ""),
    (urllib3.exceptions.DecodeError, Unclear, "the answer of {host} is not encoded as it says", ""),
    (requests.exceptions.ConnectionError, Unclear, "{host} closed the connection without an answer", ""),
    (urllib3.exceptions.ProtocolError, Unclear, "the answer of {host} broke off", ""),
)
"""The library's errors, most specific first. Only those before the first byte of the request are NotSent."""
_LASTING: Final = (
    urllib3.exceptions.ProxySchemeUnknown,
    requests.exceptions.InvalidProxyURL,
    requests.exceptions.InvalidURL,
)
"""Those that a setting causes."""
