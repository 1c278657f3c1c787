"""A host of pictures and pages with everything that can be wrong with them; it keeps what it was asked for."""

from __future__ import annotations

import gzip
import io
import socket
import struct
import zlib
from typing import TYPE_CHECKING, Any, Final

from PIL import Image
from servers import RawServer, http

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Serve = Callable[[RawServer, socket.socket], None]

BLUE: Final = (11, 92, 173)
HTML: Final = b"<!DOCTYPE html><title>Sign in</title><p>Sign in"
SVG: Final = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="224" height="224"/>'
PATIENCE: Final = 0.01
"""Seconds between two bytes of a host that drips; it goes on for as long as somebody reads."""


def image(form: str = "PNG", size: tuple[int, int] = (224, 224), mode: str = "RGB", **more: Any) -> bytes:
    """A picture of one colour; in the mode RGBA it is transparent."""
    file = io.BytesIO()
    color = (*BLUE, 0) if mode == "RGBA" else BLUE
    Image.new(mode, size, color).save(file, form, **more)
    return file.getvalue()


def animated() -> bytes:
    """An animated PNG of the size of a logo."""
    return image(save_all=True, append_images=[Image.new("RGB", (224, 224), "red")])


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def bomb(side: int = 50_000) -> bytes:
    """A PNG of so many pixels, black and white, in few bytes."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 + side // 8) * 100)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def picture(body: bytes, kind: str = "image/png", *headers: str) -> bytes:
    """An answer that holds a picture."""
    return http(body, "200 OK", f"Content-Type: {kind}", *headers)


def to(location: str, status: str = "302 Found") -> bytes:
    """An answer that leads elsewhere."""
    return http(b"", status, f"Location: {location}")


def _stalls(server: RawServer, connection: socket.socket, sent: bytes = b"") -> None:
    connection.sendall(sent)
    server.stopped.wait()


def _stalls_in_the_head(server: RawServer, connection: socket.socket) -> None:
    _stalls(server, connection, b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n")


def _drips(server: RawServer, connection: socket.socket, sent: bytes) -> None:
    connection.sendall(sent)
    while not server.stopped.wait(PATIENCE):
        connection.sendall(b"x")


def _drips_a_head(server: RawServer, connection: socket.socket) -> None:
    _drips(server, connection, b"HTTP/1.1 200 OK\r\nX-Long: ")


def _drips_a_body(server: RawServer, connection: socket.socket) -> None:
    _drips(server, connection, b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG")


def _never_ends(server: RawServer, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
    while not server.stopped.is_set():
        connection.sendall(bytes(65536))


ANSWERS: Final[Mapping[str, bytes]] = {
    "/logo.png": picture(image()),
    "/logo.jpg": picture(image("JPEG"), "image/jpeg"),
    "/hero.png": picture(image(size=(1440, 448))),
    "/page": http(HTML, "200 OK", "Content-Type: text/html; charset=utf-8"),
    "/html.png": http(HTML, "200 OK", "Content-Type: text/html"),
    "/bomb.png": picture(bomb()),
    "/svg.png": picture(SVG, "image/svg+xml"),
    "/animated.png": picture(animated()),
    "/gif.png": picture(image("GIF")),
    "/webp.png": picture(image("WEBP"), "image/webp"),
    "/truncated.png": picture(image(size=(300, 300), mode="RGBA")[:200]),
    "/short.png": b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n\x89PNG",
    "/empty.png": picture(b""),
    "/missing.png": http(b"no", "404 Not Found"),
    "/broken.png": http(b"no", "500 Internal Server Error"),
    "/circle.png": to("/round.png"),
    "/round.png": to("/circle.png"),
    "/file.png": to("file:///etc/passwd"),
    "/nowhere.png": to("http://[::1"),
    "/moved.png": to("/logo.png?token=canary7#x", "301 Moved Permanently"),
    "/lost.png": to("/missing.png"),
    "/large.png": picture(bytes(3_000_000)),
    "/packed.png": picture(gzip.compress(bytes(50_000_000)), "image/png", "Content-Encoding: gzip"),
    "/foreign.png": b"220 mail.example.com ESMTP\r\n",
    "/jpeg.png": picture(image("JPEG"), "image/jpeg"),
    "/plain.png": picture(image(), "application/octet-stream"),
    "/clear.png": picture(image(mode="RGBA")),
    "/clear-hero.png": picture(image(size=(1440, 448), mode="RGBA")),
    "/wide.png": picture(image(size=(448, 224))),
    "/double.png": picture(image(size=(448, 448))),
    "/heavy.png": picture(image() + bytes(60_000)),
    "/cookie.png": http(b"", "302 Found", "Location: /logo.png", "Set-Cookie: session=canary7; Path=/"),
    **{f"/step{each}.png": to(f"/step{each + 1}.png") for each in range(6)},
}
"""What is answered at once, by path."""
SERVED: Final[Mapping[str, Serve]] = {
    "/stalls.png": _stalls,
    "/stalls-in-the-head.png": _stalls_in_the_head,
    "/drips-a-head.png": _drips_a_head,
    "/drips-a-body.png": _drips_a_body,
    "/never-ends.png": _never_ends,
    "/endless": _never_ends,
}
"""What takes its time, by path."""


def serve(server: RawServer, connection: socket.socket) -> None:
    """Answers one request and ends the connection; an unknown path is a 404."""
    if connection.recv(1, socket.MSG_PEEK) == b"\x16":  # the first byte of TLS, which this host does not speak
        connection.sendall(http(b"no", "400 Bad Request"))
        return
    request = server.request(connection)
    if not request:
        return
    path = request.split()[1].decode().partition("?")[0]
    if path in SERVED:
        SERVED[path](server, connection)
    else:
        connection.sendall(ANSWERS.get(path, ANSWERS["/missing.png"]))


class PictureHost(RawServer):
    """The host, on loopback."""

    def __init__(self) -> None:
        super().__init__(serve)

    @property
    def asked(self) -> list[str]:
        """The paths of all requests, in order, queries included."""
        return [each.split()[1].decode() for each in self.received]

    def at(self, path: str) -> str:
        """The address of a path."""
        return self.url + path
