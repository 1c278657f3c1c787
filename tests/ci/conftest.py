"""Fixtures of the tests of the CI recipes, which run the real engine. Without it they fail; they are never skipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from fixtures import home, simulator, world
from offline import told
from project import ROOT, Project

if TYPE_CHECKING:
    from pathlib import Path

    from rcs_simulator import World

__all__ = ["home", "simulator", "world"]


@dataclass(frozen=True)
class Told:
    """What a script did.

    Attributes:
        code: its exit code.
        log: standard output and error, as the log of the job shows them.
        report: the file that it wrote; empty where it wrote none.
    """

    code: int
    log: str
    report: str


@dataclass
class Job(Project):
    """A project on which the scripts run as a job runs them."""

    def script(self, name: str, *, pictures: bool = False) -> Told:
        """Runs one of the scripts on the stack, without pictures unless they are asked for, as they take time."""
        report = self.folder / f"{name}-{self.stack}.md"
        report.unlink(missing_ok=True)
        command = [ROOT / "examples" / "ci" / "scripts" / f"{name}.sh", self.stack]
        environment = self.environment() | ({} if pictures else {"PICTURES": "no"})
        done = told(command, self.folder, environment)
        return Told(done.returncode, done.stdout, report.read_text() if report.exists() else "")


@pytest.fixture
def job(tmp_path: Path, home: Path, world: World) -> Job:
    """A job's project on the pod `in`, under which agents may be deleted."""
    made = Job(tmp_path / "project", home, world)
    made.configure(deletionPolicy="delete")
    return made
