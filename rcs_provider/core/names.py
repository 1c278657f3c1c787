"""Names of properties in two spellings: ours, snake_case as in the API, and camelCase as other languages have them.

The provider plugin has camelCase on the wire, the dynamic provider and everything else our own. Each gives back what
the other makes of a name. Names that begin with two underscores are the engine's or ours, and the same in both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from .fields import is_block, is_list

if TYPE_CHECKING:
    from collections.abc import Callable

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
