"""Text for people: on one line, without secrets, with phone numbers masked."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_DETAIL_LENGTH: Final = 300
_LINE_LENGTH: Final = 2000
_COMMAND: Final = re.compile(r"`pulumi [^`]*`")
"""A command in a hint, which may hold the word URN in place of the resource's own."""


def one_line(value: Any, limit: int = _DETAIL_LENGTH) -> str:
    """Foreign text made fit for a terminal: one line, no control characters, cut to so many characters."""
    shown = "".join(each if each.isprintable() else " " for each in str(value))
    shown = " ".join(shown.split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def scrubbed(text: str, secrets: Iterable[str | None]) -> str:
    """Text in which each secret is replaced by ***; one that is None or empty is not set, and nothing to hide."""
    # The longest first: one may be a part of another.
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def user_line(text: str, secrets: Iterable[str | None], urn: str = "") -> str:
    """A text as it is shown to a user: one line, without secrets, ready to paste.

    Args:
        text: of a message; in a command, the word URN stands for the resource's own.
        secrets: that must not be shown.
        urn: of the resource that the text is about, or nothing.
    """
    clean = scrubbed(text, secrets)
    filled = _COMMAND.sub(lambda found: _filled_in(found[0], urn), clean) if urn else clean
    return one_line(filled, limit=_LINE_LENGTH)


def _filled_in(command: str, urn: str) -> str:
    """A command with the resource's URN, quoted for a shell, in place of the word URN."""
    quoted = shlex.quote(urn)
    return re.sub(r"\bURN\b", lambda _: quoted if quoted != urn else f"'{urn}'", command)


def masked(text: str) -> str:
    """Text in which everything that may be a phone number, however it is spaced, keeps only its last two digits."""
    return re.sub(r"\+?\d[\d ().-]{4,}\d", lambda found: ending(found[0]), text)


def ending(phone: str) -> str:
    """The last two digits of a phone number, which are all that is shown of one."""
    return f"***{phone[-2:]}"


def joined(names: Iterable[str]) -> str:
    """Names in a sentence."""
    return " and ".join(names)


def is_number(text: str) -> bool:
    """Whether a text is a number in the one spelling that it has: ASCII digits without a leading zero."""
    return re.fullmatch(r"[1-9][0-9]*", text) is not None


def counted(number: int, what: str) -> str:
    """A number of things whose plural ends in s: "1 agent", "2 agents"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
