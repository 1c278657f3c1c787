"""The rules of the house that CONTRIBUTING.md and DESIGN.md write down, as far as a look at the source shows them."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pulumi
import pytest
from proves import proves

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ("rcs_policy", "rcs_provider", "rcs_simulator")

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

FOLDERS: Final = (*PACKAGES, "benchmarks", "examples", "tests", "tools")
"""Every folder that holds Python."""
LONGEST: Final = 299
"""Lines of a module."""
NAMELESS: Final = {"common", "helper", "helpers", "misc", "util", "utils"}
"""Names that say nothing of what is inside."""
PAGES: Final = ("CONTRIBUTING.md", "DESIGN.md")
PLACE: Final = re.compile(r"[\w.-]+(/[\w.-]+)*/?")
"""What may be a path."""
MADE: Final = "build/"
"""Where commands write to; git knows nothing of it."""
PARTS: Final = sorted(each.parent.name for each in ROOT.joinpath("rcs_provider").glob("*/__init__.py"))
MIRRORED: Final = {**{part: f"rcs_provider/{part}" for part in PARTS}, "simulator": "rcs_simulator"}
"""Folders of tests whose own folders are those of what they test."""


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


@proves("F7")
def test_private_parts_of_the_sdk_and_of_the_interpreter_are_used_in_one_place() -> None:
    trees = {str(each.relative_to(ROOT)): ast.parse(each.read_text()) for each in modules(*PACKAGES)}
    own = {name for tree in trees.values() for name in made_here(tree)}
    assert [path for path, tree in trees.items() if private_parts(tree, own)] == [GAPS]


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


def modules(*folders: str) -> list[Path]:
    return [each for folder in folders for each in sorted(ROOT.joinpath(folder).rglob("*.py"))]


def test_modules_stay_below_300_lines() -> None:
    lines = {str(each.relative_to(ROOT)): len(each.read_text().splitlines()) for each in modules(*PACKAGES)}
    assert {path: count for path, count in lines.items() if count > LONGEST} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    paths = [each.relative_to(ROOT) for each in modules(*FOLDERS)]
    assert [each for each in paths if NAMELESS & set(re.split(r"[/_]", str(each.with_suffix(""))))] == []


def code(text: str) -> list[str]:
    """The commands of a page, and what it shows as code within a line."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def drawn(text: str) -> list[str]:
    """The folders and modules that a page's drawings name."""
    drawings = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    return [name for each in drawings for name in re.findall(r"[a-z_]+(?:/|\.py)(?!\w)", each)]


def places(text: str) -> list[str]:
    """The paths that a page names: as code, in commands and as targets of links."""
    words = [
        word for each in code(text) if each.startswith(("make", "tools/")) or " " not in each for word in each.split()
    ]
    named = [
        each for each in words if PLACE.fullmatch(each) and ("/" in each or each.endswith((".py", ".md", ".yaml")))
    ]
    linked = re.findall(r"\]\(([^)#:]+)[)#]", text)
    return [each for each in named + linked if "NAME" not in each and not each.startswith(MADE)]


def is_there(place: str) -> bool:
    """Whether a path is one of the repository or of the provider's package, where a bare name may be of any module."""
    package = ROOT / "rcs_provider"
    known = place.rstrip("/") if "/" in place else f"**/{place}"
    return ROOT.joinpath(place).exists() or any(package.glob(known))


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_for_contributors_names_exists(page: str) -> None:
    text = ROOT.joinpath(page).read_text()
    assert [each for each in places(text) if not is_there(each)] == []
    assert len(places(text)) > 10
    package = ROOT / "rcs_provider"
    assert [each for each in drawn(text) if not any(package.glob(f"**/{each.rstrip('/')}"))] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_for_contributors_names_exists(page: str) -> None:
    commands = [each.split() for each in code(ROOT.joinpath(page).read_text())]
    targets = re.findall(r"^([\w-]+):", ROOT.joinpath("Makefile").read_text(), re.MULTILINE)
    assert [rest for first, *rest in commands if first == "make" and rest[0] not in targets] == []
    tools = [first for first, *_ in commands if first.startswith("tools/") and not first.endswith((".py", "/"))]
    assert [each for each in tools if not os.access(ROOT / each, os.X_OK)] == []


def test_every_part_of_the_provider_has_its_folder_of_tests() -> None:
    assert [part for part in PARTS if not any(ROOT.joinpath("tests", part).rglob("test_*.py"))] == []


@pytest.mark.parametrize("folder", MIRRORED)
def test_folders_of_tests_are_named_after_what_they_test(folder: str) -> None:
    inside = {each.parent.name for each in ROOT.joinpath("tests", folder).glob("*/*.py")}
    assert {each for each in inside if not any(ROOT.joinpath(MIRRORED[folder], each).glob("*.py"))} == set()


@pytest.mark.parametrize("part", ["api", "core"])
def test_a_test_of_the_lower_floors_has_the_name_of_its_module(part: str) -> None:
    tested = [each.name.removeprefix("test_") for each in ROOT.joinpath("tests", part).glob("test_*.py")]
    assert tested != []
    assert [each for each in tested if not ROOT.joinpath("rcs_provider", part, each).exists()] == []
