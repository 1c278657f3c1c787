"""Descriptions for the package schema, made from the tables' own words, with the names that other languages have."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Final

from rcs_provider.core.fields import Role
from rcs_provider.core.wording import as_code, limits
from rcs_provider.objects import OBJECTS

from .names import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rcs_provider.core.fields import Field
    from rcs_provider.core.settings import Setting

_CLASSES: Final = {kind.token.rpartition(":")[2]: kind.package_token.rpartition(":")[2] for kind in OBJECTS}
"""Python's names of the resources, and those of every other language."""


def prose(text: str) -> str:
    """A text of ours with the names that other languages have: `agentNumber` of an `Agent`."""
    found = spoken(text)
    for ours, theirs in _CLASSES.items():
        found = re.sub(rf"\ban? (`?){ours}\b", f"{_article(theirs)} \\1{theirs}", found)
        found = re.sub(rf"\b{ours}\b", theirs, found)
    return found


def _article(name: str) -> str:
    return "an" if name[0] in "AEIOU" else "a"


def summary(described: object) -> str:
    """The first paragraph of a docstring, on one line."""
    paragraph = (inspect.getdoc(described) or "").partition("\n\n")[0]
    return prose(" ".join(paragraph.split()))


def of_output(field: Field) -> str:
    """What a field holds."""
    return prose(field.doc)


def of_input(field: Field, kind: str = "") -> str:
    """What a field holds, what it may be, and what a change of it does.

    Args:
        field: to describe.
        kind: name of the kind that it is of; nothing for a field of a nested block.
    """
    return _joined([field.doc, *_facts(field), *(_effects(field, kind) if kind else ())])


def _facts(field: Field) -> Iterator[str]:
    yield from limits(field)
    if field.default:
        yield f"{as_code([field.default])} unless given"
    if field.setting:
        yield f"the provider's {as_code([field.setting])} unless given"


def _effects(field: Field, kind: str) -> Iterator[str]:
    if field.role is Role.REPLACE:
        yield f"another value replaces the {kind}"
    if field.role is Role.IMMUTABLE:
        yield "a change is refused after creation"
    if field.freezes:
        yield f"a change is refused once the {kind} is verified"


def of_setting(setting: Setting) -> str:
    """What a setting means, its unit, its choices, its default, and where else it may come from."""
    return _joined([setting.doc, *_setting_facts(setting)])


def _setting_facts(setting: Setting) -> Iterator[str]:
    if setting.unit:
        yield f"in {setting.unit}"
    if setting.choices:
        yield f"one of {as_code(setting.choices)}"
    if setting.default is not None:
        shown = f"{setting.default:g}" if isinstance(setting.default, float) else str(setting.default).lower()
        yield f"{as_code([shown])} unless given"


def _joined(clauses: Iterable[str]) -> str:
    """Clauses as sentences, with the names that other languages have."""
    return prose(" ".join(f"{each[:1].upper()}{each[1:].rstrip('.')}." for each in clauses if each))
