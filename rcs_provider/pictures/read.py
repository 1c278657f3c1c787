"""What the bytes of a picture say: format, size, frames, and whether something shows through."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .answer import PictureError

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageFile import ImageFile

_READ: Final = ("PNG", "JPEG")
"""The formats that Pillow is asked for: those that agents can have. Its readers of all others stay out of it."""
_MARKS: Final = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
_OTHERS: Final = (
    (0, b"GIF8", "GIF"),
    (8, b"WEBP", "WebP"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftyphei", "HEIC"),
    (0, b"BM", "BMP"),
    (0, b"II*\x00", "TIFF"),
    (0, b"MM\x00*", "TIFF"),
    (0, b"\x00\x00\x01\x00", "ICO"),
    (0, b"%PDF", "PDF"),
)
"""Formats that a browser shows or a designer sends, by bytes at a place."""
_HEAD: Final = 1024
"""Bytes in which a text says what it is."""
_MOST_PIXELS: Final = 25_000_000
"""Pixels of a picture; more is a mistake, or made to fill the memory of whoever unpacks it."""
_UNPACKED: Final = 4_000_000
"""Pixels of a picture that is unpacked, to look for transparent ones and for its end."""


@dataclass(frozen=True)
class Picture:
    """What is known of a picture.

    Attributes:
        format: PNG or JPEG.
        width: in pixels.
        height: in pixels.
        bytes: of the file.
        frames: more than 1 where it is animated.
        transparent: whether something shows through; None where it is too large to be looked at.
    """

    format: str
    width: int
    height: int
    bytes: int
    frames: int
    transparent: bool | None

    @property
    def media_type(self) -> str:
        """As a header says it."""
        return f"image/{self.format.lower()}"


def read(content: bytes, content_type: str = "") -> Picture:
    """Reads a picture: its head, and the rest only of one that is small.

    Args:
        content: the whole file.
        content_type: what the host says of it, or nothing.

    Raises:
        PictureError: it is not a PNG or a JPEG, breaks off, or is made to fill the memory.
    """
    if not content:
        raise PictureError("is empty")
    if not (known := next((name for mark, name in _MARKS.items() if content.startswith(mark)), "")):
        raise PictureError(_not_a_picture(content, content_type))
    try:
        return _read(content, known)
    except PictureError:
        raise
    except Exception as error:
        # Pillow's readers end with errors of many classes where bytes are not what they should be.
        raise PictureError(f"is a {known} that breaks off or is damaged") from error


def _read(content: bytes, known: str) -> Picture:
    # What Pillow warns about, such as more than one picture in a JPEG, is no news to anybody who only looks.
    with warnings.catch_warnings(), _opened(content) as image:
        warnings.simplefilter("ignore")
        width, height = image.size
        if width * height > _MOST_PIXELS:
            raise PictureError(f"has {width} x {height} pixels, which is too much to unpack")
        frames = getattr(image, "n_frames", 1) if known == "PNG" else 1
        transparent = _shows_through(image) if width * height <= _UNPACKED else None
    return Picture(known, width, height, len(content), frames, transparent)


def _opened(content: bytes) -> ImageFile:
    """Of the head alone.

    Raises:
        PictureError: it says that there are more pixels than Pillow would unpack.
    """
    from PIL import Image  # noqa: PLC0415 - only who looks at pictures pays for loading it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return Image.open(io.BytesIO(content), formats=_READ)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise PictureError("has more pixels than can be unpacked safely: a decompression bomb") from error


def _shows_through(image: Image.Image) -> bool:
    image.load()
    if not image.has_transparency_data:
        return False
    opaque = 255
    return any(image.convert("RGBA").getchannel("A").histogram()[:opaque])


def _not_a_picture(content: bytes, content_type: str) -> str:
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or content_type.startswith("text/html"):
        return "is an HTML page and not a picture"
    found = "SVG" if b"<svg" in head else _other(content)
    return f"is in the format {found}, and not a PNG or JPEG" if found else "is not a picture"


def _other(content: bytes) -> str:
    return next((name for place, mark, name in _OTHERS if content[place:].startswith(mark)), "")
