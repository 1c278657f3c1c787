"""Keys of a stack's configuration: known, misspelt, and old ones.

Settings have the namespace of `core.settings`. The agents and testers that a project lists as data have another one, so
that a check of the settings never sees data.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from rcs_provider import objects
from rcs_provider.core import settings
from rcs_provider.core.settings import FACE, SETTINGS
from rcs_provider.core.validation import unknown_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from rcs_provider.core.settings import Setting

NAMESPACE: Final = "rcs"
"""The namespace of the data. In version 0.1.0 it was that of the settings too."""
SHAPE: Final = "must be a mapping of names to mappings"
"""The message about data of another shape."""
_OURS: Final = (settings.NAMESPACE, NAMESPACE)


def data_key(section: str) -> str:
    """The key of a section of the data with its namespace: `rcs:agents`."""
    return f"{NAMESPACE}:{section}"


def old_key(key: str) -> str:
    """The key of a setting with the namespace that version 0.1.0 had for it: `rcs:pod`."""
    return f"{NAMESPACE}:{key}"


def without_namespace(key: str) -> str:
    """A key of ours as messages write it: `pod`, `agents`; any other key as it is."""
    namespace, _, name = key.rpartition(":")
    return name if namespace in _OURS else key


def _settings() -> list[str]:
    return [each.key for each in (*SETTINGS, FACE)]


def _sections() -> list[str]:
    return [each.section for each in objects.OBJECTS]


def unknown(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The unknown keys in the namespace of the settings, each with its message."""
    yield from _unknown(keys, settings.NAMESPACE, _settings(), "setting")


def unknown_sections(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The unknown keys in the namespace of the data, each with its message."""
    renamed = [each.key for each in SETTINGS]
    found = _unknown(keys, NAMESPACE, _sections(), "section")
    yield from ((key, reason) for key, reason in found if without_namespace(key) not in renamed)


def _unknown(keys: Iterable[str], namespace: str, known: list[str], what: str) -> Iterator[tuple[str, str]]:
    for key in keys:
        place, _, name = key.rpartition(":")
        if place == namespace and name not in known:
            yield key, unknown_name(name, known, what)


def renamed(keys: Collection[str]) -> list[Setting]:
    """The settings that have their old keys, in the order in which they are declared."""
    return [each for each in SETTINGS if old_key(each.key) in keys]


def renaming(found: Iterable[Setting]) -> str:
    """The message about settings with old keys: one line, without their values."""
    told = [f"{old_key(each.key)} is now {each.config_key}" for each in found]
    return f"{', '.join(told)}: rename {'it' if len(told) == 1 else 'them'} in the stack's file"


def misplaced(section: str, keys: Iterable[str]) -> str:
    """The key that holds a section's data by mistake: of another namespace, or misspelt; empty if there is none.

    A key without a namespace is one of the project's own.
    """
    keys = list(keys)
    if data_key(section) in keys:
        return ""
    return next((each for each in keys if _is_meant(section, each)), "")


def _is_meant(section: str, key: str) -> bool:
    namespace, _, name = key.rpartition(":")
    if name == section:
        return True
    known = [*_settings(), *_sections()]
    return namespace in _OURS and name not in known and difflib.get_close_matches(name, known, 1) == [section]


def refusal(section: str, key: str) -> str:
    """The message about data under a wrong key."""
    right = data_key(section)
    return (
        f"the stack has {key} and no {right}, so its {section} would count as removed. "
        f"Rename the key to {right}. If it is for something else, add `{right}: {{}}`."
    )
