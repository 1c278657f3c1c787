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


def compiled(program: Program, *command: str | Path) -> list[str]:
    """The lines of a compiler that has something to say, in the program's folder."""
    ran = subprocess.run(
        command, cwd=program.folder, env=program.environment(), capture_output=True, text=True, timeout=600, check=False
    )
    assert ran.returncode != 0
    return (ran.stdout + ran.stderr).splitlines()


def in_typescript(program: Program, texts: dict[str, str]) -> list[str]:
    """What TypeScript says of one file for each text. The declarations of packages are theirs."""
    for name, text in texts.items():
        (program.folder / f"{name}.ts").write_text(text)
    settings = json.loads((program.folder / "tsconfig.json").read_text())
    (program.folder / "tsconfig.json").write_text(json.dumps({**settings, "files": [f"{name}.ts" for name in texts]}))
    tsc = (NODE / "node", "node_modules/typescript/bin/tsc", "--noEmit", "--skipLibCheck", "--pretty", "false")
    return compiled(program, *tsc)


def in_go(program: Program, texts: dict[str, str]) -> list[str]:
    """What Go says of one program for each text: compiled, and not linked."""
    for name, text in texts.items():
        (program.folder / name).mkdir()
        (program.folder / name / "main.go").write_text(text)
    return compiled(program, "go", "list", "-export", "-f", '{{""}}', *(f"./{name}" for name in texts))


LANGUAGES = {"typescript": (typescript, in_typescript), "go": (go, in_go)}


@proves("E15", "F3")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_pages_compile(example: Callable[[str], Program], language: str) -> None:
    written, compiles = LANGUAGES[language]
    texts = {kind: written(declared(words.example)) for kind, words in WORDS.items()}
    broken = {f"broken_{kind}": text.replace("honeno:", "hone:") for kind, text in texts.items() if "honeno:" in text}
    said = compiles(example(language), {**texts, **broken})
    # Beside one that is wrong, which shows that the compiler looks: each line is of a file, or goes on with one.
    assert any("hone" in line for line in said)
    assert [line for line in said if line and not line.startswith(("broken_", "# ", " "))] == []
