"""Every block of code on a page is right: programs run, stack files pass, commands exist, outputs have their test."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from blocks import BLOCKS, OUTPUTS, ROOT, Block, lines, of, spoken
from commands import complaint
from proves import proves

import examples

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROGRAMS = examples.programs()
KNOWN = ("python", "typescript", "go", "yaml", "yml", "sh", "json", "toml", *OUTPUTS)


def test_every_block_is_of_a_kind_that_is_checked() -> None:
    assert [str(each) for each in BLOCKS if each.language not in KNOWN] == []


def test_a_fragment_on_a_page_is_python() -> None:
    for block in of("python"):
        compile(block.text, str(block), "exec")


@proves("E15")
@pytest.mark.parametrize(("page", "program"), examples.programs(runnable=True).items())
def test_a_program_on_a_page_runs_and_declares_what_passes_a_preview(page: str, program: str) -> None:
    seen = examples.registered(program)
    assert list(examples.problems(seen)) == [], page


@proves("E2", "E15")
def test_the_programs_on_the_pages_have_the_types_that_a_strict_checker_wants(tmp_path: Path) -> None:
    for page, program in PROGRAMS.items():
        (tmp_path / re.sub(r"\W", "_", page + ".py")[:-3]).with_suffix(".py").write_text(program)
    settings = {
        "typeCheckingMode": "strict", "include": ["."], "extraPaths": [str(ROOT)],
        "venvPath": str(Path(sys.prefix).parent), "venv": Path(sys.prefix).name,
        "reportUnusedImport": False, "reportPrivateUsage": False, "reportUnusedVariable": False,
    }  # fmt: skip
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--project", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] == len(PROGRAMS)
    assert [f"{Path(each['file']).name}: {each['message']}" for each in report["generalDiagnostics"]] == []


@pytest.mark.parametrize("block", of("yaml", "yml"), ids=str)
def test_yaml_on_a_page_can_be_read(block: Block) -> None:
    assert yaml.safe_load(block.text) is not None


@proves("E15")
@pytest.mark.parametrize(("block", "configured"), examples.stack_files(), ids=lambda each: str(each)[:40])
def test_a_stack_file_on_a_page_passes_a_preview(block: Block, configured: dict[str, Any]) -> None:
    assert examples.settings_problems(configured) == [], block
    assert list(examples.problems(examples.declared(configured))) == [], block


def test_json_on_a_page_can_be_read() -> None:
    for block in of("json"):
        json.loads(block.text)


def test_toml_on_a_page_can_be_read() -> None:
    for block in of("toml"):
        tomllib.loads(block.text)


@pytest.mark.parametrize("block", of("sh"), ids=str)
def test_the_commands_on_a_page_exist_with_their_options(block: Block) -> None:
    assert [found for line in lines(block) if (found := complaint(line))] == []


def test_the_commands_in_sentences_exist_with_their_options() -> None:
    said = sorted({text for _, text in spoken() if re.match(r"(pulumi|make|kaleyra-rcs) [a-z-]", text)})
    assert len(said) > 10
    assert [found for text in said if (found := complaint(text.replace("'", "")))] == []


def test_an_output_on_a_page_is_held_by_a_test_or_marked_as_an_illustration() -> None:
    """A comment above the blocks says which: `<!-- output: tests/command/test_page.py -->`, or `illustration`."""
    assert [str(block) for block in of(*OUTPUTS) if block.page != "README.md" and not _is_held(block)] == []


def _is_held(block: Block) -> bool:
    if block.held in ("", "illustration"):
        return bool(block.held)
    return Path(block.page).name in (ROOT / block.held).read_text()
