"""Keys of a stack's configuration: those that this package reads, and those that were meant to be."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from rcs_provider import objects
from rcs_provider.core.settings import FACE, SETTINGS, config_key
from rcs_provider.core.validation import unknown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMESPACE: Final = config_key("")
"""What every key of ours begins with."""
SHAPE: Final = "must be a mapping of names to mappings"
"""What to say of data that has another shape."""


def _known() -> list[str]:
    return [*(each.key for each in (*SETTINGS, FACE)), *(each.section for each in objects.OBJECTS)]


def unknown(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The keys of the namespace that nothing reads, each with what to say of it."""
    for key in keys:
        name = key.removeprefix(NAMESPACE)
        if name != key and name not in _known():
            yield key, unknown_name(name, _known(), "setting")


def misplaced(section: str, keys: Iterable[str]) -> str:
    """The key that holds a section's data by mistake: of another namespace, or misspelt; empty if there is none.

    A key without a namespace is one of the project's own.
    """
    keys = list(keys)
    if f"{NAMESPACE}{section}" in keys:
        return ""
    return next((each for each in keys if _is_meant(section, each)), "")


def _is_meant(section: str, key: str) -> bool:
    name = key.removeprefix(NAMESPACE)
    if name == key:
        return key.rpartition(":")[2] == section
    return name not in _known() and difflib.get_close_matches(name, _known(), 1) == [section]


def refusal(section: str, key: str) -> str:
    """What to say of data under a wrong key."""
    return (
        f"the stack has {key} and no {NAMESPACE}{section}, so its {section} would count as removed. "
        f"Rename the key to {NAMESPACE}{section}. If it is for something else, add `{NAMESPACE}{section}: {{}}`."
    )
