"""Listeners that tests put between the package and the simulator, or beside them."""

from __future__ import annotations

import json
import re
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Self

_TIMEOUT: Final = 60.0


@dataclass(frozen=True)
class Passed:
    """One request that went through a relay: its method, its path with the query, its body."""

    method: str
    path: str
    body: bytes

    @property
    def facts(self) -> dict[str, Any]:
        """The body as JSON."""
        return dict(json.loads(self.body)) if self.body else {}


def _nothing(_: Passed) -> None:
    """Does nothing."""


@dataclass
class Relay:
    """Passes requests on to an origin, each on a connection of its own, and can stop and start listening.

    While it is closed the system refuses connections to its port, as it does for a server that is down.

    Attributes:
        origin: where requests go.
        after: called with each request when its answer is there and before the client gets it.
        passed: the requests so far.
    """

    origin: str
    after: Callable[[Passed], None] = _nothing
    passed: list[Passed] = field(default_factory=list[Passed])

    def __post_init__(self) -> None:
        self._listener: socket.socket | None = None
        self._port = 0
        self.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        """Its own origin."""
        return f"http://127.0.0.1:{self._port}"

    def open(self) -> None:
        """Listens, on the same port as before."""
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self._port), backlog=64)
            self._port = self._listener.getsockname()[1]
            threading.Thread(target=self._accept, args=[self._listener], daemon=True).start()

    def close(self) -> None:
        """Stops listening: the next connection is refused."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            client.settimeout(_TIMEOUT)
            head, body = _request(client)
            if not head:
                return
            method, path = head.split(b"\r\n", 1)[0].decode().split(" ")[:2]
            answer = self._asked(head, body)
            one = Passed(method, path, body)
            self.passed.append(one)
            self.after(one)
            client.sendall(answer)

    def _asked(self, head: bytes, body: bytes) -> bytes:
        address = urlsplit(self.origin)
        head = re.sub(rb"(?im)^connection:[^\r\n]*\r\n", b"", head).replace(b"\r\n", b"\r\nconnection: close\r\n", 1)
        with socket.create_connection((address.hostname or "", address.port or 0), timeout=_TIMEOUT) as server:
            server.sendall(head + body)
            parts = []
            with suppress(OSError):
                while part := server.recv(65536):
                    parts.append(part)
        return b"".join(parts)


def _request(client: socket.socket) -> tuple[bytes, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        part = client.recv(65536)
        if not part:
            return b"", b""
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    size = int(found[1]) if found else 0
    while len(body) < size:
        body += client.recv(65536)
    return head + b"\r\n\r\n", body


class Trap:
    """A listener that nobody may ever talk to: it keeps what it is sent."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.heard: list[bytes] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @property
    def url(self) -> str:
        """An address there; another origin than the simulator's."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/elsewhere"

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                with client:
                    client.settimeout(5)
                    self.heard.append(client.recv(65536))
