"""Values as the engine sends them, with its marks of what is secret or not known yet, and as the core knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from google.protobuf import struct_pb2

from rcs_provider.core.fields import UNKNOWN, is_block, is_list
from rcs_provider.core.marks import SECRET, SIGNATURE, UNKNOWN_TEXT, UNKNOWNS

if TYPE_CHECKING:
    from collections.abc import Container, Mapping


def from_wire(struct: struct_pb2.Struct) -> dict[str, Any]:
    """Plain values, without nulls at the top."""
    found = {name: _plain(value) for name, value in struct.fields.items()}
    return {name: value for name, value in found.items() if value is not None}


def _plain(value: struct_pb2.Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        fields = value.struct_value.fields
        if _is_secret(value):
            return _plain(fields["value"])
        return {name: _plain(each) for name, each in fields.items()}
    if kind == "list_value":
        return [_plain(each) for each in value.list_value.values]
    if kind == "string_value":
        return UNKNOWN if value.string_value in UNKNOWNS else value.string_value
    if kind == "bool_value":
        return value.bool_value
    return value.number_value if kind == "number_value" else None


def secret_names(*structs: struct_pb2.Struct) -> frozenset[str]:
    """The properties that are secret, or hold what is."""
    return frozenset(name for each in structs for name, value in each.fields.items() if _holds_secret(value))


def _is_secret(value: struct_pb2.Value) -> bool:
    fields = value.struct_value.fields
    return SIGNATURE in fields and fields[SIGNATURE].string_value == SECRET


def _holds_secret(value: struct_pb2.Value) -> bool:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return _is_secret(value) or any(_holds_secret(each) for each in value.struct_value.fields.values())
    return kind == "list_value" and any(_holds_secret(each) for each in value.list_value.values)


def to_wire(values: Mapping[str, Any], secrets: Container[str] = ()) -> struct_pb2.Struct:
    """Properties for the engine, of which it keeps some secret."""
    struct = struct_pb2.Struct()
    struct.update({name: _marked(value) if name in secrets else _sent(value) for name, value in values.items()})
    return struct


def _marked(value: Any) -> Any:
    return {SIGNATURE: SECRET, "value": _sent(value)}


def _sent(value: Any) -> Any:
    if value is UNKNOWN:
        return UNKNOWN_TEXT
    if is_block(value):
        return {name: _sent(each) for name, each in value.items()}
    if is_list(value):
        return [_sent(each) for each in value]
    return value
