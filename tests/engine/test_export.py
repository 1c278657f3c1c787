"""Taking over what exists: an account is exported, imported, and from then on managed like one that was created."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from faces import only
from project import Project
from proves import proves
from samples import FULL
from wire import QUIRKS, writes

from rcs_provider.export import FORMS, commands
from rcs_simulator.api.fields import STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rcs_simulator import World

NEVER_READ = ("default_locale", "agent_test_url", "end_point_config", "primary_interaction_type", "languages")
PHONE = {"label_text": "Call", "is_toll_free": True, "number": "18001001001"}
RETURNED = {**{name: value for name, value in FULL.items() if name not in NEVER_READ}, "phones": [PHONE]}
"""Whatever a read returns of an agent."""

AGENTS, TESTERS = 20, 5
"""Live agents of the large account, and testers of each."""
VERIFIED = {"verification_state": "VERIFICATION_STATE_VERIFIED"}
CHECKPOINTLESS = {"PULUMI_EXPERIMENTAL": "1", "PULUMI_SKIP_CHECKPOINTS": "1"}
"""The engine writes the whole state for each of so many resources otherwise, which is not what is shown here."""


@dataclass
class Exported(Project):
    """An exported project, used by the commands of its own guide."""

    stack: str = "in"

    def __post_init__(self) -> None:
        (self.folder / "state").mkdir()
        (self.folder / ".venv").symlink_to(sys.prefix)  # what `pulumi install` makes

    def run(self, command: str) -> None:
        """Runs a line of the guide, which has to succeed."""
        run = self.pulumi(*command.split()[1:])
        assert run.code == 0, run.out

    def edit(self, file: str, old: str, new: str) -> None:
        """Replaces a text that stands in a file."""
        text = (self.folder / file).read_text()
        assert old in text
        self.write(file, text.replace(old, new))

    def export(self) -> dict[str, Any]:
        file = self.folder / "state" / ".pulumi" / "stacks" / self.folder.name / f"{self.stack}.json"
        document: dict[str, Any] = json.loads(file.read_text())["checkpoint"]["latest"]
        return document


@pytest.fixture
def exported(tmp_path: Path, home: Path, world: World) -> Callable[..., Exported]:
    """Exports the world's account in a form."""

    def made(form: str, **env: str | None) -> Exported:
        account = {"KALEYRA_POD": "in", "KALEYRA_SID": world.sid}
        calls = {"KALEYRA_API_KEY": world.api_key, "KALEYRA_ENDPOINT": world.url}
        export = [sys.executable, "-m", "rcs_provider", "export", "--to", form, "--as", form]
        done = subprocess.run(
            export, cwd=tmp_path, env={**os.environ, **account, **calls}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return Exported(tmp_path / form, home, world, env)

    return made


def taken_over(one: Exported, world: World) -> None:
    """Follows the guide: no command of it calls anything, and a refresh only reads."""
    install, select, key, take, preview = commands("in")
    assert (install, key) == (
        "pulumi install",
        "pulumi config set --secret kaleyra:apiKey",
    )  # the key is in the environment
    world.clear_journal()
    for command in (select, take, preview):
        one.run(command)
    assert world.journal() == []
    one.refresh()
    assert {entry.method for entry in world.journal()} == {"GET"}


def large(world: World) -> None:
    """Agents in every status, verified ones, codes and names that differ only in case, odd values, deleted ones."""
    alive = [each for each in STATUSES if each != "DELETED"]
    for place in range(AGENTS):
        code = {1: "Case", 2: "CASE", 3: "two words", 4: "é"}.get(place, f"CODE{place}")
        odd = {5: {"description": "x" * 120}, 6: {"phones": [], "emails": []}, 7: VERIFIED}.get(place, {})
        number = world.seed_agent(
            service_code=code, display_name="Same" if place % 2 else "SAME", status=alive[place % len(alive)], **odd
        )
        for nth in range(TESTERS):
            world.seed_tester(number, f"9190000{place:03}{nth:02}", status=("ACTIVE", "Pending", "")[nth % 3])
    for place in range(3):
        world.seed_tester(world.seed_agent(service_code=f"GONE{place}", status="DELETED"), "919876543210")


@proves("B17", "D7", "E6", "P1")
@pytest.mark.timeout(600)
def test_a_large_account_is_taken_over_without_a_change(world: World, exported: Callable[..., Exported]) -> None:
    large(world)
    world.set(**QUIRKS)
    world.clear_journal()
    one = exported("program", **CHECKPOINTLESS)
    assert {entry.method for entry in world.journal()} == {"GET"}
    taken_over(one, world)
    assert len(one.resources()) == AGENTS * (1 + TESTERS)
    one.edit("__main__.py", 'service_code="Case",', 'service_code="Case",\n    default_locale="hi",')
    told = one.up().out
    assert "~ 1 updated" in told
    assert f"{AGENTS * (1 + TESTERS)} unchanged" in told  # and the stack
    one.configure(deletionPolicy="delete")
    one.up()
    assert writes(world) == ["update_agent"]
    assert world.journal("update_agent")[0].body["default_locale"] == "hi"
    one.destroy()
    assert (world.agents(), one.resources()) == ([], {})


@only("dynamic", "it compares with an export for that face; test_import_by_id.py does with one of the plugin")
@proves("B17", "D7", "D13", "P5")
def test_what_was_taken_over_is_stored_as_what_was_created_and_protected_before_and_after_the_first_up(
    world: World, exported: Callable[..., Exported], project: Project
) -> None:
    project.configure(deletionPolicy="prevent")
    project.declare({"SUPPORT": RETURNED}, {"pilot": {"agent": "SUPPORT", "phoneno": "+919000000001"}})
    project.up()
    project.refresh()  # the answer to a registration holds no status
    for form in FORMS:
        one = exported(form)
        taken_over(one, world)
        before = one.kept()
        protected(one)
        one.up("--expect-no-changes")
        assert one.kept() == before
        protected(one)
        assert {entry.method for entry in world.journal()} == {"GET"}
        assert len(world.agents()) == 1
        # What was made elsewhere is marked: it may have what no answer shows.
        marks = [outputs.pop("__unread", None) for _, _, outputs, _ in before.values()]
        assert sorted(marks, key=str) == [None, True]
        assert sorted(before.values(), key=str) == sorted(project.kept().values(), key=str)


def protected(one: Exported) -> None:
    """A destroy is refused."""
    assert "protected" in one.fails("destroy", "--yes", "--skip-preview").out
