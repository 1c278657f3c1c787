"""The examples, as their READMEs say: whatever they tell to type is typed, and what they show is looked for.

A new folder is covered by itself. The clone's environment is this one: how one is made is shown in tests/tools.
Nor is the real pip asked for the installed packages: see `quick/pip.py`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from offline import told
from project import ROOT
from proves import proves
from readme import missing, steps

from rcs_simulator import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER: Final = ROOT / "examples"
EXAMPLES: Final = sorted(
    found.parent.name for found in FOLDER.glob("*/__main__.py") if not found.with_name("PulumiPolicy.yaml").exists()
)
"""A policy pack is no project: tests of its own run it."""


@dataclass(frozen=True)
class Clone:
    """A copy of the repository's tools and examples with its own simulator and state."""

    folder: Path

    def follow(self, typed: str) -> str:
        """Types what a README says, without the previews that `--yes` goes past: they cost as much as the rest."""
        return self.bash(typed.replace(" --yes", " --yes --skip-preview"))

    def bash(self, typed: str) -> str:
        """Types something, which has to succeed."""
        foreign: Mapping[str, str] = {"KALEYRA_SID": "ANOTHER", "PULUMI_STACK": "production"}
        # The Automation API makes a folder for each workspace, and leaves it.
        temporary = {"TMPDIR": str(self.folder.parent)}
        environment = {**os.environ, **foreign, **temporary, "NO_COLOR": "1"}
        done = told(["bash", "-euo", "pipefail", "-c", typed], self.folder, environment)
        assert done.returncode == 0, f"{typed}\n{done.stdout}"
        return done.stdout

    def worlds(self) -> list[World]:
        """Both pods of the simulator behind `examples/run`, which this starts."""
        first, _, second = self.bash(".venv/bin/python tools/local/simulator.py start").split()
        return [World(first), World(second)]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clone]:
    """What would be committed now of tools and examples, committed, in a folder whose name needs quoting."""
    made = Clone(tmp_path_factory.mktemp("a clone"))
    listed = ["git", "ls-files", "-coz", "--exclude-standard", "--", "tools", "examples", ".gitignore"]
    for name in filter(None, subprocess.check_output(listed, cwd=ROOT, text=True).split("\0")):
        if (ROOT / name).exists():  # deleted, but not yet in a commit
            (made.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, made.folder / name)
    (made.folder / ".venv").symlink_to(sys.prefix)
    (made.folder / "tools" / "venv").write_text("#!/bin/sh\n")
    for example in EXAMPLES:
        shutil.copy(Path(__file__).with_name("quick") / "pip.py", made.folder / "examples" / example)
    made.bash("git init -q && git add . ':!.venv' && git -c user.name=Test -c user.email=t@example.com commit -qm all")
    yield made
    made.bash(".venv/bin/python tools/local/simulator.py stop")


@proves("E16")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_does_what_its_readme_shows_settles_and_leaves_nothing(example: str, clone: Clone) -> None:
    worlds = clone.worlds()
    for world in worlds:
        world.reset()
    told = steps((FOLDER / example / "README.md").read_text())
    ups = [step for step in told if f"examples/run {example} up" in step.typed]
    previews = any(f"examples/run {example} preview" in step.typed for step in told)  # and shows that nothing changes
    for step in told:
        said = clone.follow(step.typed)
        assert missing(step.shown, said) == [], said
        if step in ups[-1:] and not previews:
            clone.bash(f"examples/run {example} preview --expect-no-changes")
    for world in worlds:
        assert world.agents() == []
        assert [entry.flags for entry in world.journal() if entry.flags] == []
    assert worlds[0].agents(deleted=True)
    assert clone.bash("git status --short -- examples tools/local") == ""


@proves("E16")
def test_testers_from_csv_reads_what_spreadsheets_save_and_refuses_a_doubled_name(clone: Clone) -> None:
    file = clone.folder / "examples" / "testers-from-csv" / "testers.csv"
    kept = file.read_bytes()
    try:
        file.write_bytes("\ufeffname;phone;note\r\nZoë;+91 90000 00001;x\r\n;;\r\nbruno; +91 90000 00002;\r\n".encode())
        said = clone.bash("examples/run testers-from-csv preview")
        assert sorted(re.findall(r"RcsTester (\w+) create", said)) == ["Zoë", "bruno"]
        file.write_text("name,phone\nasha,+91 90000 00001\nbruno,+91 90000 00002\nasha,+91 90000 00003\n")
        said = clone.bash("! examples/run testers-from-csv preview")
        line = "error: testers.csv, line 4: asha is listed twice. Give each tester a name of its own"
        assert [each.strip() for each in said.splitlines() if "listed twice" in each][-1] == line
        assert "Traceback" not in said
    finally:
        file.write_bytes(kept)


@proves("E16")
def test_every_example_is_in_the_list_with_a_readme_and_named_like_its_folder() -> None:
    listed = re.findall(r"^\| \[([\w-]+)\]\(\1\) \|", (FOLDER / "README.md").read_text(), re.MULTILINE)
    assert set(EXAMPLES) <= set(listed)
    for name in listed:
        assert (FOLDER / name / "README.md").read_text().startswith(f"# {name}\n")
    for project in FOLDER.glob("*/Pulumi.yaml"):
        assert project.read_text().startswith(f"name: {project.parent.name}\n")


@pytest.mark.parametrize("arguments", [[], ["least-agent"], ["nothing-like-it", "up"]])
def test_examples_run_says_how_it_is_used_where_it_does_not_know_what_to_run(arguments: list[str]) -> None:
    done = subprocess.run([FOLDER / "run", *arguments], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Runs an example against the simulator")
    assert "examples/run NAME up --yes" in done.stderr
    assert set(EXAMPLES) <= set(done.stderr.splitlines()[-1].split())


def test_only_a_shown_line_that_is_said_in_its_place_passes() -> None:
    assert missing(("a", "b"), "a\nx\nb") == []
    assert missing(("b", "a"), "a\nx\nb") == ["a"]
