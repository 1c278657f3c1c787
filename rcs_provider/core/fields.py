"""The record of one field, and the table of an API object's fields.

A field is declared once, as the annotation of a key in a TypedDict, with what it is in words under the key:

    class PhoneArgs(TypedDict):
        number: Annotated[Input[str], text(source="Create an Agent", compare=Compare.DIGITS)]
        "The number, sent without spaces and dashes."

JSON Schema, check failures, diff, request bodies, state, documentation and boundary tests are functions of the table.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeGuard, get_args, get_origin

from typing_extensions import NotRequired, Required

from .docstrings import attribute_docstrings

if TYPE_CHECKING:
    import builtins
    from collections.abc import Iterator, Mapping, Sequence


class _Unknown:
    """The one value that is not known before the deployment runs."""

    def __repr__(self) -> str:
        return "UNKNOWN"


class _Absent:
    """Stands for a key that is not there, where None could be a value."""

    def __repr__(self) -> str:
        return "ABSENT"


UNKNOWN: Final = _Unknown()
ABSENT: Final = _Absent()


def is_block(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether a plain value is an object; its keys are texts, as JSON's are."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Whether a plain value is a list."""
    return isinstance(value, list)


class Type(str, Enum):
    """JSON type of a field; the value is JSON Schema's word for it."""

    TEXT = "string"
    FLAG = "boolean"
    NUMBER = "number"
    LIST = "array"
    BLOCK = "object"


class Role(str, Enum):
    """What a change of the field means."""

    EDITABLE = "updated in place"
    REPLACE = "forces a replacement"
    IMMUTABLE = "refused after creation"
    READ_ONLY = "set by Kaleyra"
    SETTING = "kept in state only; Kaleyra does not know it"


class Compare(str, Enum):
    """How two values of a field are compared; see `compare.FORMS`."""

    EXACT = "exact"
    CASE = "without case"
    DIGITS = "digits only"
    PHONE = "E.164 digits"
    BILLING = "billing class"
    IMAGE = "exact; a picture re-hosted by Kaleyra is the same"
    CONTACT = "country code and number together, digits only"


class Evidence(str, Enum):
    """How sure the declaration is."""

    STATED = "stated"
    SAMPLE = "seen in a sample"
    INFERRED = "inferred"


@dataclass(frozen=True, kw_only=True)
class Field:
    """Everything that is known of one field.

    Attributes:
        name: the Python name, which is the API's own; set by `table`.
        declaration: the TypedDict that declares it; set by `table`.
        wire: the API's name where Pulumi needs another one (`id` is taken by the engine).
        type: JSON type.
        source: title of the vendor's page that says so.
        evidence: how sure that is.
        role: what a change means.
        required: the program must declare it; set by `table`.
        default: what `check` fills in when the program leaves it out; None fills in nothing.
        fields: of a block.
        item: of a list.
        max_length: characters; longer is refused.
        advised_length: characters; longer is only warned about, as the vendor's own samples break it.
        max_items: entries of a list.
        choices: documented values.
        open_choices: other values pass with a warning: the pages disagree, or the list is likely to grow.
        format: name of a format in `validation.FORMATS`; any other text is a line.
        numeric: digits as text; a number is taken for its text.
        compare: how values are compared.
        echo: an update must send the server's own value back.
        returned: False where no documented read of the object returns it.
        freezes: the field cannot change any more once the agent is verified.
        unknown_replaces: a value not known yet means another object.
        empty_on_removal: leaving the field out after it was declared empties it.
        initial: of a setting: a create sends it, and nothing else does; no answer is read as its value.
        setting: attribute of `Settings` that gives the value where the program gives none.
    """

    type: Type
    source: str
    name: str = ""
    declaration: builtins.type | None = None
    wire: str = ""
    evidence: Evidence = Evidence.STATED
    role: Role = Role.EDITABLE
    required: bool = True
    default: Any = None
    fields: Table | None = None
    item: Field | None = None
    max_length: int | None = None
    advised_length: int | None = None
    max_items: int | None = None
    choices: tuple[str, ...] = ()
    open_choices: bool = False
    format: str = ""
    numeric: bool = False
    compare: Compare = Compare.EXACT
    echo: bool = False
    returned: bool = True
    freezes: bool = False
    unknown_replaces: bool = False
    empty_on_removal: bool = False
    initial: bool = False
    setting: str = ""

    def __post_init__(self) -> None:
        """Refuses what cannot be meant, when the table is imported.

        Raises:
            TypeError: naming the field's type and what is wrong with it.
        """
        for broken, why in (
            (not self.source, "it names no source"),
            (self.role is Role.READ_ONLY and self.default is not None, "read-only fields have no default"),
            (self.initial and self.role is not Role.SETTING, "only settings are sent with the create alone"),
            (self.freezes and self.role is not Role.EDITABLE, "only editable fields freeze"),
            ((self.type is Type.LIST) != (self.item is not None), "lists, and only they, have items"),
            ((self.type is Type.BLOCK) != (self.fields is not None), "blocks, and only they, have fields"),
            (self.open_choices and not self.choices, "there are no choices to be open about"),
        ):
            if broken:
                raise TypeError(f"a field of type {self.type.value}: {why}")

    @property
    def doc(self) -> str:
        """What it holds: the docstring under its key, read from the source when it is asked for."""
        return attribute_docstrings(self.declaration).get(self.name, "") if self.declaration else ""

    @property
    def key(self) -> str:
        """The API's name of the field."""
        return self.wire or self.name

    @property
    def inner(self) -> Table | None:
        """The fields of a block, or of the blocks in a list."""
        return self.fields or (self.item.fields if self.item else None)

    @property
    def restricted(self) -> bool:
        """Whether the API refuses another value in an update."""
        return self.role in (Role.REPLACE, Role.IMMUTABLE)


@dataclass(frozen=True)
class Table:
    """The fields of one object, in declared order."""

    fields: tuple[Field, ...] = field(default=())

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by their names."""
        return {each.name: each for each in self.fields}

    @cached_property
    def inputs(self) -> tuple[Field, ...]:
        """What a program may declare."""
        return tuple(each for each in self.fields if each.role is not Role.READ_ONLY)

    @cached_property
    def sent(self) -> tuple[Field, ...]:
        """Inputs that the API knows."""
        return tuple(each for each in self.inputs if each.role is not Role.SETTING)

    @cached_property
    def created(self) -> tuple[Field, ...]:
        """What a create sends."""
        return tuple(each for each in self.inputs if each.role is not Role.SETTING or each.initial)

    @cached_property
    def read(self) -> tuple[Field, ...]:
        """What a read returns."""
        return tuple(each for each in self.fields if each.returned and each.role is not Role.SETTING)

    @cached_property
    def outputs(self) -> tuple[Field, ...]:
        """What only the API sets."""
        return tuple(each for each in self.fields if each.role is Role.READ_ONLY)


def text(*, source: str, **more: Any) -> Field:
    """A field that holds text; `more` are attributes of `Field`."""
    return Field(type=Type.TEXT, source=source, **more)


def flag(*, source: str, **more: Any) -> Field:
    """A field that is true or false."""
    return Field(type=Type.FLAG, source=source, **more)


def number(*, source: str, **more: Any) -> Field:
    """A field that holds a number."""
    return Field(type=Type.NUMBER, source=source, **more)


def texts(*, source: str, **more: Any) -> Field:
    """A list of texts in which the order means nothing."""
    item = Field(type=Type.TEXT, source=source)
    return Field(type=Type.LIST, source=source, item=item, **more)


def block(args: type, *, source: str, **more: Any) -> Field:
    """A nested object whose fields the TypedDict `args` declares."""
    return Field(type=Type.BLOCK, source=source, fields=table(args), **more)


def blocks(args: type, *, source: str, compare: Compare = Compare.EXACT, **more: Any) -> Field:
    """A list of nested objects in which the order means nothing; `compare` is of one of them."""
    item = Field(type=Type.BLOCK, source=source, fields=table(args), compare=compare)
    return Field(type=Type.LIST, source=source, item=item, **more)


def table(*declarations: type) -> Table:
    """Reads the table off the TypedDicts that declare it.

    Args:
        declarations: TypedDicts whose keys are annotated with a `Field`; without NotRequired a key is mandatory.
            Their modules must not postpone annotations.

    Raises:
        TypeError: for a key without exactly one `Field`.
    """
    return Table(tuple(found for declaration in declarations for found in _fields_of(declaration)))


def _fields_of(declaration: type) -> Iterator[Field]:
    # Not get_type_hints: it would look for the SDK's forward references here. So no annotation may be postponed.
    hints: Mapping[str, Any] = declaration.__annotations__
    for name, hint in hints.items():
        records = [extra for extra in _extras(hint) if isinstance(extra, Field)]
        if len(records) != 1:
            raise TypeError(f"{declaration.__name__}.{name} declares {len(records)} fields, not one")
        found = replace(records[0], name=name, declaration=declaration, required=get_origin(hint) is not NotRequired)
        item = found.item and replace(found.item, name=name, declaration=declaration)
        yield replace(found, item=item)


def _extras(hint: Any) -> Sequence[Any]:
    while get_origin(hint) in (NotRequired, Required):
        hint = get_args(hint)[0]
    return get_args(hint)[1:] if get_origin(hint) is Annotated else ()
