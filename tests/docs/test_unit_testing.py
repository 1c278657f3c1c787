"""The page on unit tests: its program and its test run as they stand, and its table is what the look-ups ask."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from blocks import ROOT, of
from programs import run
from proves import proves

from rcs_provider.program import lookups as functions

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pulumi.runtime import MockCallArgs

PAGE = "docs/how-to/unit-testing.md"
ARGUMENTS = {"get_agent": ["71732"], "get_agents": [True], "get_testers": ["71732"], "get_masters": ["color"]}


@proves("B15")
def test_the_program_of_the_page_passes_its_test_without_settings_or_a_network(tmp_path: Path) -> None:
    program, test = (block.text for block in of("python") if block.page == PAGE)
    (tmp_path / "invitations.py").write_text(program)
    (tmp_path / "test_invitations.py").write_text(test)
    nowhere = {"https_proxy": "http://127.0.0.1:9", "PYTHONPATH": str(ROOT)}
    ambient = {name: value for name, value in os.environ.items() if not name.startswith(("KALEYRA_", "PULUMI_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."],
        cwd=tmp_path,
        env={**ambient, **nowhere},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout.splitlines()[-1].startswith("1 passed"), done.stdout


@proves("B15")
def test_the_table_of_the_page_says_what_each_look_up_asks_of_a_mock(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, dict[str, Any]]] = []

    def call(_self: Any, args: MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]]]:
        asked.append((args.token, args.args))
        return {}, []

    monkeypatch.setattr("programs.Registered.call", call)
    rows = re.findall(r"^\| `(get_\w+)` \| `([\w:]+)` \|([^|]*)\|", (ROOT / PAGE).read_text(), re.MULTILINE)
    assert {f"{name}{form}" for name, *_ in rows for form in ("", "_output")} == {
        name for name in functions.__all__ if name.startswith("get_")
    }
    for name, token, arguments in rows:
        for form in (name, f"{name}_output"):
            asked.clear()
            run(lambda form=form, name=name: getattr(functions, form)(*ARGUMENTS.get(name, ())))
            assert asked == [
                (token, dict(zip(re.findall(r"`(\w+)`", arguments), ARGUMENTS.get(name, ()), strict=True)))
            ]
