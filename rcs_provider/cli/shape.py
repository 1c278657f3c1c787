"""Any JSON as a table: what no page documents has to be shown as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_provider.core.fields import is_block, is_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Cells = list[list[Any]]


def table_of(value: Any) -> tuple[list[str], Cells]:
    """Headings and rows that hold all of a value.

    A list of objects has a column for each key; an object of lists has its keys in a first column `list`; whatever
    else there is becomes its leaves.
    """
    if is_list(value):
        return _of_list(value)
    if is_block(value) and value and all(is_list(each) for each in value.values()):
        return _of_lists(value)
    return ["field", "value"], list(leaves(value))


def _of_list(rows: list[Any]) -> tuple[list[str], Cells]:
    if rows and all(is_block(each) for each in rows):
        columns = _keys(rows)
        return columns, [[each.get(name) for name in columns] for each in rows]
    return ["value"], [[each] for each in rows]


def _of_lists(lists: dict[str, list[Any]]) -> tuple[list[str], Cells]:
    rows = [(name, each) for name, values in lists.items() for each in values]
    if rows and all(is_block(each) for _, each in rows):
        columns = _keys([each for _, each in rows])
        return ["list", *columns], [[name, *(each.get(column) for column in columns)] for name, each in rows]
    return ["list", "value"], [[name, each] for name, each in rows]


def _keys(rows: Sequence[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for each in rows for name in each))


def leaves(value: Any, path: str = "") -> Iterator[list[Any]]:
    """Path and value of everything that is no object or list, as messages write paths: `phones[0].number`.

    An empty list or object is its own leaf, so that nothing is left out.
    """
    if is_block(value) and value:
        for name, each in value.items():
            yield from leaves(each, f"{path}.{name}" if path else name)
    elif is_list(value) and value:
        for index, each in enumerate(value):
            yield from leaves(each, f"{path}[{index}]")
    else:
        yield [path, value]
