"""The examples of the reference pages compile, with the SDK of their language."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from proves import proves
from reference.languages import declared, go, typescript
from reference.resource import WORDS
from workshop import NODE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from program import Program


def compiled(program: Program, *command: str | Path) -> str:
    """What a compiler says in the program's folder: nothing where all is well."""
    ran = subprocess.run(
        command, cwd=program.folder, env=program.environment(), capture_output=True, text=True, timeout=600, check=False
    )
    assert (ran.returncode == 0) == (not ran.stdout + ran.stderr), ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def in_typescript(program: Program, texts: dict[str, str]) -> str:
    """What TypeScript says of one file for each kind."""
    for kind, text in texts.items():
        (program.folder / f"{kind}.ts").write_text(text)
    settings = json.loads((program.folder / "tsconfig.json").read_text())
    (program.folder / "tsconfig.json").write_text(json.dumps({**settings, "files": [f"{kind}.ts" for kind in texts]}))
    return compiled(program, NODE / "node", "node_modules/typescript/bin/tsc", "--noEmit", "--pretty", "false")


def in_go(program: Program, texts: dict[str, str]) -> str:
    """What Go says of one program for each kind."""
    for kind, text in texts.items():
        (program.folder / kind).mkdir(exist_ok=True)
        (program.folder / kind / "main.go").write_text(text)
    return compiled(program, "go", "build", "-o", "/dev/null", *(f"./{kind}" for kind in texts))


LANGUAGES = {"typescript": (typescript, in_typescript), "go": (go, in_go)}


@proves("E15", "F3")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_pages_compile(example: Callable[[str], Program], language: str) -> None:
    written, compiles = LANGUAGES[language]
    texts = {kind: written(declared(words.example)) for kind, words in WORDS.items()}
    program = example(language)
    assert compiles(program, texts) == ""
    broken = {kind: text.replace("honeno:", "hone:") for kind, text in texts.items()}
    assert "hone" in compiles(program, broken)
