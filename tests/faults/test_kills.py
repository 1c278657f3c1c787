"""Killed in the middle: the next run finishes, with the commands that the documentation names.

Every kind of change is under way when the kill comes, each of them twice, with nothing done yet and with the work done:
an agent is being made, one changed, one deleted for its replacement, and a tester invited. A further agent is made
beside them, before or after the kill.
"""

from __future__ import annotations

import json
import shutil
import signal
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest
from proves import proves
from running import Running, wait_for
from stage import agent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from stage import Stage

    from rcs_simulator import World

KINDS: Final = {"early": "stall", "late": "stall_after"}
"""What is under way when the kill comes: a call of which nothing is done yet, and one whose work is done."""

PHONES: Final = {"early": "919000000001", "late": "919000000002"}

UNDER_WAY: Final = ("create_agent", "update_agent", "delete_agent", "register_tester")
"""The calls in the middle of which the run is killed."""

NAMES: Final = [f"{what}-{kind}" for what in ("made", "changed", "replaced", "handset") for kind in KINDS]
"""The resources that they are about, which have their service codes of them."""

VICTIMS: Final[Mapping[str, Callable[[Running], list[int]]]] = {
    "the CLI": lambda running: [running.process.pid],
    "the provider": Running.providers,
    "both": lambda running: [running.process.pid, *running.providers()],
}


def _before() -> dict[str, Any]:
    return {name: agent(name) for kind in KINDS for name in (f"changed-{kind}", f"replaced-{kind}", f"host-{kind}")}


def _declare(stage: Stage) -> None:
    agents, testers = _before(), {}
    for kind in KINDS:
        agents[f"made-{kind}"] = agent(f"made-{kind}")
        agents[f"changed-{kind}"] |= {"description": "Changed"}
        agents[f"replaced-{kind}"] |= {"hosting_region": "EUROPE"}
        testers[f"handset-{kind}"] = {"agent": f"host-{kind}", "phoneno": PHONES[kind]}
    stage.declare({**agents, "rest": agent("rest")}, testers)


def _arm(world: World) -> None:
    for kind, fault in KINDS.items():
        stall = {"kind": fault, "seconds": 600}
        world.fault("create_agent", stall, service_code=f"made-{kind}")
        world.fault("update_agent", stall, service_code=f"changed-{kind}")
        world.fault("delete_agent", stall, service_code=f"replaced-{kind}")
        world.fault("register_tester", stall, phoneno=PHONES[kind])


def _under_way(world: World, *operations: str) -> bool:
    """Whether calls of all these operations have arrived and are not answered."""
    under_way = Counter(one.operation for one in world.journal() if one.ended is None)
    return under_way >= Counter(operations)


def _noted(stage: Stage, *names: str) -> bool:
    """Whether the engine has written down that it began with all these; it may be writing just now."""
    try:
        pending = stage.export().get("pending_operations") or []
    except ValueError:
        return False
    return {each["resource"]["urn"].split("::")[-1] for each in pending} >= set(names)


def _attributes(stage: Stage) -> Path:
    """What the engine's library for files keeps beside each: written in place, so that a kill can leave it empty."""
    return stage.state_file.with_suffix(".json.attrs")


def _mend(stage: Stage) -> None:
    """What the documentation says where the kill came while the engine was writing its state."""
    state = stage.state_file
    _attributes(stage).unlink(missing_ok=True)
    try:
        json.loads(state.read_text())
    except ValueError:
        shutil.copy(f"{state}.bak", state)


def _unlock(stage: Stage) -> None:
    """After the CLI was killed the stack is locked, and the engine says which command lifts that."""
    locked = stage.fails("up", "--yes", "--skip-preview")
    assert "the stack is currently locked" in locked.out
    assert "pulumi cancel" in locked.out
    assert stage.pulumi("cancel", "--yes").code == 0


def _clear(stage: Stage) -> None:
    """Where the engine was killed in a create, it remembers that one until it is told to forget it."""
    stage.refresh("--clear-pending-creates")
    assert not stage.export().get("pending_operations")
    after = stage.pulumi("preview", "--expect-no-changes")
    assert after.code == 0, after.out
    assert "pending" not in after.out


@proves("D23", "D8", "D9", "D22", "B8", "P6")
@pytest.mark.parametrize("victim", VICTIMS)
def test_killed_in_the_middle_of_an_up_the_next_one_finishes(stage: Stage, world: World, victim: str) -> None:
    stage.configure(readTimeout=90, operationTimeout=200)
    stage.declare(_before())
    stage.up()
    _declare(stage)
    _arm(world)
    world.clear_journal()
    with Running(stage, "up", "--yes", "--skip-preview", "--parallel", "32") as running:
        wait_for(lambda: _under_way(world, *UNDER_WAY * len(KINDS)) and _noted(stage, *NAMES), "all calls")
        running.kill(*VICTIMS[victim](running))
        run = running.ended()
        assert run.code != 0
        if victim == "the provider":
            assert "Traceback" not in run.out
        else:
            assert run.code == -signal.SIGKILL
            _mend(stage)
            _unlock(stage)
        # Of the CLI alone the provider survives, and its calls are still under way while the next run works.
        assert bool(running.providers()) is (victim == "the CLI")
        world.clear_faults()
        stage.up()
    # An engine that lived to see its provider die knows what became of each resource.
    assert bool(stage.export().get("pending_operations")) is (victim != "the provider")
    if victim == "the provider":
        assert stage.preview().ops == {}
    else:
        _clear(stage)
    _check(stage, world)


def _check(stage: Stage, world: World) -> None:
    live = {each["service_code"]: each for each in world.agents()}
    assert len(live) == len(world.agents()) == 9
    assert len(world.agents(deleted=True)) == 11, "only the two that were replaced are deleted"
    hosts = {kind: live[f"host-{kind}"]["agent_number"] for kind in KINDS}
    assert {each["id"] for each in stage.resources().values()} == {
        *(each["agent_number"] for each in world.agents()),
        *(f"{hosts[kind]}/{phone}" for kind, phone in PHONES.items()),
    }
    posts = Counter(str(one.phoneno or one.service_code) for one in world.journal(method="POST"))
    for kind, phone in PHONES.items():
        assert live[f"changed-{kind}"]["description"] == "Changed"
        assert live[f"replaced-{kind}"]["hosting_region"] == "EUROPE"
        assert world.invitations(hosts[kind]) == 1
        sent = 2 if kind == "early" else 1
        assert (posts[f"made-{kind}"], posts[phone]) == (sent, sent)


@proves("D23", "A3", "D5")
def test_killed_in_the_middle_of_a_destroy_the_next_one_finishes(stage: Stage, world: World) -> None:
    stage.configure(readTimeout=90, operationTimeout=200)
    stage.declare(_before())
    stage.up()
    hosts = [f"host-{kind}" for kind in KINDS]
    for name, fault in zip(hosts, KINDS.values(), strict=True):
        world.fault("delete_agent", {"kind": fault, "seconds": 600}, service_code=name)
    with Running(stage, "destroy", "--yes", "--skip-preview") as running:
        wait_for(lambda: _under_way(world, *["delete_agent"] * len(hosts)) and _noted(stage, *hosts), "the DELETEs")
        running.kill(*VICTIMS["both"](running))
        running.ended()
    _mend(stage)
    assert stage.pulumi("cancel", "--yes").code == 0
    stage.destroy()
    assert world.agents() == []
    assert stage.resources() == {}
    assert not stage.export().get("pending_operations")


@proves("D23", "A2")
def test_killed_in_the_middle_of_a_refresh_nothing_is_lost(stage: Stage, world: World) -> None:
    stage.configure(readTimeout=90, operationTimeout=200)
    stage.declare(_before())
    stage.up()
    before = stage.resources()
    world.fault("get_agent", {"kind": "stall", "seconds": 600}, service_code="host-early")
    with Running(stage, "refresh", "--yes", "--skip-preview") as running:
        wait_for(lambda: _under_way(world, "get_agent"), "the read")
        running.kill(*VICTIMS["both"](running))
        running.ended()
    _mend(stage)
    assert {name: each["id"] for name, each in stage.resources().items()} == {
        name: each["id"] for name, each in before.items()
    }
    assert stage.pulumi("cancel", "--yes").code == 0
    stage.refresh()
    assert stage.preview().ops == {}


@proves("D23")
def test_a_provider_whose_cli_was_killed_finishes_its_call_and_ends(stage: Stage, world: World) -> None:
    stage.configure(readTimeout=90, operationTimeout=200)
    stage.declare(_before())
    stage.up()
    world.clear_journal()
    world.fault("update_agent", {"kind": "stall_after", "seconds": 6}, service_code="changed-early")
    stage.declare({**_before(), "changed-early": agent("changed-early", description="Changed")})
    with Running(stage, "up", "--yes", "--skip-preview") as running:
        wait_for(lambda: _under_way(world, "update_agent"), "the PUT")
        running.kill(*VICTIMS["the CLI"](running))
        running.ended()
        (put,) = world.journal("update_agent")
        wait_for(lambda: not running.providers() or not _under_way(world, "update_agent"), "the end of the PUT")
        assert not _under_way(world, "update_agent"), "it ended in the middle of its call"
        assert wait_for(lambda: not running.providers(), "the end of the provider", 15)
    assert put.status is None
    # What the call was part of is finished: the agent was read back.
    assert [one.operation for one in world.journal()][-2:] == ["update_agent", "get_agent"]


def _cut_the_state(stage: Stage) -> None:
    state = stage.state_file
    state.write_text(state.read_text()[: state.stat().st_size // 2])


def _empty_the_attributes(stage: Stage) -> None:
    assert _attributes(stage).stat().st_size
    _attributes(stage).write_text("")


def _both(stage: Stage) -> None:
    _cut_the_state(stage)
    _empty_the_attributes(stage)


@proves("D22", "D23")
def test_files_cut_short_by_a_kill_are_mended_as_documented(stage: Stage, world: World) -> None:
    """The run after each damage does what is missing: the last step of the run before it, if that is lost, included."""
    agents, testers = _before(), {}
    stage.declare(agents)
    stage.up()
    damages = {_cut_the_state: "EUROPE", _empty_the_attributes: "ASIA_PACIFIC", _both: "EUROPE"}
    for index, (damage, region) in enumerate(damages.items()):
        damage(stage)
        assert "failed to load checkpoint" in stage.fails("up", "--yes", "--skip-preview").out
        _mend(stage)
        agents |= {f"made-{index}": agent(f"made-{index}"), f"rest-{index}": agent(f"rest-{index}")}
        agents["changed-early"] = agent("changed-early", description=f"Changed {index}")
        agents["replaced-early"] = agent("replaced-early", hosting_region=region)
        testers[f"handset-{index}"] = {"agent": "host-early", "phoneno": f"91900000000{index}"}
        stage.declare(agents, testers)
        stage.up()
        assert stage.resources().keys() == {*agents, *testers}
        assert world.invitations(stage.resources()["host-early"]["id"]) == len(testers)
        assert sorted(each["service_code"] for each in world.agents()) == sorted(agents)
    assert stage.preview().ops == {}
    posts = [one.service_code for one in world.journal("create_agent")]
    assert len(posts) == len(agents) + len(damages), "more than each agent once, and each replacement"
