# ruff: noqa: INP001 - a script beside shell scripts, not a package
"""The docstrings that an editor shows of arguments, made from the table of their fields.

An editor reads the source and runs nothing, so what it shows has to stand there.
"""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reference.field import effect, limits
from reference.markdown import capital, code
from reference.sources import OURS

from rcs_provider.core.fields import Evidence, table
from rcs_provider.objects.agent import blocks
from rcs_provider.objects.agent import fields as agent
from rcs_provider.objects.tester import fields as tester

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rcs_provider.core.fields import Field

ROOT: Final = Path(__file__).resolve().parents[2]
_WIDTH: Final = 120
_BLOCKS: Final = (blocks.PhoneArgs, blocks.EmailArgs, blocks.LinkArgs, blocks.BrandDetailsArgs)

SOURCES: Final[Mapping[str, Mapping[str, tuple[str, Iterable[Field]]]]] = {
    "rcs_provider/objects/agent/blocks.py": {each.__name__: ("Keys:", table(each)) for each in _BLOCKS},
    "rcs_provider/objects/agent/fields.py": {"RcsAgentArgs": ("Keys:", table(agent.RcsAgentArgs))},
    "rcs_provider/program/agent.py": {"__init__": ("    arguments: the keys", table(agent.RcsAgentArgs))},
    "rcs_provider/objects/tester/fields.py": {"RcsTesterArgs": ("Keys:", table(tester.RcsTesterArgs))},
    "rcs_provider/program/tester.py": {"__init__": ("    arguments: the keys", table(tester.RcsTesterArgs))},
}
"""By file and by the name of what is documented: how the line begins that the fields come after, and the fields."""


def renewed(name: str) -> str:
    """The text of a source file with its docstrings as the tables have them."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in sorted(_documented(text, SOURCES[name]), key=lambda each: -each.lineno):
        head, fields = SOURCES[name][node.name]
        first, last = _place(node)
        lines[first:last] = _docstring(lines[first:last], node.col_offset + 4, head, fields)
    return "\n".join(lines) + "\n"


def write() -> None:
    """Renews every docstring in its file."""
    for name in SOURCES:
        (ROOT / name).write_text(renewed(name), encoding="utf-8")


def _documented(text: str, wanted: Mapping[str, object]) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name in wanted and ast.get_docstring(node):
            yield node


def _place(node: ast.ClassDef | ast.FunctionDef) -> tuple[int, int]:
    docstring = node.body[0]
    return docstring.lineno - 1, docstring.end_lineno or docstring.lineno


def _docstring(old: list[str], indent: int, head: str, fields: Iterable[Field]) -> list[str]:
    blank = " " * indent
    kept = [old[0].removesuffix('"""'), "", blank + head]
    if len(old) > 1:
        end = next(place for place, line in enumerate(old) if line.startswith(blank + head))
        kept = old[: end + 1]
    return [*kept, *(line for each in fields for line in _entry(each, blank + "    ")), blank + '"""']


def _entry(field: Field, blank: str) -> list[str]:
    text = f"{field.name}: {' '.join(_facts(field))}"
    more = blank + "    "
    return textwrap.wrap(
        text, _WIDTH, initial_indent=blank, subsequent_indent=more, break_long_words=False, break_on_hyphens=False
    )


def _facts(field: Field) -> Iterator[str]:
    yield field.doc
    if found := "; ".join(limits(field)):
        yield f"{capital(found)}."
    if field.default is not None:
        yield f"Default: {code(field.default) if field.default else 'empty'}."
    yield f"A change: {effect(field)}."
    if field.source != OURS:
        sure = "" if field.evidence is Evidence.STATED else f", {field.evidence.value}"
        yield f"Source: {field.source}{sure}."
