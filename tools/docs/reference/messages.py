"""The page of all messages: what the package can say in a terminal, collected from its sources."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .markdown import page as page_of
from .markdown import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SOURCES: Final = Path(__file__).resolve().parents[3] / "rcs_provider"
"""The package whose messages are collected."""

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Settings": ("core/settings.py", "core/parse.py", "core/account.py", "objects/stack_keys.py",
                 "program/stack_config.py", "program/face.py", "program/provider.py"),
    "What a preview refuses or warns about": ("core/check.py", "core/validation.py", "objects/agent/rules.py",
                                              "objects/tester/rules.py", "objects/numbered/rules.py", "core/diff.py"),
    "Create, read, update, delete": ("core/controller.py", "objects/numbered/", "objects/tester/", "objects/agent/",
                                     "objects/listed.py", "core/run.py"),
    "Calls to Kaleyra": ("api/",),
    "Stack data and look-ups": ("program/", "objects/lookups.py"),
    "Pictures and pages that are fetched": ("pictures/",),
    "The command kaleyra-rcs": ("cli/", "export/", "look/"),
    "The provider's process and the plugin": ("",),
}  # fmt: skip
"""The sections of the page, each with its modules; a module belongs to the first that names it or its folder."""

_NOT_SAID: Final = ("descriptions.py", "docstrings.py", "fields.py", "blocks.py", "operations.py", "program.py",
                    "readme.py", "schema.py", "sdk_gaps.py", "secret_phones.py", "stack_file.py", "wording.py",
                    "yaml_text.py", "functions.py", "icons.py", "limits.py")  # fmt: skip
"""Modules whose texts are documentation, files or drawings, or go to developers."""
_SAYING: Final = {"say", "warn", "warning", "error", "secho", "echo", "Problem", "Check"}
"""Calls that say their arguments, beside those that make an error."""
_FOR_DEVELOPERS: Final = {"TypeError", "AssertionError", "NotImplementedError"}
_TWO: Final = 2
"""Words of a text that says too little without the text that it goes into."""
_CODE: Final = re.compile(r"\\b|\(\?P|\n.*\n")
"""What an expression for texts has, and the text of a file; neither is a message."""

_VERB: Final = re.compile(
    r"\b(is|are|was|were|be|has|have|do|does|did|can|cannot|could|may|must|begins|redirects|broke|\w+ed(?! \w+s\b))\b"
)
"""A finite verb, as the package's lines have them; "allowed values" has none."""

_HEAD: Final = """\
Everything that the package can say in a terminal, as the sources have it. `…` stands for a name, a number or a reason.
Search this page for the words on your screen. What Kaleyra itself says, and what to do then: [errors](errors.md). What
Pulumi's engine says: [troubleshooting](../how-to/what-to-do-when.md#what-pulumi-itself-says).
"""


@dataclass(frozen=True)
class Message:
    """One text that a user may see, with `…` for what is filled in, and the module that has it."""

    module: str
    text: str


def page() -> str:
    """The whole page."""
    found = list(collected(SOURCES))
    return page_of("Messages", "the texts in rcs_provider", _HEAD, *_sections(found))


def collected(folder: Path) -> Iterator[Message]:
    """Each message of the modules below a folder, in the order of the sources; nothing is run."""
    for file in sorted(folder.rglob("*.py")):
        if file.name not in _NOT_SAID:
            texts = dict.fromkeys(_texts(ast.parse(file.read_text(encoding="utf-8"))))
            yield from (Message(file.relative_to(folder).as_posix(), each) for each in texts)


def _sections(found: Sequence[Message]) -> Iterator[str]:
    left = list(found)
    for title, places in PARTS.items():
        ours = [each for each in left if each.module.startswith(places)]
        left = [each for each in left if each not in ours]
        if ours:
            yield f"## {title}"
            yield table(("message", "module"), ((_shown(each.text), f"`{each.module}`") for each in ours))
    assert left == [], f"no section names {left[0].module}"


def _shown(text: str) -> str:
    return re.sub(r"([*_<>\[\]])", r"\\\1", text) if "`" not in text else text.replace("<", "&lt;")


def _texts(tree: ast.Module) -> Iterator[str]:
    """The texts that are raised, said, returned or kept for one of these, without fragments; see `_is_fragment`."""
    for node in ast.walk(tree):
        is_whole = isinstance(node, ast.Call) and _is_whole(node)
        for value in _said(node):
            text = _filled(value)
            words = len(re.findall(r"(?<![^\s`'\"(])[A-Za-z']{2,}(?![\w/])", text))
            if words > 1 and not _CODE.search(text) and (is_whole or not _is_fragment(text, words)):
                yield text


def _is_fragment(text: str, words: int) -> bool:
    """Whether a text that only goes into others is nothing to search for: a name for a thing, or a bare command."""
    is_noun = re.match(r"(an?|the|no)\b", text) is not None and not _VERB.search(text)
    is_short = words <= _TWO and "…" not in text and not text.endswith(".")
    return is_noun or is_short or text.startswith("pulumi ")


@cache
def _errors() -> frozenset[str]:
    """The names of the package's classes of errors."""
    trees = (ast.parse(each.read_text(encoding="utf-8")) for each in SOURCES.rglob("*.py"))
    classes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return frozenset(
        each.name for each in classes if any(re.search("Error|Exception", ast.unparse(b)) for b in each.bases)
    )


def _is_whole(node: ast.Call) -> bool:
    """Whether a call says its text, or makes an error of it, rather than a part of some other text."""
    name = _name(node)
    return name in _SAYING or name in _errors() or name.endswith("Error")


def _said(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call) and _is_saying(node):
        yield from _leaves(*node.args, *(each.value for each in node.keywords))
    elif isinstance(node, (ast.Return, ast.Yield, ast.Assign, ast.AnnAssign)) and node.value is not None:
        yield from _leaves(node.value)


def _is_saying(node: ast.Call) -> bool:
    name = _name(node)
    raises = re.fullmatch(r"[A-Z]\w+", name) is not None and name not in _FOR_DEVELOPERS
    return name in _SAYING or raises


def _name(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else str(getattr(node.func, "attr", ""))


def _leaves(*values: ast.expr) -> Iterator[ast.expr]:
    """The texts within a choice, a pair or a table of texts."""
    for value in values:
        if isinstance(value, (ast.JoinedStr, ast.Constant)):
            yield value
        elif isinstance(value, ast.IfExp):
            yield from _leaves(value.body, value.orelse)
        elif isinstance(value, (ast.Tuple, ast.List)):
            yield from _leaves(*value.elts)
        elif isinstance(value, ast.Dict):
            yield from _leaves(*value.values)
        elif isinstance(value, ast.Lambda):
            yield from _leaves(value.body)


def _filled(value: ast.expr) -> str:
    """A text on one line with `…` for each part that is filled in; nothing for what is none."""
    parts = value.values if isinstance(value, ast.JoinedStr) else [value]
    texts = (each.value if isinstance(each, ast.Constant) else "…" for each in parts)
    said = re.sub(r"\{\w+\}", "…", "".join(each for each in texts if isinstance(each, str)))
    return re.sub(" +", " ", said).strip()
