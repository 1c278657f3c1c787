"""One GET to a host, at an IP address that was checked: nothing is followed, repeated or kept.

The host is told the address and the name of this package, and no key, cookie, user name or password.
"""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Final

import urllib3.exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection

from rcs_provider._version import __version__

from .answer import PictureError, is_success

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from urllib3.response import HTTPResponse
    from urllib3.util import Url

HEADERS: Final = {
    "User-Agent": f"kaleyra-rcs/{__version__}",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
"""All that a request says beside the address and its host."""
_CHUNK: Final = 64 * 1024

ERRORS: Final = (urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError)
"""What an exchange can end with; `translated` says it in our words."""


@dataclass(frozen=True)
class Reply:
    """The answer to one request.

    Attributes:
        status: HTTP status.
        location: the header that names another address, or nothing.
        content_type: the header, or nothing.
        content: the body, where it was asked for and the status is one of success.
    """

    status: int
    location: str
    content_type: str
    content: bytes


class Attempt:
    """The time that fetching an address has, and the connection that it is at.

    Args:
        seconds: for everything, from looking the name up to the last byte.
    """

    def __init__(self, seconds: float) -> None:
        self.late = PictureError(f"does not answer in full within {seconds:g} seconds")
        self._deadline = time.monotonic() + seconds
        self._connection: HTTPConnection | None = None

    def left(self) -> float:
        """Seconds that are left.

        Raises:
            PictureError: none is.
        """
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise self.late
        return left

    def use(self, connection: HTTPConnection) -> None:
        """Notes the connection that `cut` is to end."""
        self._connection = connection

    def cut(self) -> None:
        """Ends the connection, whoever reads from it."""
        found = getattr(self._connection, "sock", None)
        with suppress(OSError):
            if found is not None:
                found.shutdown(socket.SHUT_RDWR)


def get(target: Url, addresses: Sequence[str], trusted: ssl.SSLContext, most: int, attempt: Attempt) -> Reply:
    """Makes one request.

    Args:
        target: the address, whole.
        addresses: the IP addresses of its host, tried in order until one takes the connection.
        trusted: with the authorities whose certificates count.
        most: bytes of the body that are read; 0 reads none of it.
        attempt: the time that is left.

    Raises:
        PictureError: the answer is too long, or too late.
        ERRORS: any other trouble.
    """
    connection = _connected(target, addresses, trusted, attempt)
    try:
        connection.timeout = attempt.left()
        headers = {**HEADERS, "Host": target.netloc or ""}
        connection.request("GET", target.request_uri, headers=headers, preload_content=False)
        with closing(connection.getresponse()) as response:
            return _reply(response, most, attempt)
    finally:
        connection.close()


def _connected(target: Url, addresses: Sequence[str], trusted: ssl.SSLContext, attempt: Attempt) -> HTTPConnection:
    """A connection to the first address that takes one; each gets its share of the time that is left."""
    for waiting in range(len(addresses), 0, -1):
        connection = _connection(target, addresses[-waiting], trusted, attempt.left() / waiting)
        attempt.use(connection)
        try:
            connection.connect()
        except urllib3.exceptions.ConnectTimeoutError:  # NewConnectionError, too, is one
            connection.close()
            if waiting == 1:
                raise
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise PictureError(f"there is no host {target.host}")


def _connection(target: Url, address: str, trusted: ssl.SSLContext, seconds: float) -> HTTPConnection:
    """Of the address that was checked, under the host's name: this way no second look-up can lead elsewhere."""
    if target.scheme == "https":
        name = (target.host or "").strip("[]")
        return HTTPSConnection(address, target.port or 443, timeout=seconds, server_hostname=name, ssl_context=trusted)
    return HTTPConnection(address, target.port or 80, timeout=seconds)


def _reply(response: HTTPResponse, most: int, attempt: Attempt) -> Reply:
    wanted = most > 0 and is_success(response.status)
    content = b"".join(_parts(response, most, attempt)) if wanted else b""
    headers = response.headers
    return Reply(response.status, headers.get("Location", ""), headers.get("Content-Type", ""), content)


def _parts(response: HTTPResponse, most: int, attempt: Attempt) -> Iterator[bytes]:
    size = 0
    # read1 gives what is there: a chunk that is waited for until it is full would hide a host that drips.
    while part := response.read1(_CHUNK, decode_content=True):
        size += len(part)
        if size > most:
            raise PictureError(f"is larger than the {most / 1e6:g} MB that are read")
        attempt.left()
        yield part


def translated(error: Exception, host: str, attempt: Attempt) -> PictureError:
    """Our words for what went wrong, without the library's, which hold more of the address than is shown."""
    causes = list(_causes(error))
    for each in causes:
        if isinstance(each, ssl.SSLCertVerificationError):
            reason = getattr(each, "verify_message", "").rstrip(".") or "its verification failed"
            return PictureError(f"the certificate of {host} is not trusted here: {reason}")
    for known, text in _TRANSLATIONS:
        if any(isinstance(each, known) for each in causes):
            return PictureError(text.format(host=host)) if text else attempt.late
    return PictureError(f"the call to {host} failed ({type(error).__name__})")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


_TRANSLATIONS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (ssl.SSLError, "TLS with {host} fails"),
    (ConnectionRefusedError, "{host} refuses connections"),
    (TimeoutError, ""),
    (urllib3.exceptions.NewConnectionError, "{host} cannot be reached"),
    (urllib3.exceptions.TimeoutError, ""),
    (urllib3.exceptions.DecodeError, "the answer of {host} is not encoded as it says"),
    (urllib3.exceptions.ProtocolError, "the answer of {host} breaks off"),
    (ConnectionError, "{host} closes the connection without an answer"),
    (HTTPException, "the answer of {host} is not HTTP"),
    (OSError, "{host} cannot be reached"),
    (ValueError, "the address is not valid"),
)
"""The libraries' errors, most specific first; without words it is the time that was up."""
