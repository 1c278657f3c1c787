"""Whether a command that a page shows exists, with every option that it is given."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import re
import shlex
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from blocks import ROOT

from rcs_simulator.server.cli import parser

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ORDINARY: Final = (
    *("cp", "cd", "eval", "export", "git", "gpg", "pip", "poetry", "python3", "read", "rm", "sha256sum", "uv"),
)
"""Commands of the system and of other tools that are taken as they are."""


def complaint(line: str) -> str:
    """What is wrong with a command line; nothing where it is right."""
    words = shlex.split(line, comments=True)
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words.pop(0)
    if not words:
        return ""
    name = words[0].removeprefix(".venv/bin/")
    if name in _KNOWN:
        return _KNOWN[name](words[1:])
    if name in _ORDINARY or (ROOT / name).is_file():
        return ""
    return f"nobody knows the command {name}"


@cache
def _help(*path: str) -> str:
    env = {**os.environ, "PULUMI_EXPERIMENTAL": "true"}  # else the help leaves out options that work all the same
    done = subprocess.run(["pulumi", *path, "--help"], env=env, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def _pulumi(words: list[str]) -> str:
    path: list[str] = []
    # What is no sub-command shows the help of the command before it.
    while words and re.fullmatch("[a-z][a-z-]*", words[0]) and _help(*path, words[0]) != _help(*path):
        path.append(words.pop(0))
    if path == ["do"]:
        return ""  # a plugin's own commands, which tests/engine/test_do.py runs
    known = _help(*path)
    if words and not words[0].startswith("-") and re.search("Commands:$", known, re.MULTILINE):
        return f"{' '.join(['pulumi', *path])} has no command {words[0]}"
    unknown = [each for each in words if each.startswith("-") and not _has(known, each.partition("=")[0])]
    return f"{' '.join(['pulumi', *path])} has no {', '.join(unknown)}" if unknown else ""


def _has(text: str, option: str) -> bool:
    return option == "--" or re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text) is not None


def _make(words: list[str]) -> str:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    variables = set(re.findall(r"\$\((\w+)\)", (ROOT / "Makefile").read_text()))
    unknown = [each for each in words if each not in targets and each.partition("=")[0] not in variables]
    return f"make has no {', '.join(unknown)}" if unknown else ""


def _python(words: list[str]) -> str:
    if words[:2] != ["-m", "rcs_simulator"]:
        return "" if words and (ROOT / words[0]).exists() else f"python is not known to run {' '.join(words)}"
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            parser().parse_args(words[2:])
    except SystemExit:
        return said.getvalue()
    return ""


def _rcs(words: list[str]) -> str:
    if importlib.util.find_spec("rcs_provider.cli") is None:
        return "there is no command kaleyra-rcs"
    module = importlib.import_module("rcs_provider.cli.main")
    command: Any = module.rcs
    path = ["kaleyra-rcs"]
    while words and words[0] in getattr(command, "commands", {}):
        path.append(words[0])
        command = command.commands[words.pop(0)]
    options = {"--help", *(option for each in command.params for option in each.opts)}
    unknown = [each for each in words if each.startswith("--") and each.partition("=")[0] not in options]
    return f"{' '.join(path)} has no {', '.join(unknown)}" if unknown else ""


_KNOWN: Final[Mapping[str, Callable[[list[str]], str]]] = {
    "pulumi": _pulumi,
    "make": _make,
    "python": _python,
    "kaleyra-rcs": _rcs,
}
