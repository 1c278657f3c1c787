"""The engine's own words in what-to-do-when.md are those that the engine says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocks import of
from project import Project
from proves import proves

from rcs_simulator import Simulator

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "docs/how-to/what-to-do-when.md"
PROGRAM = next(block.text for block in of("python") if block.page == "docs/index.md")
OURS = "urn:pulumi:dev::agents::"
AGENT = "pulumi-python:dynamic/rcs:RcsAgent::support"


def said(text: str) -> str:
    """Words on one line, with the test's project as the page calls it."""
    return " ".join(text.replace("urn:pulumi:dev::proof::", OURS).split())


@proves("B7")
def test_the_engine_says_of_a_protected_agent_what_the_page_quotes(tmp_path: Path) -> None:
    deletion, replacement = (said(block.text) for block in of("") if block.page == PAGE)
    with Simulator() as simulator:
        project = Project(tmp_path / "project", tmp_path / "home", simulator.world("in"))
        project.write("__main__.py", PROGRAM)
        project.up()
        found = said(project.fails("destroy", "--yes").out)
        assert deletion.removeprefix("error: ") in found
        refused = project.fails("preview", "--replace", f"{OURS}{AGENT}".replace("::agents::", "::proof::"))
        assert replacement.removeprefix("error: ") in said(refused.out), refused.out
