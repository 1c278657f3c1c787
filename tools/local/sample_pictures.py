# ruff: noqa: INP001 - a script beside shell scripts, not a package
"""Draws the pictures of the sample agents that the simulator serves, into a folder: `sample_pictures.py FOLDER`.

Each is in its agent's colour, four times as large as it is kept, so that its edges are smooth.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Draw = ImageDraw.ImageDraw

FINE: Final = 4
LOGO: Final = (224, 224)
BANNER: Final = (1440, 448)
WHITE: Final = "#FFFFFF"
SUPPORT: Final = "#0B5CAD"
OFFERS: Final = "#7A1F5C"


def picture(size: tuple[int, int], ground: str, draw: Callable[[Draw], None]) -> Image.Image:
    """A picture of a size on a ground."""
    large = Image.new("RGB", (size[0] * FINE, size[1] * FINE), ground)
    draw(ImageDraw.Draw(large))
    return large.resize(size, Image.Resampling.LANCZOS)


def disc(draw: Draw, x: float, y: float, radius: float, color: str) -> None:
    """A disc around a point, in pixels of the picture."""
    draw.ellipse([(part) * FINE for part in (x - radius, y - radius, x + radius, y + radius)], color)


def bubble(draw: Draw, x: float, y: float, width: float, colors: tuple[str, str]) -> None:
    """A speech bubble around a point, with three dots."""
    height = width * 0.66
    left, top, right, low = x - width / 2, y - height / 2, x + width / 2, y + height / 2
    draw.rounded_rectangle([part * FINE for part in (left, top, right, low)], height * 0.32 * FINE, colors[0])
    tail = [(left + width * 0.2, low - 1), (left + width * 0.2, low + height * 0.28), (left + width * 0.46, low - 1)]
    draw.polygon([(px * FINE, py * FINE) for px, py in tail], colors[0])
    for place in (-1, 0, 1):
        disc(draw, x + place * width * 0.24, y, width * 0.075, colors[1])


def tag(draw: Draw, x: float, y: float, width: float, colors: tuple[str, str]) -> None:
    """A price tag around a point, with its hole."""
    left, right, half = x - width / 2, x + width / 2, width * 0.3
    shape = [(left, y), (left + half, y - half), (right, y - half), (right, y + half), (left + half, y + half)]
    draw.polygon([(px * FINE, py * FINE) for px, py in shape], colors[0])
    disc(draw, left + half * 1.05, y, width * 0.075, colors[1])


def support_logo(draw: Draw) -> None:
    """A bubble in the middle, with room for a round frame."""
    bubble(draw, 112, 106, 116, (WHITE, SUPPORT))


def offers_logo(draw: Draw) -> None:
    """A tag in the middle, likewise."""
    tag(draw, 112, 112, 124, (WHITE, OFFERS))


def support_hero(draw: Draw) -> None:
    """Bubbles to the right; the lower middle is calm, where the logo covers it."""
    disc(draw, 1290, 40, 380, "#1E6DBD")
    disc(draw, 120, 470, 220, "#094F96")
    bubble(draw, 1130, 170, 300, (WHITE, SUPPORT))
    bubble(draw, 330, 130, 170, ("#8CBBE8", SUPPORT))


def offers_hero(draw: Draw) -> None:
    """Tags to both sides, likewise."""
    disc(draw, 150, 30, 360, "#8E2F6F")
    disc(draw, 1330, 460, 230, "#661A4D")
    tag(draw, 300, 170, 290, (WHITE, OFFERS))
    tag(draw, 1120, 150, 180, ("#E3B7D3", OFFERS))


PICTURES: Final[Mapping[str, Image.Image]] = {
    "support-logo.png": picture(LOGO, SUPPORT, support_logo),
    "support-hero.png": picture(BANNER, SUPPORT, support_hero),
    "offers-logo.png": picture(LOGO, OFFERS, offers_logo),
    "offers-hero.png": picture(BANNER, OFFERS, offers_hero),
}
"""Each picture by the name of its file."""


def write(folder: Path) -> None:
    """Writes every picture; a palette of 64 colours keeps the files small."""
    for name, each in PICTURES.items():
        each.quantize(64, dither=Image.Dither.NONE).save(folder / name, optimize=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
