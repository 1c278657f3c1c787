"""Fetching the addresses that agents declare: few at a time, each once, in bounded time, and only from public hosts."""

from __future__ import annotations

import queue
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import create_urllib3_context, parse_url

from rcs_provider.api.transport import authorities

from . import exchange, hosts
from .answer import Answer, PictureError, shown

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Mapping

    from urllib3.util import Url

    from .exchange import Attempt, Reply
    from .hosts import IPAddress

MOST_BYTES: Final = 2_000_000
"""Bytes of a picture that are read; the largest that is allowed has a tenth of them."""
SECONDS: Final = 10.0
"""For an address with all its redirects."""
_MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_AT_ONCE: Final = 8


class Fetcher:
    """Fetches addresses.

    Every connection is a direct one, to an IP address that was checked. Proxies of the environment are not used: what a
    proxy connects to, only the proxy knows.

    Args:
        allow_private: whether hosts may be fetched from that are not on the public internet.
        seconds: that an address may take, with all its redirects.
        is_public: whether an IP address is on the public internet.

    Raises:
        NotSent: the file of trusted authorities, which a variable names, is of no use.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        seconds: float = SECONDS,
        is_public: Callable[[IPAddress], bool] = hosts.is_public,
    ) -> None:
        self._allows = _any_address if allow_private else is_public
        self._seconds = seconds
        self._trusted = _trusted()
        self._found: dict[str, Answer | PictureError] = {}

    def get(self, address: str, most: int = MOST_BYTES) -> Answer:
        """Fetches one address, or gives what came of it before.

        Args:
            address: of any scheme.
            most: bytes of the answer that are read; 0 reads no more than its head.

        Raises:
            PictureError: there is no answer; the message is a clause about the address.
        """
        found = self.get_all({address: most})[address]
        if isinstance(found, PictureError):
            raise found
        return found

    def get_all(self, wanted: Mapping[str, int]) -> dict[str, Answer | PictureError]:
        """Fetches addresses as `each` does, and gives what came of them, in their order.

        Args:
            wanted: the bytes of each that are read, by address, as in `get`.
        """
        missing = {each: most for each, most in wanted.items() if _key(each) not in self._found}
        self._found.update((_key(address), found) for address, found in self.each(missing))
        return {each: self._found[_key(each)] for each in wanted}

    def each(self, wanted: Mapping[str, int]) -> Iterator[tuple[str, Answer | PictureError]]:
        """Fetches addresses, several at a time, and gives what comes of each as it comes; keeps none of it.

        One that cannot be fetched is no error of the whole.

        Args:
            wanted: as in `get_all`; those that differ only in what comes after a # are fetched once.
        """
        named: dict[str, list[str]] = {}
        for address in wanted:
            named.setdefault(_key(address), []).append(address)
        waiting: queue.SimpleQueue[tuple[str, int]] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[str, Answer | Exception]] = queue.SimpleQueue()
        for key, addresses in named.items():
            waiting.put((key, max(wanted[each] for each in addresses)))
        for _ in range(min(_AT_ONCE, len(named))):
            # Daemons, so that Ctrl-C ends the program without waiting for a host.
            threading.Thread(target=self._work, args=(waiting, done), daemon=True).start()
        for _ in named:
            key, found = done.get()
            yield from ((address, _sound(found)) for address in named[key])

    def _work(
        self, waiting: queue.SimpleQueue[tuple[str, int]], done: queue.SimpleQueue[tuple[str, Answer | Exception]]
    ) -> None:
        while True:
            try:
                address, most = waiting.get_nowait()
            except queue.Empty:
                return
            done.put((address, self._in_time(address, most)))

    def _in_time(self, address: str, most: int) -> Answer | Exception:
        """What comes of an address; a look-up of its name or a head that takes longer is left behind."""
        attempt = exchange.Attempt(self._seconds)
        found: list[Answer | Exception] = []
        thread = threading.Thread(target=lambda: found.append(self._tried(address, most, attempt)), daemon=True)
        thread.start()
        thread.join(self._seconds)
        result = found[0] if found else attempt.late  # before the cut, which ends what is left behind in its own way
        attempt.cut()
        return result

    def _tried(self, address: str, most: int, attempt: Attempt) -> Answer | Exception:
        way = [address]
        try:
            return self._followed(way, most, attempt)
        except PictureError as error:
            return PictureError(f"redirects to {shown(way[-1])}: {error.message}") if len(way) > 1 else error
        except Exception as error:  # noqa: BLE001 - a mistake of ours, which `_sound` raises where it is seen
            return error

    def _followed(self, way: list[str], most: int, attempt: Attempt) -> Answer:
        while True:
            reply = self._reply(way[-1], most, attempt)
            if reply.status not in _REDIRECTS or not reply.location:
                return Answer(way[0], way[-1], len(way) - 1, reply.status, reply.content_type, reply.content)
            way.append(_next(way, reply.location))

    def _reply(self, address: str, most: int, attempt: Attempt) -> Reply:
        target = _parsed(address)
        host = (target.host or "").strip("[]")
        port = target.port or (443 if target.scheme == "https" else 80)
        addresses = hosts.addresses_of(host, port, self._allows)
        try:
            return exchange.get(target, addresses, self._trusted, most, attempt)
        except exchange.ERRORS as error:
            raise exchange.translated(error, target.netloc or host, attempt) from error


def _any_address(address: IPAddress) -> bool:
    """Allows each."""
    del address
    return True


def _sound(found: Answer | Exception) -> Answer | PictureError:
    if isinstance(found, (Answer, PictureError)):
        return found
    raise found


def _key(address: str) -> str:
    """What is asked for: no host is told what comes after a #."""
    return address.partition("#")[0]


def _parsed(address: str) -> Url:
    try:
        target = parse_url(address)
    except LocationParseError as error:
        raise PictureError("the address is not valid") from error
    if target.scheme not in ("http", "https") or not target.host:
        raise PictureError("only http:// and https:// are fetched")
    return target


def _next(way: list[str], location: str) -> str:
    """The address that an answer names instead; what is not ASCII in it came as Latin-1, and is UTF-8 at most hosts."""
    try:
        target = _key(urljoin(way[-1], location.encode("latin-1", "replace").decode("utf-8", "replace")))
    except ValueError as error:
        raise PictureError("redirects to an address that is not valid") from error
    if target in way:
        raise PictureError("redirects in a circle")
    if len(way) > _MOST_REDIRECTS:
        raise PictureError(f"redirects more than {_MOST_REDIRECTS} times")
    return target


def _trusted() -> ssl.SSLContext:
    """Trust in the authorities that calls to Kaleyra trust."""
    path = authorities()
    context = create_urllib3_context()
    folder = Path(path).is_dir()
    context.load_verify_locations(cafile=None if folder else path, capath=path if folder else None)
    return context
