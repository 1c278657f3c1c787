"""Parsers of settings: each takes a text and gives its value, or raises ValueError saying what the text must be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_HOST_AND_PORT: Final = r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:(?P<port>[0-9]{1,5}))?"
_LAST_PORT: Final = 65535
_DAY: Final = 86400


@dataclass(frozen=True)
class OneOf:
    """One of these texts."""

    values: tuple[str, ...]

    def __call__(self, value: str) -> str:
        """The text, where it is one of them."""
        if value not in self.values:
            raise ValueError("must be " + " or ".join(self.values))
        return value


def one_of(*values: str) -> OneOf:
    """One of these texts."""
    return OneOf(values)


def number(least: float) -> Callable[[str], float]:
    """A number from `least` to the seconds of a day."""

    def parse(value: str) -> float:
        try:
            found = float(value)
        except ValueError:
            found = float("nan")
        if not least <= found <= _DAY:
            raise ValueError(f"must be a number from {least:g} to {_DAY}")
        return found

    return parse


def whole(value: str) -> int:
    """A whole number, 0 or more."""
    if not value.isascii() or not value.isdigit():
        raise ValueError("must be a whole number, 0 or more")
    return int(value)


def between(least: int, most: int) -> Callable[[str], int]:
    """A whole number from `least` to `most`."""

    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(value)

    return parse


def truth(value: str) -> bool:
    """True or false."""
    if value.lower() not in ("true", "false"):
        raise ValueError("must be true or false")
    return value.lower() == "true"


def word(value: str) -> str:
    """A text for a header: nothing that could end it."""
    if not re.fullmatch(r"[A-Za-z0-9._~+/=-]+", value):
        raise ValueError("must be made of letters, digits and . _ ~ + / = - only, without spaces")
    return value


def sid(value: str) -> str:
    """A text for a segment of a path: nothing that could end it."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+", value):
        raise ValueError("must be made of letters, digits, - and _ only")
    return value


def origin(value: str) -> str:
    """Scheme, host and port, with https unless the host is a loopback address."""
    parts = urlsplit(value)
    host = re.fullmatch(_HOST_AND_PORT, parts.netloc)
    if parts.scheme not in ("http", "https") or host is None or int(host["port"] or 0) > _LAST_PORT:
        raise ValueError("must be an origin such as https://host:port")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must be an origin without a path")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("must begin with https:// (plain http is for loopback addresses only)")
    return f"{parts.scheme}://{parts.netloc}"
