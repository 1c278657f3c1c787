"""One field in words: what it holds, what it may be, and what a change of it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rcs_provider.core.fields import Compare, Evidence, Role, Type
from rcs_provider.core.settings import SETTINGS
from rcs_provider.core.wording import limits as limits_of

from .markdown import bullets, capital, code, filled
from .sources import OURS, link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rcs_provider.core.fields import Field, Table

_TYPES: Final = {Type.TEXT: "str", Type.FLAG: "bool", Type.NUMBER: "float"}

_EFFECTS: Final = {
    Role.EDITABLE: "one update in place",
    Role.REPLACE: "replaced by a new one",
    Role.IMMUTABLE: "refused after creation",
    Role.SETTING: "kept in state; Kaleyra does not know the value",
    Role.READ_ONLY: "only Kaleyra sets it",
}

_COMPARED: Final = {
    Compare.CASE: "capitals and spaces around it mean nothing",
    Compare.DIGITS: "only the digits count",
    Compare.PHONE: "as international numbers: spaces, dashes, brackets, the plus and a trunk zero mean nothing",
    Compare.BILLING: "by class: `SINGLE_MESSAGE`, `BASIC_MESSAGE` and `NON_CONVERSATIONAL`, with either dash, are one",
    Compare.CONTACT: "country code and number are one, however they are split",
    Compare.IMAGE: "exactly; a copy that Kaleyra made under the same file name is the same picture",
}

_SURE: Final = {
    Evidence.STATED: "stated there",
    Evidence.SAMPLE: "seen in a sample there",
    Evidence.INFERRED: "inferred: that page does not say all of it",
}


def type_of(field: Field, blocks: Mapping[Table, str]) -> str:
    """The type in Markdown; `blocks` names the arguments class of each table of nested fields."""
    inside = field.inner
    if inside is None:
        return code(in_python(field, blocks))
    name = f"[{blocks[inside]}](#{blocks[inside].lower()})"
    return f"list of {name}" if field.item else name


def in_python(field: Field, blocks: Mapping[Table, str]) -> str:
    """The type as Python has it: list[LinkArgs]."""
    if field.item is not None:
        return f"list[{in_python(field.item, blocks)}]"
    return blocks[field.fields] if field.fields is not None else _TYPES[field.type]


def default_of(field: Field) -> str:
    """What holds where a program leaves the field out."""
    if field.required:
        return "**required**"
    setting = next((each for each in SETTINGS if each.name == field.name), None)
    if setting is not None:
        return f"{code(setting.config_key)}, else {code(setting.default)}"
    if field.default is not None:
        return code(f'"{field.default}"')
    return "none" if field.role is Role.SETTING or field.empty_on_removal else "left to Kaleyra"


def effect(field: Field) -> str:
    """What a change does, in a few words."""
    if field.initial:
        return "kept in state with a note and without a call; only a create sends it"
    return _EFFECTS[field.role] + ("; refused once the agent is verified" if field.freezes else "")


def limits(field: Field) -> Iterator[str]:
    """What a value must be, what is only warned about, and what Python takes besides."""
    yield from limits_of(field)
    if field.numeric:
        yield "a number is taken for its text"


def compared(field: Field) -> str:
    """How two values are compared."""
    if field.item is not None:
        return "; ".join(
            filter(None, ["the order of the entries means nothing", _COMPARED.get(field.item.compare, "")])
        )
    return _COMPARED.get(field.compare, "")


def source_of(field: Field) -> str:
    """Where it is documented, and how sure that is."""
    if field.source == OURS:
        return "an argument of this package"
    return f"{link(field.source)}, {_SURE[field.evidence]}"


def section(field: Field, blocks: Mapping[Table, str]) -> str:
    """The whole section of one argument."""
    return "\n\n".join([f"### {field.name}", filled(field.doc), bullets(_facts(field, blocks))])


def _facts(field: Field, blocks: Mapping[Table, str]) -> Iterator[str]:
    yield f"**Type:** {type_of(field, blocks)}, {'required' if field.required else 'optional'}"
    if not field.required:
        yield f"**Default:** {default_of(field)}"
    if found := "; ".join(limits(field)):
        yield f"**Limits:** {found}"
    yield f"**A change:** {'; '.join(_consequences(field))}"
    if found := compared(field):
        yield f"**Compared:** {found}"
    if unseen := _unseen(field):
        yield f"**Read back:** {unseen}"
    yield f"**Documented:** {source_of(field)}"


def _consequences(field: Field) -> Iterator[str]:
    yield effect(field)
    if field.unknown_replaces:
        yield "a value that a preview cannot know yet counts as another one"
    if field.echo:
        yield "an update sends back what Kaleyra has"
    if field.empty_on_removal:
        yield "leaving it out after it was declared empties it"
    elif not field.required and field.role is Role.EDITABLE:
        yield "leaving it out after it was declared changes nothing at Kaleyra, and a warning says so"


def _unseen(field: Field) -> str:
    if field.initial:
        return f"no read returns it: the output `{field.key}` shows what became of it"
    if field.role is Role.SETTING:
        return ""
    hidden = [part.name for part in ((field.item or field).fields or ()) if not part.returned]
    if not field.returned:
        return "no read returns it: state keeps the declared value, and a change made elsewhere stays unseen"
    return f"all but {code(*hidden)}, which no read returns" if hidden else ""


def block_row(field: Field, blocks: Mapping[Table, str]) -> tuple[str, str, str]:
    """One row of the table of a nested block: name, what it holds, what it may be."""
    default = "" if field.default is None else f" (`{field.default!r}` unless given)".replace("'", '"')
    need = "required" if field.required else f"optional{default}"
    notes = [*limits(field), compared(field), "" if field.returned else "no read returns it"]
    return (
        f"`{field.name}`",
        f"{type_of(field, blocks)}, {need}",
        f"{field.doc} {capital('; '.join(filter(None, notes)))}",
    )
