"""The page of a kind of object: of its table, and of the words that are kept beside it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.account import AccountFields
from rcs_provider.core.fields import table as table_of

from . import agent, tester
from .constructor import signature
from .field import block_row, default_of, effect, section, source_of, type_of
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
    """The whole page of a kind of object, in the order of a registry's pages."""
    words = WORDS.get(kind.name, Words())
    fields = arguments(kind)
    blocks = dict(_blocks(fields))
    return page(
        class_of(kind),
        _declared_in(kind.table),
        _head(kind, words),
        words.head,
        *(("## Example", tabs(words.example)) if words.example else ()),
        "## Constructor",
        signature(class_of(kind), fields, blocks),
        "## Inputs",
        words.arguments or f"Each is a key of an entry under `rcs:{kind.section}` in the stack's configuration.",
        _overview(fields, blocks),
        "## Each input",
        *(section(each, blocks) for each in fields),
        *_nested(fields, blocks),
        words.notes,
        "## Outputs",
        f"Every input is an output of the same name, too. {words.outputs}".rstrip(),
        _outputs(kind.table),
        *(("## Look up", words.look, _program(words.look_example)) if words.look else ()),
        *_import(kind, words),
        *_policies(kind, words),
        *_life(kind, words),
    )


def class_of(kind: Kind[Any]) -> str:
    """The name of a kind's class in Python: RcsAgent."""
    return kind.token.rpartition(":")[2]


def arguments(kind: Kind[Any]) -> list[Field]:
    """What a program may declare, as the account is filled in from the settings; the required first."""
    found = [each for each in kind.table.inputs if each.name not in _ACCOUNT]
    return sorted(found, key=lambda each: not each.required)


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
    """The table of the inputs, each with a link to its section."""
    rows = ((f"[{each.name}](#{each.name})", type_of(each, blocks), default_of(each), effect(each)) for each in fields)
    return table(("input", "type", "default", "a change"), rows)


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


def _import(kind: Kind[Any], words: Words) -> Iterator[str]:
    """How one that exists is imported by its id."""
    if words.id_example:
        yield "## Import"
        yield words.imports
        yield block("sh", f"pulumi import {kind.package_token} NAME {words.id_example}")


def _policies(kind: Kind[Any], words: Words) -> Iterator[str]:
    """What each value of the inputs means that decide about deleting and about what exists."""
    if words.policies:
        inputs = [kind.table.by_name[name] for name in words.policies]
        rows = (
            (f"[{each.name}](#{each.name})", f"`{value}`", words.policies[each.name][value])
            for each in inputs
            for value in each.choices
        )
        yield "## Policies"
        yield table(("input", "value", "what it means"), rows)
        yield words.after_policies


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
