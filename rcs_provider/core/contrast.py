"""The contrast of two colours, as WCAG 2 counts it: from 1, no contrast, to 21, black on white."""

from __future__ import annotations

import re
from typing import Final

WHITE: Final = "#ffffff"
BLACK: Final = "#000000"
ENOUGH: Final = 4.5
"""What WCAG 2 asks for text, and Google's guide for an agent's colour against white."""
_COLOUR: Final = re.compile("#[0-9A-Fa-f]{6}")


def is_colour(value: object) -> bool:
    """Whether a value is a colour as agents have it: # and six hexadecimal digits."""
    return isinstance(value, str) and _COLOUR.fullmatch(value) is not None


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, each # and six hexadecimal digits."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return ((part + 0.055) / 1.055) ** 2.4 if part > 0.04045 else part / 12.92  # noqa: PLR2004 - sRGB's definition
