"""The rules of the house that CONTRIBUTING.md and DESIGN.md write down, as far as a look at the source shows them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pulumi
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ("rcs_policy", "rcs_provider", "rcs_simulator")
SOURCES: Final = {
    str(each.relative_to(ROOT)): ast.parse(each.read_text())
    for package in PACKAGES
    for each in sorted(ROOT.joinpath(package).rglob("*.py"))
}

GAPS: Final = "rcs_provider/dynamic/sdk_gaps.py"
"""The one place for what the SDK and the interpreter give no public way to do."""
PRIVATE: Final = re.compile(r"_[A-Za-z]\w*")
DOCUMENTED: Final = {"_exit"}
"""Names that look private, and stand in the documentation of their module."""
INSIDE: Final = {"currentframe", "f_back", "f_code", "f_locals", "__code__", "orig_argv", "sys.modules"}
"""What shows the stack, the code, the command line or the modules of whoever runs this."""
RUNTIME: Final = re.compile(r"pulumi\.runtime\.(\w+)")
PUBLIC_RUNTIME: Final = {*pulumi.runtime.__all__, "proto"}
"""What others may use of `pulumi.runtime`: what it says is public, and the messages of the engine's own protocol."""
REACHES: Final = {"getattr", "setattr", "hasattr", "delattr", "get", "pop"}
"""Calls whose text may name an attribute."""
PENDING: Final = {"rcs_provider/program/lookups/forms.py": ["_childResources"]}
"""What is still to go; the walk of components goes with the rewrite of the look-ups."""


def is_private(name: str) -> bool:
    """Whether a name, or the last part of a dotted one, is one that only its owner may use."""
    last = name.rpartition(".")[2]
    runtime = RUNTIME.match(name)
    if runtime is not None and runtime[1] not in PUBLIC_RUNTIME:
        return True
    return last in INSIDE or name in INSIDE or (PRIVATE.fullmatch(last) is not None and last not in DOCUMENTED)


def made_here(tree: ast.AST) -> Iterator[str]:
    """Every name that a source gives to something of its own."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value):
            yield node.attr


def is_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def used(node: ast.AST, own: set[str]) -> Iterator[str]:
    """The names by which a piece of source uses something that is not made here."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level and node.module not in PACKAGES:
        yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module)
    elif isinstance(node, ast.Attribute) and not (is_self(node.value) and node.attr in own):
        yield ast.unparse(node)
    elif isinstance(node, (ast.Call, ast.Subscript)):
        yield from (text for text in texts(node) if PRIVATE.fullmatch(text) and text not in own)


def texts(node: ast.Call | ast.Subscript) -> Iterator[str]:
    """The texts by which a call or an index reaches an attribute."""
    if isinstance(node, ast.Subscript):
        reaching: list[ast.expr] = [node.slice]
    else:
        called = ast.unparse(node.func).rpartition(".")[2]
        reaching = node.args if called in REACHES else []
    yield from (each.value for each in reaching if isinstance(each, ast.Constant) and isinstance(each.value, str))


def private_parts(tree: ast.AST, own: set[str]) -> list[str]:
    """What a source uses of the private parts of somebody else's code."""
    return [name for node in ast.walk(tree) for name in used(node, own) if is_private(name)]


OWN: Final = {name for tree in SOURCES.values() for name in made_here(tree)}


@pytest.mark.parametrize("path", [path for path in SOURCES if path != GAPS])
def test_private_parts_of_the_sdk_and_of_the_interpreter_are_used_in_one_place(path: str) -> None:
    assert [each for each in private_parts(SOURCES[path], OWN) if each not in PENDING.get(path, [])] == []


@pytest.mark.parametrize(
    "line",
    [
        "from pulumi.runtime.config import CONFIG",
        "from pulumi.runtime import settings",
        "from pulumi.runtime import _json",
        "import pulumi.runtime.mocks",
        "pulumi.runtime.settings.SETTINGS",
        "from inspect import currentframe",
        "inspect.currentframe()",
        "stub.Log._channel.target()",
        "self._somebody_elses",
        "vars(pool)['_max_workers']",
        "vars(resource).get('_childResources', ())",
        "getattr(resource, '_childResources')",
        "method.__code__ = other",
        "sys.modules['__main__']",
    ],
)
def test_a_use_of_a_private_part_is_seen(line: str) -> None:
    assert private_parts(ast.parse(line), set()) != []


@pytest.mark.parametrize(
    "line",
    [
        "pulumi.runtime.get_root_resource()",
        "from pulumi.runtime.proto import engine_pb2",
        "from pulumi.runtime import MockCallArgs",
        "self._ours",
        "os._exit(0)",
        "name.endswith('_proxy')",
    ],
)
def test_what_is_public_or_our_own_passes(line: str) -> None:
    assert private_parts(ast.parse(line), {"_ours"}) == []
