"""JSON Schema of the inputs of an object, made from its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .fields import Role, Type

if TYPE_CHECKING:
    from .fields import Field, Table

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def of_inputs(table: Table) -> dict[str, Any]:
    """The schema that a program's inputs must fit.

    Returns:
        A draft 2020-12 document. `x-rcs-role` says what a change of a field means; fields that only the API sets are
        not part of it, so declaring one is refused like any other unknown name.
    """
    return {"$schema": DIALECT, **_object(table.inputs)}


def _object(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {each.name: of_field(each) for each in fields},
        "required": [each.name for each in fields if each.required],
        "additionalProperties": False,
    }


def of_field(field: Field) -> dict[str, Any]:
    """The schema of one field's value."""
    schema: dict[str, Any] = {"type": field.type.value, "x-rcs-role": field.role.name}
    schema.update(_limits(field))
    if field.fields is not None:
        schema.update(_object(field.fields.inputs))
    if field.item is not None:
        schema["items"] = of_field(field.item)
    return schema


def _limits(field: Field) -> dict[str, Any]:
    limits: dict[str, Any] = {
        # A mandatory text that is blank is as good as missing; the service answers both the same way.
        "pattern": r"\S" if field.type is Type.TEXT and field.required and field.role is not Role.SETTING else None,
        "maxLength": field.max_length,
        "maxItems": field.max_items,
        "enum": list(field.choices) if field.choices and not field.open_choices else None,
        "format": field.format or ("line" if field.type is Type.TEXT else None),
    }
    return {keyword: value for keyword, value in limits.items() if value is not None}
