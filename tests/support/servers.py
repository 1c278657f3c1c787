"""A tiny server on loopback whose every connection is handled by a function of the raw socket."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Self


class RawServer:
    """Accepts connections and hands each to `serve`; keeps what was received, whole requests in order.

    `stopped` is set when the test is over, so that a function may wait on it instead of sleeping.
    """

    def __init__(self, serve: Callable[[RawServer, socket.socket], None]) -> None:
        self.serve = serve
        self.received: list[bytes] = []
        self.stopped = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.open: list[socket.socket] = []
        self.threads = [threading.Thread(target=self._accept, daemon=True)]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self.threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(5)

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.open.append(connection)
            thread = threading.Thread(target=self._handle, args=(connection,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def _handle(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            self.serve(self, connection)

    def request(self, connection: socket.socket) -> bytes:
        """Reads one whole request: its head, and as much body as the head says; empty where the client went away."""
        text = b""
        while b"\r\n\r\n" not in text:
            part = connection.recv(65536)
            if not part:
                return b""
            text += part
        head, _, body = text.partition(b"\r\n\r\n")
        sizes = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
        while len(body) < sum(sizes):
            body += connection.recv(65536)
        self.received.append(head + b"\r\n\r\n" + body)
        return self.received[-1]


def answering(*answers: bytes) -> Callable[[RawServer, socket.socket], None]:
    """Serves connections that stay open: the answers in order, the last one for ever after."""
    left = list(answers)

    def serve(server: RawServer, connection: socket.socket) -> None:
        while server.request(connection):
            connection.sendall(left.pop(0) if len(left) > 1 else left[0])

    return serve


def http(body: bytes = b"[]", status: str = "200 OK", *headers: str) -> bytes:
    """An HTTP answer with the right length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body
