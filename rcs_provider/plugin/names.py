"""Names on the wire, camelCase as in every language, and ours, by the table of a kind.

Keys that begin with two underscores are ours or the engine's, and what they hold stays as it is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from rcs_provider.core.errors import Problem
from rcs_provider.core.fields import is_block, is_list
from rcs_provider.core.names import camel, names_of
from rcs_provider.core.settings import SETTINGS
from rcs_provider.objects import OBJECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from rcs_provider.core.fields import Field, Table


def to_wire(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values with the names that other languages have."""
    return _renamed(table, values, {each.name: camel(each.name) for each in table}, to_wire)


def from_wire(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values with our names; what the dynamic face stored has them already."""
    return _renamed(table, values, {camel(each.name): each.name for each in table}, from_wire)


def _renamed(
    table: Table,
    values: Mapping[str, Any],
    names: Mapping[str, str],
    inner: Callable[[Table, Mapping[str, Any]], dict[str, Any]],
) -> dict[str, Any]:
    fields = {**{camel(each.name): each for each in table}, **table.by_name}
    return {names.get(name, name): _value(fields.get(name), value, inner) for name, value in values.items()}


def _value(field: Field | None, value: Any, inner: Callable[[Table, Mapping[str, Any]], dict[str, Any]]) -> Any:
    if field is not None and field.fields is not None and is_block(value):
        return inner(field.fields, value)
    if field is not None and field.item is not None and is_list(value):
        return [_value(field.item, each, inner) for each in value]
    return value


def foreign(table: Table, values: Mapping[str, Any], prefix: str = "") -> Iterator[Problem]:
    """What a program declares by our names, which are the dynamic face's only."""
    fields = {**{camel(each.name): each for each in table}, **table.by_name}
    for name, value in values.items():
        path, field = prefix + name, fields.get(name)
        if field is not None and name != camel(name):
            yield Problem(path, f"unknown field; did you mean {camel(name)}?")
        elif field is not None and field.fields is not None and is_block(value):
            yield from foreign(field.fields, value, f"{path}.")
        elif field is not None and field.item is not None and field.item.fields is not None and is_list(value):
            for index, each in enumerate(value):
                yield from foreign(field.item.fields, each, f"{path}[{index}].") if is_block(each) else ()


def spoken(text: str, names: Collection[str] = ()) -> str:
    """A message of the core in which fields and settings are called as other languages call them.

    Args:
        text: of the message.
        names: further names of ours, such as those of a function's arguments.
    """
    return _pattern(_ours().union(names)).sub(lambda found: camel(found[0]), text)


@cache
def _ours() -> frozenset[str]:
    return frozenset(each.name for each in SETTINGS).union(*(names_of(kind.table) for kind in OBJECTS))


@cache
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    known = sorted((name for name in names if camel(name) != name), key=len, reverse=True)
    # What a program spelt our way stays as it is.
    return re.compile(rf"\b({'|'.join(known)})\b(?!: unknown)")
