"""Values as the page writes them: foreign text stays text, and what the eye cannot see is written out."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from rcs_provider.core.fields import ABSENT, UNKNOWN, is_block, is_list
from rcs_provider.core.marks import HIDDEN

LATER: Final = "known after the update"
"""Stands for what is not known yet."""
SECRET: Final = HIDDEN
"""Stands for a value that is secret, in our inputs as in what the engine prints."""
_JOINERS: Final = "\u200c\u200d"
"""Marks that cannot be seen and that Indian scripts and emoji need."""
_HIDDEN_KINDS: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")


def visible(text: str) -> str:
    """A text in which control characters, and marks that turn the direction of writing, are written out: `[U+202E]`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(each if _is_seen(each) else f"[U+{ord(each):04X}]" for each in text)


def _is_seen(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in _HIDDEN_KINDS


def words(value: Any) -> str:
    """A value in words; an empty one is nothing."""
    if value is UNKNOWN:
        return LATER
    if value is ABSENT or value in (None, "", [], {}):
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_block(value) or is_list(value):
        inner = value.values() if is_block(value) else value
        return ", ".join(words(each) for each in inner if each not in (None, ""))
    return visible(str(value))


def text_of(value: Any) -> str:
    """A value where a phone shows it: as declared, and an empty text where nothing is."""
    return "" if value is ABSENT or value in (None, "", [], {}) else words(value)
