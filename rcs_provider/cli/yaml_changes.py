"""What Go's yaml.v3 makes of values without quotes: dates, numbers written in other ways, and what follows a #."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from yaml.error import Mark
    from yaml.nodes import Node

TIMESTAMP: Final = (
    r"(?P<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})"
    r"(?:(?P<mark>[Tt ])(?P<time>[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2})(?:[.,](?P<fraction>[0-9]+))?"
    r"(?P<zone>Z|[-+][0-9]{2}:[0-9]{2})?)?"
)
"""What may be a date, with or without a time."""
_EXACT: Final = 2**53
"""Whole numbers are exact up to here on the way to a program."""


@dataclass(frozen=True)
class Change:
    """What YAML makes of a value.

    Attributes:
        reason: a short clause without the value.
        harmless: it may well be what was meant.
    """

    reason: str
    harmless: bool = False


def timestamp(text: str) -> str:
    """The text that Pulumi makes of a date; the same text if it is not one to Go."""
    found = re.fullmatch(TIMESTAMP, text)
    parts = found.groupdict(default="") if found else {}
    day, time, zone = (parts.get(each, "") for each in ("day", "time", "zone"))
    try:
        moment = datetime.strptime(f"{day} {time or '0:0:0'}", "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - only printed
    except ValueError:
        return text
    if (parts["mark"] in ("T", "t")) is not bool(zone):
        return text
    fraction, shown = parts["fraction"].rstrip("0"), zone.strip("Z").replace(":", "")
    return f"{moment}{'.' if fraction else ''}{fraction} {f'{shown} {shown}' if shown else '+0000 UTC'}"


def of(node: Node, value: Any) -> Change | None:
    """What YAML changed in a value that stands without quotes; None if nothing."""
    if not isinstance(node, yaml.ScalarNode) or node.style is not None:
        return None
    return _comment(node, value) or _rewritten(str(node.value), value, node.tag)


def _comment(node: yaml.ScalarNode, value: Any) -> Change | None:
    if value is not None and not isinstance(value, str):
        return None
    # A space after the # makes it a comment to people as well.
    if not re.match(r"[ \t]*#[^\s#]", _rest(node.end_mark)):
        return None
    return Change("an unquoted # begins a comment: put it in quotes", harmless=value is not None)


def _rest(mark: Mark) -> str:
    text = mark.buffer or ""
    end = text.find("\n", mark.pointer)
    return text[mark.pointer : end if end >= 0 else None]


def _rewritten(text: str, value: Any, tag: str) -> Change | None:
    if tag.endswith(":timestamp") and value != text:
        return _change("reads this as a date with a time")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _renumbered(text, str(value), exact=isinstance(value, float) or abs(value) <= _EXACT)
    return None


def _renumbered(text: str, spelt: str, *, exact: bool) -> Change | None:
    if not exact:
        return _change("reads this as a number and keeps only its first digits")
    if spelt == text:
        return None
    if text.lstrip("+") == spelt:
        return _change("drops the plus sign", harmless=True)
    if text.lstrip("0") == spelt:
        return _change("drops the leading zeros")
    kind = next((kind for mark, kind in _KINDS.items() if re.match(rf"[-+]?{mark}", text)), "a number")
    return _change(f"reads this as {kind} and writes it differently")


_KINDS: Final = {
    "0[xX]": "a hexadecimal number",
    "0[bB]": "a binary number",
    "0[oO]?[0-7_]+$": "an octal number",
}


def _change(what: str, *, harmless: bool = False) -> Change:
    return Change(f"YAML {what}: put it in quotes", harmless)
