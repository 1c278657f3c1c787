"""What a program would declare of an object that is there already, so that nothing changes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .fields import ABSENT, Role, Table, Type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .fields import Field


def unreturned(table: Table, prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Paths and records of the inputs that no read returns: an export cannot hold them."""
    for each in table.sent:
        if not each.returned:
            yield prefix + each.name, each
        elif each.inner:
            yield from unreturned(each.inner, f"{prefix}{each.name}{'[]' if each.item else ''}.")


def arguments(table: Table, live: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that declare an object as it is.

    Args:
        table: of the object.
        live: its values, in the table's types.
    """
    found = ((each.name, _argument(each, live.get(each.name, ABSENT))) for each in table.sent)
    return {name: value for name, value in found if value is not ABSENT}


def _argument(field: Field, value: Any) -> Any:
    if field.role is Role.SETTING or field.type is not Type.LIST:
        return value
    if field.required:  # a list that has to be declared and that an answer leaves out is empty
        return [] if value is ABSENT else value
    return value or ABSENT
