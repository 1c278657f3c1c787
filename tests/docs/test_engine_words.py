"""The engine's own words in what-to-do-when.md are those that the engine says."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Final

import pytest
from blocks import ROOT, of
from project import Project
from proves import proves

from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PAGE: Final = "docs/how-to/what-to-do-when.md"
TEXT: Final = (ROOT / PAGE).read_text(encoding="utf-8")
PROGRAM: Final = next(block.text for block in of("python") if block.page == "docs/index.md")
OURS: Final = "urn:pulumi:dev::agents::"
THEIRS: Final = "urn:pulumi:dev::proof::"
TYPE: Final = "pulumi-python:dynamic/rcs:RcsAgent"
AGENT: Final = f"{TYPE}::support"
PROTECTED: Final = "remove the `protect` flag"
"""The line of the table that the engine says with more that the page quotes."""


def said(text: str) -> str:
    """Words on one line, with the test's project as the page calls it."""
    return " ".join(text.replace(THEIRS, OURS).split())


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project whose agent is made."""
    root = tmp_path_factory.mktemp("words")
    with Simulator() as simulator:
        project = Project(root / "project", root / "home", simulator.world("in"), passphrase=True)
        project.write("__main__.py", PROGRAM)
        project.up()
        yield project


@pytest.fixture
def project(deployed: Project) -> Iterator[Project]:
    """The same, put back after the test: its state, its files and its environment."""
    kept = deployed.state_file.read_text()
    yield deployed
    deployed.state_file.write_text(kept)
    deployed.write("__main__.py", PROGRAM)
    deployed.write_project()
    deployed.env.clear()


@proves("B7")
def test_the_engine_says_of_a_protected_agent_what_the_page_quotes(project: Project) -> None:
    deletion, replacement = (said(block.text) for block in of("") if block.page == PAGE)
    found = said(project.fails("destroy", "--yes").out)
    assert deletion.removeprefix("error: ") in found
    assert PROTECTED in found
    refused = project.fails("preview", "--replace", f"{THEIRS}{AGENT}")
    assert replacement.removeprefix("error: ") in said(refused.out), refused.out


def quoted() -> list[str]:
    """The lines in the table of the page's last section about the engine."""
    text = (
        (ROOT / PAGE).read_text(encoding="utf-8").partition("\n## What Pulumi itself says\n")[2].partition("\n## ")[0]
    )
    heads = (line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `"))
    return [each for head in heads for each in re.findall(r"`` ?(.+?) ?``|`([^`]+)`", head) for each in each if each]


def _locked(project: Project) -> str:
    """Another run's lock, as the engine writes it."""
    folder = project.folder / "state" / ".pulumi" / "locks" / "organization" / "proof" / project.stack
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / "other.json"
    lock.write_text(json.dumps({"pid": 1, "username": "ci", "hostname": "ci", "timestamp": "2026-01-01T00:00:00Z"}))
    try:
        return project.fails("up", "--yes", "--skip-preview").out
    finally:
        lock.unlink()


def _wrong_passphrase(project: Project) -> str:
    project.env["PULUMI_CONFIG_PASSPHRASE"] = "another"  # noqa: S105 - of a test
    return project.fails("preview").out


def _no_passphrase(project: Project) -> str:
    project.env["PULUMI_CONFIG_PASSPHRASE"] = None
    return project.fails("preview").out


def _without_the_package(project: Project) -> str:
    """A Python that has Pulumi's SDK, and none of the files by which the checkout is installed."""
    folder = project.folder / "bare"
    folder.mkdir(exist_ok=True)
    packages = next(each for each in sys.path if each.endswith("site-packages"))
    for name in ("python3", "python"):
        (folder / name).write_text(f'#!/bin/sh\nPYTHONPATH={packages} exec {sys.executable} -S "$@"\n')
        (folder / name).chmod(0o755)
    project.env["PATH"] = f"{folder}:{project.environment()['PATH']}"
    return project.pulumi("preview").out


def _without_the_environment(project: Project) -> str:
    options = {"toolchain": "pip", "virtualenv": "missing"}
    project.write_project(runtime={"name": "python", "options": options})
    return project.fails("preview").out


def _cut_short(project: Project) -> str:
    text = project.state_file.read_text()
    project.state_file.write_text(text[: len(text) // 2])
    return project.fails("preview").out


def _pending(project: Project) -> str:
    """The state after a run that was killed while it created an agent."""
    document = json.loads(project.state_file.read_text())
    resource = {"urn": f"{THEIRS}{TYPE}::other", "custom": True, "type": TYPE}
    document["checkpoint"]["latest"]["pending_operations"] = [{"resource": resource, "type": "creating"}]
    project.state_file.write_text(json.dumps(document))
    return project.up().out


def _imported(project: Project) -> str:
    return project.fails("import", TYPE, "other", "71732", "--yes").out


def _changed(project: Project) -> str:
    project.write("__main__.py", PROGRAM.replace("Answers to questions", "Answers every question"))
    return project.fails("preview", "--expect-no-changes").out


SAID: Final[Mapping[str, Callable[[Project], str]]] = {
    "the stack is currently locked by 1 lock(s)": _locked,
    "incorrect passphrase": _wrong_passphrase,
    "passphrase must be set with PULUMI_CONFIG_PASSPHRASE": _no_passphrase,
    "ModuleNotFoundError: No module named 'rcs_provider'": _without_the_package,
    "The 'virtualenv' option in Pulumi.yaml is set to": _without_the_environment,
    "failed to load checkpoint": _cut_short,
    "pending operations from previous deployment": _pending,
    "'__provider'": _imported,
    "no changes were expected for preview but changes were proposed": _changed,
}
"""Each other line of the table, with what makes the engine say it."""


def test_every_line_of_pulumi_in_the_table_is_held_to_the_engine() -> None:
    assert sorted(quoted()) == sorted([*SAID, PROTECTED])


@proves("B7")
@pytest.mark.parametrize("line", SAID)
def test_the_engine_says_the_line_that_the_page_quotes(project: Project, line: str) -> None:
    found = said(SAID[line](project))
    assert line in found, found


def test_a_refresh_with_the_program_shows_the_properties_that_the_page_quotes(project: Project) -> None:
    (shown,) = re.findall(r"^## `refresh --run-program` shows `(.+)`$", TEXT, re.MULTILINE)
    assert shown in project.refresh("--run-program").out
