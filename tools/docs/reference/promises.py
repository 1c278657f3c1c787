"""The page of what is promised, and of the tests that prove it, read off their names."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .markdown import code, filled
from .markdown import page as page_of
from .sentences import SENTENCES, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TESTS: Final = Path(__file__).resolve().parents[3] / "tests"
"""Where the tests are."""

_NAMED: Final = re.compile(r"test_((?:[a-ep][0-9]{1,2}_)*)")
_CITED: Final = re.compile(r"\b[A-EP][0-9]{1,2}\b")

_HEAD: Final = """\
What you can rely on, each with the tests that fail where it is broken. A test's name is its promise, so the names are
the list. Promises about `pulumi` commands are proved by running them (`tests/engine`, `tests/faults`), against the
simulator: [nothing has been confirmed on the real service yet](coverage.md).
"""


@dataclass(frozen=True)
class Proof:
    """One test: its file below the repository, its promise as a sentence, and the ids that it proves."""

    file: str
    sentence: str
    ids: frozenset[str]


def page() -> str:
    """The whole page."""
    proofs = sorted(collected(TESTS), key=lambda each: each.file)
    return page_of("What is promised", "the names of the tests", _HEAD, *_sections(proofs))


def collected(folder: Path) -> Iterator[Proof]:
    """Every test below a folder that names an id, or whose docstring or module does; nothing is run."""
    for file in folder.rglob("test_*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        shared = _CITED.findall(ast.get_docstring(tree) or "")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield _proof(file.relative_to(folder.parent).as_posix(), node, shared)


def _proof(file: str, node: ast.FunctionDef, shared: list[str]) -> Proof:
    ids, rest = named(node.name)
    cited = _CITED.findall(ast.get_docstring(node) or "")
    return Proof(file, rest, frozenset([*(ids or shared), *cited]))


def named(name: str) -> tuple[list[str], str]:
    """The ids that a test's name begins with, and the rest of it as a sentence."""
    found = _NAMED.match(name)
    ids, rest = (found[1], name[found.end() :]) if found else ("", name)
    return [each.upper() for each in ids.split("_") if each], rest.replace("_", " ")


def _sections(proofs: list[Proof]) -> Iterator[str]:
    letters = defaultdict[str, list[str]](list)
    for id_ in sorted({each for proof in proofs for each in proof.ids}, key=_order):
        letters[id_[0]].append(id_)
    for letter, ids in letters.items():
        yield f"## {TITLES[letter]}"
        yield from (_section(id_, [each for each in proofs if id_ in each.ids]) for id_ in ids)


def _order(id_: str) -> tuple[str, int]:
    return id_[0], int(id_[1:])


def _section(id_: str, proofs: Iterable[Proof]) -> str:
    files = defaultdict[str, list[str]](list)
    for each in proofs:
        files[each.file].append(each.sentence)
    lines = [filled(f"{code(file)}: {'; '.join(said)}.", "- ", "  ") for file, said in files.items()]
    return "\n\n".join([f"### {id_}", *filter(None, [SENTENCES.get(id_, "")]), "\n".join(lines)])
