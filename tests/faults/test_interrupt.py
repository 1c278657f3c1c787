"""Ctrl-C: the run ends soon, nothing new begins, and what was made is in state."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from proves import proves
from running import Running, wait_for
from stage import agent

if TYPE_CHECKING:
    from stage import Stage

    from rcs_simulator import World

SOON: Final = 40.0
"""Seconds: far below the time limits in force, far above what a slow machine needs."""


def _under_way(world: World, operation: str, count: int = 1) -> bool:
    return len([one for one in world.journal(operation) if one.ended is None]) >= count


def _broken(status: int = 503) -> list[dict[str, Any]]:
    return [{"kind": "status", "status": status}] * 100


@proves("D22", "D23", "P6")
def test_interrupted_once_what_was_being_made_is_in_state_and_the_next_run_goes_on(stage: Stage, world: World) -> None:
    stage.configure(readTimeout=30, operationTimeout=60)
    stage.declare({f"agent-{index}": agent(f"CODE{index}") for index in range(12)})
    for index in range(12):
        world.fault("create_agent", {"kind": "stall_after", "seconds": 3}, service_code=f"CODE{index}")
    with Running(stage, "up", "--yes", "--skip-preview") as running:
        wait_for(lambda: _under_way(world, "create_agent", 4), "four creates")
        running.interrupt()
        run = running.ended()
        assert wait_for(lambda: not running.processes(), "the end of its processes")
    assert run.code != 0
    assert "Traceback" not in run.out
    live = {each["agent_number"] for each in world.agents()}
    assert 4 <= len(live) < 12
    assert {each["id"] for each in stage.resources().values()} == live, run.out
    assert not stage.export().get("pending_operations")
    world.clear_faults()
    stage.up()
    assert len(world.agents()) == 12
    assert len(world.journal("create_agent")) == 12, "one was sent twice"
    assert stage.preview().ops == {}


@proves("D11", "D23")
def test_interrupted_between_repeats_nothing_is_tried_again(stage: Stage, world: World) -> None:
    stage.declare({"agent": agent("CODE")})
    stage.configure(maxRetries=60, operationTimeout=280)
    stage.up()
    before = stage.kept()
    world.fault("get_agent", *_broken(), service_code="CODE")
    world.clear_journal()
    with Running(stage, "refresh", "--yes", "--skip-preview") as running:
        # Three calls failed: the wait before the next takes seconds.
        wait_for(lambda: len(world.journal("get_agent")) >= 4, "repeats")
        calls, moment = len(world.journal("get_agent")), time.monotonic()
        running.interrupt()
        run = running.ended()
        assert time.monotonic() - moment < SOON
        assert wait_for(lambda: not running.processes(), "the end of its processes")
    assert run.code != 0
    assert len(world.journal("get_agent")) <= calls + 1, "a new attempt after the end was known"
    assert stage.kept() == before
    world.clear_faults()
    stage.refresh()
    assert stage.preview().ops == {}


@proves("D9", "D11", "D23")
def test_interrupted_while_it_looks_for_a_new_agent_it_looks_no_more(stage: Stage, world: World) -> None:
    stage.declare({"agent": agent("CODE")})
    stage.configure(operationTimeout=280)
    world.fault("create_agent", {"kind": "status", "status": 500}, service_code="CODE")
    with Running(stage, "up", "--yes", "--skip-preview") as running:
        # The first list, and three looks after the POST: the next comes seconds later, and the last after a minute.
        wait_for(lambda: len(world.journal("list_agents")) >= 5, "looks for the agent")
        looks, moment = len(world.journal("list_agents")), time.monotonic()
        running.interrupt()
        run = running.ended()
        assert time.monotonic() - moment < SOON
        assert wait_for(lambda: not running.processes(), "the end of its processes")
    assert run.code != 0
    assert "Run `pulumi up` again" in run.out
    assert len(world.journal("list_agents")) <= looks + 1, "a new look after the end was known"
    assert stage.resources() == {}
    stage.up()
    assert len(world.agents()) == 1
    assert stage.preview().ops == {}


@proves("D9", "D23", "P6")
def test_interrupted_twice_the_agent_is_taken_over_and_the_pending_create_cleared(stage: Stage, world: World) -> None:
    stage.configure(readTimeout=30, operationTimeout=60)
    stage.declare({"agent": agent("CODE")})
    world.fault("create_agent", {"kind": "stall_after", "seconds": 600}, service_code="CODE")
    with Running(stage, "up", "--yes", "--skip-preview") as running:
        wait_for(lambda: _under_way(world, "create_agent"), "the create")
        running.interrupt()
        running.says("press ^C again")
        running.interrupt()
        run = running.ended()
    assert run.code != 0
    assert len(stage.export()["pending_operations"]) == 1
    assert stage.resources() == {}
    stage.up()
    assert [each["id"] for each in stage.resources().values()] == [each["agent_number"] for each in world.agents()]
    assert len(world.journal("create_agent")) == 1
    stage.refresh("--clear-pending-creates")
    assert not stage.export().get("pending_operations")
    after = stage.pulumi("preview", "--expect-no-changes")
    assert after.code == 0, after.out


@proves("D4", "D22", "D23")
def test_a_replacement_that_cannot_delete_and_goes_on_after_errors_waits_until_it_is_interrupted_and_loses_nothing(
    stage: Stage, world: World
) -> None:
    """The engine waits for the new one, which it never makes: seen with the option `--continue-on-error` alone."""
    stage.declare({"agent": agent("CODE")})
    stage.up()
    before = stage.kept()
    stage.declare({"agent": agent("CODE", hosting_region="EUROPE")})
    world.fault("delete_agent", {"kind": "status", "status": 400})
    with Running(stage, "up", "--yes", "--skip-preview", "--continue-on-error") as running:
        running.says("**deleting failed**")
        running.interrupt()
        run = running.ended()
    assert "error: could not delete agent" in run.out
    assert stage.kept() == before
    stage.up()
    assert [each["hosting_region"] for each in world.agents()] == ["EUROPE"]
    assert stage.preview().ops == {}
