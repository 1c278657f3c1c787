"""What the pages of all resources have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rcs_provider.core.account import AccountFields
from rcs_provider.core.fields import table as table_of

from .field import block_row, effect, section, source_of, type_of
from .markdown import code, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rcs_provider.core.fields import Field, Table

_ACCOUNT = {each.name for each in table_of(AccountFields)}


def arguments(fields: Table) -> list[Field]:
    """What a program may declare; the account is filled in from the settings."""
    return [each for each in fields.inputs if each.name not in _ACCOUNT]


def overview(fields: Table, blocks: Mapping[Table, str]) -> str:
    """The table of the arguments, each with a link to its section."""
    rows = (
        (f"[{each.name}](#{each.name})", type_of(each, blocks), "yes" if each.required else "", effect(each))
        for each in arguments(fields)
    )
    return table(("argument", "type", "mandatory", "a change"), rows)


def details(fields: Table, blocks: Mapping[Table, str]) -> str:
    """The sections of the arguments."""
    return "\n\n".join(section(each, blocks) for each in arguments(fields))


def nested(fields: Table, blocks: Mapping[Table, str]) -> str:
    """The sections of the nested blocks, each with the arguments that take it."""
    return "\n\n".join(
        f"### {name}\n\nFor {code(*_takers(fields, block))}.\n\n{table(('field', 'type', 'meaning'), _rows(block))}"
        for block, name in blocks.items()
    )


def _takers(fields: Table, block: Table) -> list[str]:
    return [each.name for each in arguments(fields) if (each.item or each).fields == block]


def _rows(block: Table) -> Iterator[tuple[str, str, str]]:
    return (block_row(each) for each in block)


def outputs(fields: Table) -> str:
    """The table of what only Kaleyra or the settings fill in."""
    rows = [
        (f"`{each.name}`", _meaning(each), "every read" if each.returned else "answers to updates", source_of(each))
        for each in fields.outputs
    ]
    rows += [(f"`{name}`", fields[name].doc, "the settings", "an output of this package") for name in sorted(_ACCOUNT)]
    return table(("output", "meaning", "comes from", "documented"), rows)


def _meaning(field: Field) -> str:
    return f"{field.doc} The API calls it `{field.wire}`." if field.wire else field.doc
