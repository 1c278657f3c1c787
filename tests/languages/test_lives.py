"""The examples in other languages, through their whole life."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

import pytest
from program import ROOT, UNTYPED
from proves import proves
from readme import missing, steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from program import Program

MISSING: Final = [tool for tool in ("javac", "mvn") if shutil.which(tool) is None]
"""What Java needs and the project does not install."""
JAVA: Final = pytest.param(
    "java", id=f"java is not run here, as {' and '.join(MISSING)} cannot be found" if MISSING else "java"
)
LANGUAGES: Final = ("yaml", "typescript", "go", JAVA)
HANDSETS: Final = ["919000000001", "919000000002"]
"""The second is a secret."""


@proves("F3")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_program_lives_from_its_first_update_to_its_end(example: Callable[[str], Program], language: str) -> None:
    if language == "java" and MISSING:
        assert "Maven and a JDK have to be there" in (ROOT / "examples" / "java" / "README.md").read_text()
        return
    program = example(language)
    india, america = (program.simulator.world(pod) for pod in ("in", "na"))

    said = program.change("up")
    assert missing(shown(language, "up"), said) == []
    [agent], [second] = india.agents(), america.agents()
    assert (agent["hosting_region"], second["hosting_region"]) == ("ASIA_PACIFIC", "NORTH_AMERICA")
    assert sorted(each["phoneno"] for each in india.testers(agent["agent_number"])) == HANDSETS

    program.replace("Answers to questions", "Answers every question")
    said = program.change("up", **UNTYPED)
    assert "~ 1 updated" in said or "~ 2 updated" in said
    program.settled("--refresh")

    state = program.state()
    assert america.api_key not in said + state
    assert HANDSETS[1] not in said + state.replace("/" + HANDSETS[1], "")

    said = program.change("destroy")
    assert missing(shown(language, "destroy"), said) == []
    assert (india.agents(), america.agents()) == ([], [])


def shown(language: str, verb: str) -> tuple[str, ...]:
    """What the README shows after a command."""
    told = steps((ROOT / "examples" / language / "README.md").read_text())
    [lines] = [step.shown for step in told if f"examples/run {language} {verb} --yes" in step.typed]
    assert lines
    return lines


@proves("F3")
@pytest.mark.timeout(600)
def test_a_program_with_the_generated_python_classes_lives_too(example: Callable[[str], Program]) -> None:
    program = example("generated_python")
    india = program.simulator.world("in")
    said = program.change("up")
    assert "+ 3 created" in said
    assert re.search(r'status: +"ACTIVE"', said)
    program.replace("Answers to questions", "Answers every question")
    assert "~ 1 updated" in program.change("up")
    program.settled("--refresh")
    assert "- 3 deleted" in program.change("destroy")
    assert india.agents() == []
