"""Properties and types of the package schema, each made from a field of a table or from a setting.

The shapes are those of Pulumi's metaschema, `pkg/codegen/schema/pulumi.json` of pulumi/pulumi.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.fields import Role, Type
from rcs_provider.core.kind import MODULE, PACKAGE
from rcs_provider.core.names import camel
from rcs_provider.core.settings import ACCOUNT, SETTINGS
from rcs_provider.objects import OBJECTS

from . import descriptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rcs_provider.core.fields import Field, Table
    from rcs_provider.core.settings import Setting

Spec = dict[str, Any]

_PRIMITIVES: Final = {Type.TEXT: "string", Type.FLAG: "boolean", Type.NUMBER: "number"}
_SETTINGS: Final[Mapping[type, str]] = {bool: "boolean", int: "integer", float: "number"}
"""By the type of a setting's default; every other one is a text."""
_OPEN: Final = {"type": "object", "additionalProperties": {"$ref": "pulumi.json#/Any"}}
"""Of a block whose keys no page tells. A bare `Any` would not do: Python's generator makes a type check of it."""
FOUND: Final = "Found"
"""Begins the names of what look-ups give: like the types of arguments, but nothing in them is sure to be there."""


def token(name: str) -> str:
    """The token of one of the package's types or functions."""
    return f"{PACKAGE}:{MODULE}:{name}"


def upper(name: str) -> str:
    """Our name as types are called: `DeletionPolicy` of deletion_policy."""
    return camel(name)[:1].upper() + camel(name)[1:]


def block_name(block: Table) -> str:
    """Name of the type of a nested block, or of an object: that of the class that declares it for Python."""
    for kind in OBJECTS:
        if block.fields == kind.table.read:
            return upper(kind.name)
    declaration = block.fields[0].declaration
    assert declaration is not None
    return declaration.__name__.removesuffix("Args")


def declared(table: Table) -> list[Field]:
    """What a program may declare of an object; the account is the provider's."""
    return [each for each in table.inputs if each.name not in ACCOUNT]


def input_of(field: Field, kind: str = "") -> Spec:
    """A property that a program declares; see `descriptions.of_input`."""
    spec = {**type_of(field, closed=True), "description": descriptions.of_input(field, kind)}
    return {**spec, "willReplaceOnChanges": True} if kind and field.role is Role.REPLACE else spec


def output_of(field: Field) -> Spec:
    """A property that is stored. Its value may be one that no choice names: Kaleyra's, or that of an older version."""
    return {**type_of(field), "description": descriptions.of_output(field)}


def found_of(field: Field) -> Spec:
    """A property of what a look-up gives."""
    return {**type_of(field, FOUND), "description": descriptions.of_output(field)}


def type_of(field: Field, prefix: str = "", *, closed: bool = False) -> Spec:
    """Reference to the type of a field.

    Args:
        field: whose type is asked for.
        prefix: of the names of nested blocks.
        closed: whether choices that are all there are make an enum.
    """
    if field.item is not None:
        return {"type": "array", "items": type_of(field.item, prefix)}
    if field.fields is not None:
        return _named(prefix + block_name(field.fields)) if field.fields.fields else _OPEN
    return _named(upper(field.name)) if closed and is_closed(field) else {"type": _PRIMITIVES[field.type]}


def _named(name: str) -> Spec:
    return {"$ref": f"#/types/{token(name)}"}


def is_closed(field: Field) -> bool:
    """Whether a value of the field is one of its choices."""
    return bool(field.choices) and not field.open_choices


def shape(fields: Iterable[Field], of: Callable[[Field], Spec], required: Callable[[Field], bool]) -> Spec:
    """An object of fields, in their order."""
    fields = list(fields)
    names = [camel(each.name) for each in fields if required(each)]
    properties = {camel(each.name): of(each) for each in fields}
    return {"type": "object", "properties": properties, **({"required": names} if names else {})}


def setting_type(setting: Setting) -> Spec:
    """The plain type of a setting, as its default has it."""
    default: object = setting.default
    return {"type": _SETTINGS.get(type(default), "string")}


def setting_of(setting: Setting) -> Spec:
    """A setting as an argument of an explicit provider."""
    spec = _named(upper(setting.name)) if setting.choices else setting_type(setting)
    secret = {"secret": True} if setting.secret else {}
    return {**spec, "description": descriptions.of_setting(setting), **secret}


def variable_of(setting: Setting) -> Spec:
    """A setting in a stack's configuration.

    Its type is plain, as the Node.js SDK would read the value of an enum as JSON. The environment is named for all but
    the secret, which it gives before the configuration does.
    """
    environment = {"defaultInfo": {"environment": [setting.env]}} if setting.env and not setting.secret else {}
    secret = {"secret": True} if setting.secret else {}
    return {**setting_type(setting), "description": descriptions.of_setting(setting), **environment, **secret}


def blocks() -> Iterator[tuple[str, Spec]]:
    """The types of nested blocks by token, as arguments and as look-ups give them."""
    for block in _nested():
        name, doc = block_name(block), descriptions.summary(block.fields[0].declaration)
        yield token(name), {**shape(block, _argument, lambda each: each.required), "description": doc}
        yield token(FOUND + name), {**found(block), "description": doc}


def found(fields: Iterable[Field]) -> Spec:
    """An object that a look-up gives, in which nothing is sure to be there."""
    return shape(fields, found_of, lambda _: False)


def _argument(field: Field) -> Spec:
    spec = input_of(field)
    if field.declaration is not None and upper(field.name) == field.declaration.__name__.removesuffix("Args"):
        # C# has no member of its class's name.
        spec["language"] = {"csharp": {"name": f"{upper(field.name)}Value"}}
    return spec


def _nested() -> list[Table]:
    """The tables of all nested blocks, once each."""
    found = (each.inner for kind in OBJECTS for each in kind.table)
    return list(dict.fromkeys(each for each in found if each is not None))


def enums() -> Iterator[tuple[str, Spec]]:
    """The closed choices by token; a setting says it for all, where one has them, too."""
    chosen: list[Field | Setting] = [each for kind in OBJECTS for each in declared(kind.table) if is_closed(each)]
    chosen += [each for each in SETTINGS if each.choices]
    for name, each in {each.name: each for each in chosen}.items():
        # Without names the generators keep the underscores: `HostingRegion_ASIA_PACIFIC`.
        named = [upper(choice.lower()).removeprefix(upper(name)) for choice in each.choices]
        values = [{"name": short, "value": choice} for short, choice in zip(named, each.choices, strict=True)]
        yield token(upper(name)), {"type": "string", "description": descriptions.prose(each.doc), "enum": values}
