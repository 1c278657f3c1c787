"""Names of properties in two spellings: ours, snake_case as in the API, and camelCase as other languages have them.

The provider plugin has camelCase on the wire, the dynamic provider and everything else our own. Each gives back what
the other makes of a name. Names that begin with two underscores are the engine's or ours, and the same in both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from .fields import ABSENT, is_block, is_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from .fields import Table

_JOINT: Final = re.compile(r"(?<=[a-z0-9])_([a-z])")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])([A-Z])")
_INTERNAL: Final = "__"


def camel(name: str) -> str:
    """A name of ours, or a path such as `emails[0].label_text`, in camelCase: `emails[0].labelText`."""
    return name if name.startswith(_INTERNAL) else _JOINT.sub(lambda found: found[1].upper(), name)


def snake(name: str) -> str:
    """A camelCase name or path in our spelling; one that is ours already stays."""
    return name if name.startswith(_INTERNAL) else _HUMP.sub(lambda found: f"_{found[1].lower()}", name)


def renamed(value: Any, spelt: Callable[[str], str]) -> Any:
    """A plain value in which every name, to the bottom, is spelt otherwise."""
    if is_block(value):
        return {spelt(name): renamed(each, spelt) for name, each in value.items()}
    if is_list(value):
        return [renamed(each, spelt) for each in value]
    return value


def united(value: Any, spelt: Callable[[str], str]) -> Any:
    """A plain value that holds names in both spellings, in one; what a name lacks comes from its other spelling.

    So are inputs whose stored ones were spelt otherwise: the engine takes ignored ones from there as they are.
    """
    if is_list(value):
        return [united(each, spelt) for each in value]
    if not is_block(value):
        return value
    found: dict[str, Any] = {name: united(each, spelt) for name, each in value.items() if spelt(name) == name}
    for name, each in value.items():
        if spelt(name) != name:
            found[spelt(name)] = _filled(found.get(spelt(name), ABSENT), united(each, spelt))
    return found


def _filled(value: Any, other: Any) -> Any:
    if value is ABSENT:
        return other
    if is_block(value) and is_block(other):
        return {**other, **{name: _filled(each, other.get(name, each)) for name, each in value.items()}}
    return value


def names_of(table: Table) -> frozenset[str]:
    """Our names of all fields of a table, those of nested blocks included."""
    nested = (names_of(each.inner) for each in table if each.inner)
    return frozenset(each.name for each in table).union(*nested)
