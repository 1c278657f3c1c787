"""Killed in the middle: the next run finishes, with the commands that the documentation names.

Every kind of change is under way when the kill comes: an agent is being made, one changed, one deleted for its
replacement, and a tester invited. A further agent is made beside them, before or after the kill.
"""

from __future__ import annotations

import json
import shutil
import signal
from typing import TYPE_CHECKING, Any, Final

import pytest
from proves import proves
from running import Running, wait_for
from samples import PHONE
from stage import agent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from stage import Stage

    from rcs_simulator import World

UNDER_WAY: Final[Mapping[str, dict[str, str]]] = {
    "create_agent": {"service_code": "MADE"},
    "update_agent": {"service_code": "CHANGED"},
    "delete_agent": {"service_code": "REPLACED"},
    "register_tester": {"phoneno": PHONE},
}
"""The calls in the middle of which the run is killed, and whose they are."""

NAMES: Final = ("made", "changed", "replaced", "handset")

MIDDLE: Final = {"nothing is done yet": "stall", "the work is done": "stall_after"}

VICTIMS: Final[Mapping[str, Callable[[Running], list[int]]]] = {
    "the CLI": lambda running: [running.process.pid],
    "the provider": Running.providers,
    "both": lambda running: [running.process.pid, *running.providers()],
}


def _before() -> dict[str, Any]:
    return {"changed": agent("CHANGED"), "replaced": agent("REPLACED"), "host": agent("HOST")}


def _declare(stage: Stage) -> None:
    agents = {
        **_before(),
        "made": agent("MADE"),
        "changed": agent("CHANGED", description="Changed"),
        "replaced": agent("REPLACED", hosting_region="EUROPE"),
        "rest": agent("REST"),
    }
    stage.declare(agents, {"handset": {"agent": "host", "phoneno": PHONE}})


def _arm(world: World, kind: str) -> None:
    for operation, match in UNDER_WAY.items():
        world.fault(operation, {"kind": kind, "seconds": 600}, **match)


def _under_way(world: World, *operations: str) -> bool:
    """Whether calls of all these operations have arrived and are not answered."""
    return {one.operation for one in world.journal() if one.ended is None} >= set(operations)


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
@pytest.mark.parametrize("middle", MIDDLE)
@pytest.mark.parametrize("victim", VICTIMS)
def test_killed_in_the_middle_of_an_up_the_next_one_finishes(
    stage: Stage, world: World, victim: str, middle: str
) -> None:
    stage.configure(readTimeout=90, operationTimeout=200)
    stage.declare(_before())
    stage.up()
    _declare(stage)
    _arm(world, MIDDLE[middle])
    world.clear_journal()
    with Running(stage, "up", "--yes", "--skip-preview") as running:
        wait_for(lambda: _under_way(world, *UNDER_WAY) and _noted(stage, *NAMES), "all calls")
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
    _check(stage, world, sent_again=middle == "nothing is done yet")


def _check(stage: Stage, world: World, *, sent_again: bool) -> None:
    live = {each["service_code"]: each for each in world.agents()}
    assert len(live) == len(world.agents()) == 5
    assert live["CHANGED"]["description"] == "Changed"
    assert live["REPLACED"]["hosting_region"] == "EUROPE"
    assert len(world.agents(deleted=True)) == 6, "only the one that was replaced is deleted"
    assert {each["id"] for each in stage.resources().values()} == {
        *(each["agent_number"] for each in world.agents()),
        f"{live['HOST']['agent_number']}/{PHONE}",
    }
    assert world.invitations(live["HOST"]["agent_number"]) == 1
    posts = [one for one in world.journal(method="POST") if one.service_code == "MADE" or one.phoneno]
    assert len(posts) == (4 if sent_again else 2)


@proves("D23", "A3", "D5")
@pytest.mark.parametrize("middle", MIDDLE)
def test_killed_in_the_middle_of_a_destroy_the_next_one_finishes(stage: Stage, world: World, middle: str) -> None:
    stage.configure(readTimeout=90, operationTimeout=200)
    stage.declare(_before())
    stage.up()
    world.fault("delete_agent", {"kind": MIDDLE[middle], "seconds": 600}, service_code="HOST")
    with Running(stage, "destroy", "--yes", "--skip-preview") as running:
        wait_for(lambda: _under_way(world, "delete_agent") and _noted(stage, "host"), "the DELETE")
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
    world.fault("get_agent", {"kind": "stall", "seconds": 600}, service_code="HOST")
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
    world.fault("update_agent", {"kind": "stall_after", "seconds": 6}, service_code="CHANGED")
    stage.declare({**_before(), "changed": agent("CHANGED", description="Changed")})
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
@pytest.mark.parametrize(
    "damage", [_cut_the_state, _empty_the_attributes, _both], ids=["the state", "its attributes", "both"]
)
def test_files_cut_short_by_a_kill_are_mended_as_documented(
    stage: Stage, world: World, damage: Callable[[Stage], None]
) -> None:
    stage.declare(_before())
    stage.up()
    damage(stage)
    assert "failed to load checkpoint" in stage.fails("up", "--yes", "--skip-preview").out
    _mend(stage)
    _declare(stage)
    stage.up()
    assert stage.preview().ops == {}
    assert len(world.agents()) == 5
    assert world.invitations(stage.resources()["host"]["id"]) == 1
