"""Agents and testers as the API has them, shown as the rows of a table or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_provider.core.codec import decoded
from rcs_provider.core.errors import Unclear
from rcs_provider.core.fields import Role, Table, is_block, is_list

from . import terminal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rcs_provider.core.fields import Field


def put(table: Table, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool) -> None:
    """Writes rows: these columns as a table, or every field as JSON."""
    found = [plain(table, each) for each in rows]
    if as_json:
        terminal.put_json(found)
    else:
        terminal.put_table(columns, [[each[name] for name in columns] for each in found])


def plain(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """An object as the API has it: every field that the API knows, in the table's order, None where it is not told."""
    return {each.name: _value(each, row) for each in table if each.role is not Role.SETTING}


def _value(field: Field, row: Mapping[str, Any]) -> Any:
    try:
        return _filled(field, decoded(Table((field,)), row).get(field.name))
    except Unclear as error:
        terminal.say(f"{error}; it is shown as it came", "warning")
        return row[field.key]


def _filled(field: Field, value: Any) -> Any:
    if field.fields is not None and is_block(value):
        return {each.name: _filled(each, value.get(each.name)) for each in field.fields}
    if field.item is not None and is_list(value):
        return [_filled(field.item, each) for each in value]
    # The API's numbers are identifiers: a whole one is shown as it was sent.
    return int(value) if isinstance(value, float) and value.is_integer() else value
