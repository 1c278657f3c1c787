"""The traps of Python dynamic providers, each shown to be shut."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

from faces import only
from project import ROOT
from proves import proves
from samples import FULL, LEAST
from wire import calls, puts, writes

if TYPE_CHECKING:
    from project import Project

    from rcs_simulator import World

PICKLES: Final = {
    "agent": "gASVLQAAAAAAAACMFHJjc19wcm92aWRlci5keW5hbWljlIwEbG9hZJSTlIwFYWdlbnSUhZRSlC4=",
    "handset": "gASVLgAAAAAAAACMFHJjc19wcm92aWRlci5keW5hbWljlIwEbG9hZJSTlIwGdGVzdGVylIWUUpQu",
}
"""What stands for the provider in every state there is: it may never change, or every resource would be updated."""

ANSWERED_BADLY: Final = {"kind": "status", "status": 502, "work": True}
"""The agent is made, and a gateway answers."""

HANDSET: Final = {"handset": {"agent": "agent", "phoneno": "919000000001"}}


@proves("P2", "P3")
def test_after_another_version_was_installed_nothing_changes_and_its_code_runs(project: Project, world: World) -> None:
    project.declare({"agent": LEAST}, HANDSET)
    project.up()
    newer = project.folder / "newer"
    shutil.copytree(ROOT / "rcs_provider", newer / "rcs_provider", ignore=shutil.ignore_patterns("__pycache__"))
    for name, old, new in (
        ("objects/tester/life.py", "stay testers of agent", "remain, says the newer version, testers of agent"),
        (
            "objects/numbered/__init__.py",
            'f"read {self.called(id_)}"',
            'f"look, says the newer version, at {self.called(id_)}"',
        ),
    ):
        file = newer / "rcs_provider" / name
        assert old in file.read_text()
        file.write_text("# Another version.\n" + file.read_text().replace(old, new))
    project.env["PYTHONPATH"] = os.pathsep.join([str(newer), project.environment()["PYTHONPATH"]])
    assert project.preview().ops == {}
    # Neither of these runs the program, so what runs comes from state alone.
    world.fault("get_agent", 400)
    refused = project.fails("refresh", "--yes", "--skip-preview")
    assert "could not look, says the newer version, at agent" in refused.out
    assert "remain, says the newer version, testers of agent" in project.destroy().out


@proves("P6", "C4", "D9")
def test_an_agent_whose_answer_is_lost_is_one_agent_after_one_up(project: Project, world: World) -> None:
    # Already the first look at the list comes too early.
    world.set(list_lag_reads=1)
    faults = {"lost": "lost", "truncated": "truncated", "empty": "empty", "bad-gateway": ANSWERED_BADLY}
    for name, fault in faults.items():
        world.fault("create_agent", fault, service_code=name)
    project.declare({name: {**LEAST, "service_code": name} for name in faults})
    project.up()
    assert world.pending_faults() == []
    assert {each["service_code"]: each["agent_number"] for each in world.agents()} == {
        name: each["id"] for name, each in project.resources().items()
    }
    assert sorted(str(each.service_code) for each in world.journal("create_agent")) == sorted(faults)
    assert len(world.agents()) == len(faults)
    project.settles()


@proves("P6", "D8", "D22")
def test_a_create_that_never_arrived_is_not_sent_twice_and_one_that_cannot_be_read_keeps_its_number_until_the_next_up(
    project: Project, world: World
) -> None:
    project.configure(maxRetries=0, operationTimeout=8)
    agents = {name: {**LEAST, "service_code": name} for name in ("lost", "unread")}
    world.fault("create_agent", "close", service_code="lost")
    world.fault("get_agent", 500)
    project.declare(agents)
    refused = project.fails_in_part()
    assert "no agent with that service code has shown up since. Run `pulumi up` again" in "".join(refused.said["lost"])
    assert sorted(str(each.service_code) for each in world.journal("create_agent")) == ["lost", "unread"]
    ((code, number),) = [(each["service_code"], each["agent_number"]) for each in world.agents()]
    assert {name: each["id"] for name, each in project.resources().items()} == {"unread": number}
    assert code == "unread"
    assert f"agent {number} was made, but could not be read back" in "".join(refused.said["unread"])
    assert project.preview().ops == {"lost": "create", "unread": "update"}
    world.clear_journal()
    project.up()
    assert writes(world) == ["create_agent"]
    assert {each["service_code"] for each in world.agents()} == set(agents)
    made = project.resources()["unread"]
    assert (made["id"], made["outputs"]["status"], "initErrors" in made) == (number, "ACTIVE", False)
    project.settles()


@proves("P6", "C4", "D22", "P9", "D7")
def test_an_update_keeps_every_output_and_one_whose_answer_is_lost_is_finished_by_the_next_up(
    project: Project, world: World
) -> None:
    world.set(verification_in_answers=True)
    agents = {name: {**FULL, "service_code": name} for name in ("answered", "lost")}
    project.declare(agents)
    project.up()
    before = project.resources()
    number = before["lost"]["id"]
    world.fault("update_agent", "lost", agent_number=number)
    project.declare({name: {**each, "description": "Other"} for name, each in agents.items()})
    project.fails_in_part()
    assert len(puts(world, number)) == 1
    expected = {name: {**each["outputs"], "description": "Other"} for name, each in before.items()}
    assert project.resources()["answered"]["outputs"] == expected["answered"]
    project.up()
    # It was done the first time, so there is nothing left to send.
    assert len(puts(world, number)) == 1
    assert project.resources()["lost"]["outputs"] == expected["lost"]
    project.settles()


@only("dynamic", "the plugin imports by number")
@proves("P1", "P2", "P3", "E6")
def test_an_import_by_number_fails_and_a_declared_agent_is_taken_over_with_a_constant_provider_that_names_the_code(
    project: Project, world: World
) -> None:
    number = world.seed_agent(**{**LEAST, "phones": []})
    run = project.pulumi("import", "pulumi-python:dynamic/rcs:RcsAgent", "agent", number, "--yes")
    assert run.code != 0
    assert (calls(world), project.resources()) == ([], {})
    # What takes an agent over instead is declaring it.
    project.declare({"agent": LEAST}, HANDSET)
    project.up()
    assert (project.resources()["agent"]["id"], writes(world)) == (number, ["register_tester"])
    for name, each in project.resources().items():
        assert each["inputs"]["__provider"] == each["outputs"]["__provider"] == PICKLES[name]


@proves("P11", "A10")
def test_twelve_agents_at_once_are_made_once_each_from_one_list(project: Project, world: World) -> None:
    project.configure(requestsPerSecond=1000)
    agents = {f"agent-{each}": {**LEAST, "service_code": f"CODE{each}"} for each in range(12)}
    project.declare(agents)
    project.up("--parallel", "12")
    assert sorted(each["service_code"] for each in world.agents()) == sorted(
        each["service_code"] for each in agents.values()
    )
    assert len(world.journal("create_agent")) == 12
    # One list before the first POST, and then at most one for each POST that somebody waits for.
    assert len(world.journal("list_agents")) <= 13
    numbers = {each["service_code"]: each["agent_number"] for each in world.agents()}
    assert {name: each["id"] for name, each in project.resources().items()} == {
        name: numbers[args["service_code"]] for name, args in agents.items()
    }
