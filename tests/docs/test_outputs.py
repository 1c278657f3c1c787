"""What the README shows as output is what its own program makes the real engine print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocks import of
from project import Project
from proves import proves

from rcs_simulator import Simulator

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = next(block.text for block in of("python") if block.page == "README.md")
SHOWN = [block.text for block in of("") if block.page == "README.md"]

CHANGES = {
    '"Answers to questions"': '"Answers to all questions"',
    '"#0b5cad"': '"#0B5CAD"',
}
REGION = {'"ASIA_PACIFIC"': '"EUROPE"'}
MISTAKES = {
    '"Answers to questions"': repr("a" * 160),
    '"label_text": "Write", ': "",
    '"#0b5cad"': '"blue"',
}


def printed(project: Project, changes: dict[str, str], *flags: str) -> str:
    """What a preview of the program prints with some of its texts changed."""
    program = PROGRAM
    for old, new in changes.items():
        assert old in program
        program = program.replace(old, new)
    project.write("__main__.py", program)
    return project.pulumi("preview", *flags).out


def folded(text: str) -> str:
    """The text with its lines joined, as the README wraps long ones."""
    return " ".join(text.split())


@proves("A7", "D16", "E18")
def test_the_readme_shows_what_the_engine_prints(tmp_path: Path) -> None:
    change, replacement, mistakes = SHOWN
    with Simulator() as simulator:
        project = Project(tmp_path / "project", tmp_path / "home", simulator.world("in"))
        project.configure(deletionPolicy="delete")
        project.write("__main__.py", PROGRAM)
        project.up()
        assert change in printed(project, CHANGES, "--diff")
        assert folded(replacement) in folded(printed(project, REGION))
        found = folded(printed(project, MISTAKES))
        assert [line for line in mistakes.splitlines() if folded(line) not in found] == []
