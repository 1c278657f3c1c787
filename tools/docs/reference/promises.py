"""The page of what is promised, and of the tests that prove it, read off their markers and names."""

from __future__ import annotations

import ast
import html
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .markdown import code, filled
from .markdown import page as page_of
from .sentences import NOT_PROMISED, SENTENCES, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TESTS: Final = Path(__file__).resolve().parents[3] / "tests"
"""Where the tests are."""

_CITED: Final = re.compile(r"\b[A-FP][0-9]{1,2}\b")

_HEAD: Final = """\
What you can rely on. Open a promise to see the tests that fail if it is broken; their names are sentences. Promises
about `pulumi` commands are proved by running them (`tests/engine`, `tests/faults`) against the simulator.
[Nothing has been confirmed on the live service yet](coverage.md).
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
    head = "the names and markers of the tests"
    return page_of("Promises", head, _HEAD, *_sections(proofs), _rest())


def collected(folder: Path) -> Iterator[Proof]:
    """Every test below a folder with the ids of its marker (or else its module) and its docstring; nothing is run."""
    for file in folder.rglob("test_*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        shared = _CITED.findall(ast.get_docstring(tree) or "")
        for node, marked in _tests(tree, []):
            cited = _CITED.findall(ast.get_docstring(node) or "")
            said = node.name.removeprefix("test_").replace("_", " ")
            yield Proof(file.relative_to(folder.parent).as_posix(), said, frozenset([*(marked or shared), *cited]))


def _tests(scope: ast.Module | ast.ClassDef, marked: list[str]) -> Iterator[tuple[ast.FunctionDef, list[str]]]:
    for node in scope.body:
        if isinstance(node, ast.ClassDef):
            yield from _tests(node, [*marked, *_marked(node)])
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node, [*marked, *_marked(node)]


def _marked(node: ast.ClassDef | ast.FunctionDef) -> list[str]:
    calls = [each for each in node.decorator_list if isinstance(each, ast.Call) and ast.unparse(each.func) == "proves"]
    return [ast.literal_eval(id_) for call in calls for id_ in call.args]


def _sections(proofs: list[Proof]) -> Iterator[str]:
    letters = defaultdict[str, list[str]](list)
    for id_ in sorted({each for proof in proofs for each in proof.ids}, key=_order):
        letters[id_[0]].append(id_)
    for letter, ids in letters.items():
        yield f"## {TITLES[letter]}"
        yield from (_section(id_, [each for each in proofs if id_ in each.ids]) for id_ in ids)


def _rest() -> str:
    lines = [filled(f"**{id_}.** {reason}", "- ", "  ") for id_, reason in NOT_PROMISED.items()]
    return "\n\n".join(["## What is not promised", "\n".join(lines)])


def _order(id_: str) -> tuple[str, int]:
    return id_[0], int(id_[1:])


def _section(id_: str, proofs: Iterable[Proof]) -> str:
    """One promise, with its tests folded away."""
    files = defaultdict[str, list[str]](list)
    for each in proofs:
        files[each.file].append(each.sentence)
    lines = [filled(f"{code(file)}: {'; '.join(said)}.", "- ", "  ") for file, said in files.items()]
    said = re.sub("`([^`]*)`", r"<code>\1</code>", html.escape(SENTENCES.get(id_, ""), quote=False))
    summary = f"<summary><b>{id_}</b> {said}</summary>"
    head = f'<details class="promise" id="{id_.lower()}" markdown="1">\n{summary}'
    return "\n\n".join([head, "\n".join(lines), "</details>"])
