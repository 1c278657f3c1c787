"""The page of a kind of object: of its table, and of the words that are kept beside it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.account import AccountFields
from rcs_provider.core.fields import table as table_of

from . import agent, tester
from .field import block_row, effect, section, source_of, type_of
from .languages import tabs
from .markdown import block, code, filled, page, sentences, table
from .words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rcs_provider.core.fields import Field, Table
    from rcs_provider.core.kind import Kind

WORDS: Final[Mapping[str, Words]] = {"agent": agent.WORDS, "tester": tester.WORDS}
"""By the name of a kind; one that has none gets a page all the same."""

_ACCOUNT: Final = {each.name for each in table_of(AccountFields)}


def page_of(kind: Kind[Any]) -> str:
    """The whole page of a kind of object."""
    words = WORDS.get(kind.name, Words())
    fields = arguments(kind)
    blocks = dict(_blocks(fields))
    return page(
        kind.token.rpartition(":")[2],
        _declared_in(kind.table),
        _head(kind, words),
        words.head,
        tabs(words.example) if words.example else "",
        "## Arguments",
        words.arguments or f"Each is a key of an entry under `rcs:{kind.section}` in the stack's configuration.",
        _overview(fields, blocks),
        "## Each argument",
        *(section(each, blocks) for each in fields),
        *_nested(fields, blocks),
        words.notes,
        "## Outputs",
        f"Every argument is an output of the same name, too. {words.outputs}".rstrip(),
        _outputs(kind.table),
        *_life(kind, words),
        *(("## Looking without managing", words.look, _program(words.look_example)) if words.look else ()),
    )


def arguments(kind: Kind[Any]) -> list[Field]:
    """What a program may declare, as the account is filled in from the settings; without words the mandatory first."""
    found = [each for each in kind.table.inputs if each.name not in _ACCOUNT]
    # Words may go by the order of the declaration.
    return found if kind.name in WORDS else sorted(found, key=lambda each: not each.required)


def _declared_in(fields: Table) -> str:
    """The module that declares the first field."""
    return f"{fields.fields[0].declaration.__module__.replace('.', '/')}.py"


def _head(kind: Kind[Any], words: Words) -> str:
    number = f"the number of its {kind.parent}, a slash and its {kind.key_name}" if kind.parent else f"`{kind.number}`"
    summary = words.summary or sentences(type(kind).__doc__)
    return filled(f"{summary} {_types(kind)} Its id is {words.id or number}.".lstrip())


def _types(kind: Kind[Any]) -> str:
    """The tokens of both providers."""
    plugin = f"and `{kind.package_token}` of the provider plugin, for every language"
    return f"Its type token is `{kind.token}` of the dynamic provider, for Python, {plugin}."


def _program(text: str) -> str:
    return block("python", text) if text else ""


def _overview(fields: Sequence[Field], blocks: Mapping[Table, str]) -> str:
    """The table of the arguments, each with a link to its section."""
    rows = (
        (f"[{each.name}](#{each.name})", type_of(each, blocks), "yes" if each.required else "", effect(each))
        for each in fields
    )
    return table(("argument", "type", "mandatory", "a change"), rows)


def _blocks(fields: Iterable[Field]) -> Iterator[tuple[Table, str]]:
    """The tables of nested fields, with the names of the arguments classes that declare them."""
    for inside in filter(None, map(_inside, fields)):
        yield inside, inside.fields[0].declaration.__name__
        yield from _blocks(inside)


def _inside(field: Field) -> Table | None:
    return (field.item or field).fields


def _nested(fields: Sequence[Field], blocks: Mapping[Table, str]) -> Iterator[str]:
    """The sections of the nested blocks, each with the fields that take it."""
    if blocks:
        yield "## Blocks"
    takers = [*fields, *(each for inside in blocks for each in inside)]
    for inside, name in blocks.items():
        taking = code(*(each.name for each in takers if _inside(each) == inside))
        rows = (block_row(each, blocks) for each in inside)
        yield f"### {name}\n\nFor {taking}.\n\n{table(('field', 'type', 'meaning'), rows)}"


def _outputs(fields: Table) -> str:
    """The table of what only Kaleyra or the settings fill in."""
    rows = [
        (f"`{each.name}`", _meaning(each), "every read" if each.returned else "answers to updates", source_of(each))
        for each in fields.outputs
    ]
    account = sorted(_ACCOUNT & set(fields.by_name))
    rows += [(f"`{name}`", fields[name].doc, "the settings", "an output of this package") for name in account]
    return table(("output", "meaning", "comes from", "documented"), rows)


def _meaning(field: Field) -> str:
    return f"{field.doc} The API calls it `{field.wire}`." if field.wire else field.doc


def _life(kind: Kind[Any], words: Words) -> Iterator[str]:
    """What each step does; without words, the call that it makes."""
    operations = getattr(kind, "operations", None)
    if words.life or operations:
        yield "## What happens when"
        yield table(("step", "what happens"), words.life.items() or _calls(operations))
        yield words.after


def _calls(operations: Any) -> Iterator[tuple[str, str]]:
    for each in dataclasses.fields(operations):
        called = getattr(operations, each.name)
        yield each.name, f"`{called.method} {called.path}`"
