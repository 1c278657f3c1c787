"""Every call meets every fault, through the real engine: the cells of `matrix.py`, each a subtest of its row.

A cell is run by a resource of its own, which alone meets the fault. Checked are the service, the state and the screen
right after it; then the fault goes away, one more command has to bring everything to where it was to be, and the
preview after that is empty.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import pytest
from lanes import ACTIONS, TODO, Lane, Still, closing, lanes, scripts, words
from matrix import CALLS, FAULTS, OUTCOMES, Call
from proves import proves
from relay import Passed, Relay, Trap
from stage import agent

from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lanes import Action
    from project import Run
    from stage import Stage

    from rcs_simulator import World

ALONE: Final = [each for each in CALLS.values() if each.operation != "list_agents"]
"""Rows whose calls name an object, so that all lanes run side by side."""
IN_TURN: Final = ["create-list-after", "create-list-lost"]
"""Rows whose calls name nothing: one lane after the other."""


def test_every_cell_is_written_once() -> None:
    for call in CALLS.values():
        written = " ".join(call.cells.values()).split()
        assert sorted(written) == sorted(FAULTS), call.key
        assert {name for cell in call.cells for name in cell} <= set(OUTCOMES), call.key


@proves("A2", "A3", "A8", "B8", "B9", "B12", "B16", "C3", "C4", "C5", "D8", "D9", "D11", "D12", "D22", "P6")
@pytest.mark.parametrize("call", ALONE, ids=lambda call: call.key)
def test_each_cell_holds(call: Call, stage: Stage, world: World, subtests: pytest.Subtests) -> None:
    action, row = ACTIONS[call.action], lanes(call)
    with Relay(world.url) as gate, Trap() as trap:
        action.declare(stage, row, {"gated": stage.account(gate.url)})
        if call.action != "create":
            stage.up()
        action.prepare(stage, row)
        for lane in row:
            _arm(world, call, lane, trap.url)
        closing(gate, call.passes)
        world.clear_journal()
        before = stage.kept()
        run = action.run(stage)
        seen = _Seen(action, stage, world, run, before)
        for lane in row:
            with subtests.test(msg=f"{call.key} x {lane.name}"):
                seen.check(call, lane)
        gate.after = lambda _: None
        gate.open()
        _recovers(seen, call, row, subtests)
        assert trap.heard == [], "the key was carried to another host"


@proves("A8", "D8", "D9", "D11", "D22", "C3", "C4")
@pytest.mark.parametrize("key", IN_TURN)
def test_each_cell_of_the_lists_after_a_post_holds(
    key: str, stage: Stage, world: World, subtests: pytest.Subtests
) -> None:
    call = CALLS[key]
    action, row = ACTIONS["create"], lanes(call)
    by_code = {lane.name: lane for lane in row}
    with Relay(world.url) as gate, Relay(world.url) as relay, Trap() as trap:
        action.declare(stage, row, {"gated": stage.account(gate.url)})
        for lane in row if call.lost else ():
            world.fault(call.lost, {"kind": "lost"}, service_code=lane.name)

        def arm(one: Passed) -> None:
            if one.method == "POST":
                world.fault("list_agents", *scripts(call, by_code[one.facts["service_code"]], trap.url))

        relay.after = arm
        closing(gate, call.passes)
        stage.env["KALEYRA_ENDPOINT"] = relay.url
        run = action.run(stage, "--parallel", "1")
        seen = _Seen(action, stage, world, run, {})
        for lane in row:
            with subtests.test(msg=f"{call.key} x {lane.name}"):
                seen.check(call, lane)
        assert world.pending_faults() == []
        relay.after = gate.after = lambda _: None
        gate.open()
        _recovers(seen, call, row, subtests)
        assert trap.heard == []


@proves("A2", "A8", "A11", "C3", "D8", "D11", "D22")
def test_each_cell_of_the_first_list_holds(stage: Stage, subtests: pytest.Subtests) -> None:
    """All creates of a process share their first list, so each cell is a process: an account of its own.

    Two agents ask at the same time. The one whose list fails, fails; the other asks again, and is made.
    """
    call = CALLS["create-list"]
    with ExitStack() as undo:
        trap, gate = undo.enter_context(Trap()), undo.enter_context(Relay("http://127.0.0.1:9"))
        gate.close()
        worlds = dict(zip(FAULTS, _worlds(undo, len(FAULTS)), strict=True))
        accounts = {key: stage.account(world.url) | {"sid": world.sid} for key, world in worlds.items()}
        for key, world in worlds.items():
            accounts[key] |= {"pod": world.sid[9:11].lower(), "api_key": world.api_key}
        accounts["refused"] |= {"endpoint": gate.url}
        pairs = {
            f"{key}-{each}": {"args": agent(f"{key}-{each}"), "provider": key} for key in FAULTS for each in ("a", "b")
        }
        stage.declare(pairs, providers=accounts)
        for world in worlds.values():
            world.seed_agent(service_code="other")  # without any agent the list would be an error
        for lane in lanes(call):
            if lane.fault.script is not None:
                worlds[lane.fault.key].fault("list_agents", *scripts(call, lane, trap.url))
        run = stage.pulumi("up", "--yes", "--skip-preview", "--continue-on-error", timeout=280)
        for key, world in worlds.items():
            with subtests.test(msg=f"{call.key} x {key}"):
                _check_pair(call, key, world, run, stage)
        gate.origin = worlds["refused"].url
        gate.open()
        stage.up()
        left = stage.preview().ops
        for key, world in worlds.items():
            with subtests.test(msg=f"{call.key} x {key}: afterwards"):
                assert _codes(world) == {f"{key}-a", f"{key}-b"}
                assert len(world.journal("create_agent")) == 2
                assert {f"{key}-a", f"{key}-b"}.isdisjoint(left)
        assert trap.heard == []


def _check_pair(call: Call, key: str, world: World, run: Run, stage: Stage) -> None:
    names = {f"{key}-a", f"{key}-b"}
    failed = {name for name in names if any(line.startswith("error:") for line in run.said.get(name, ()))}
    cell, stays = call.cell(key), FAULTS[key].script is None
    assert len(failed) == (0 if cell == ("fine",) else 2 if stays else 1), run.out
    assert _codes(world) == names - failed == names & set(stage.resources())
    assert {one.service_code for one in world.journal("create_agent")} == names - failed
    # Once the first has used up its tries on a host that refuses connections, the second tries once.
    assert _announced(run, *names) == (0 if cell[0] != "repeated" else 1 if stays else 2), run.out
    assert all(any(FAULTS[key].shows in line for line in run.said[name]) for name in failed)
    assert all(TODO.search(line) for name in failed for line in run.said[name] if line.startswith("error:"))
    assert world.pending_faults() == []


def _announced(run: Run, *names: str) -> int:
    """How many repeats were shown in the rows of resources, and no line of them was kept."""
    assert "trying again in" not in "".join(line for name in names for line in run.said.get(name, ()))
    return sum("trying again in" in row for name in names for row in run.progress(name))


def _codes(world: World) -> set[str]:
    codes = [each["service_code"] for each in world.agents() if each["service_code"] != "other"]
    assert len(codes) == len(set(codes)), codes
    return set(codes)


def _worlds(undo: ExitStack, count: int) -> Iterator[World]:
    """So many worlds that share nothing; each simulator has two."""
    for _ in range((count + 1) // 2):
        simulator = undo.enter_context(Simulator())
        yield simulator.world("in")
        yield simulator.world("na")


def _arm(world: World, call: Call, lane: Lane, elsewhere: str) -> None:
    match = {"service_code": lane.name}
    if call.lost:
        world.fault(call.lost, {"kind": "lost"}, **match)
    faults = scripts(call, lane, elsewhere)
    if faults and lane.length == "lasting":
        # Whoever looks more often meets it more often.
        faults += [faults[-1]] * 10
    if faults:
        world.fault(call.operation, *faults, **match)


class _Seen:
    """What there was to see right after the run that met the faults."""

    def __init__(self, action: Action, stage: Stage, world: World, run: Run, before: dict[str, Any]) -> None:
        self.action, self.stage, self.world, self.run = action, stage, Still(world.url), run
        self.before, self.after = before, stage.kept()
        self.left = world.pending_faults()
        assert "Traceback" not in run.out, run.out
        assert run.code != 0, "no resource failed"

    def check(self, call: Call, lane: Lane) -> None:
        """A lane shows what its cell says: at the service, in state, on the screen."""
        outcome, name = lane.outcome, self.action.resource(lane)
        said = self.run.said.get(name, [])
        assert self.action.done(self.world, lane) is (outcome.done or not self.action.write), said
        assert self.action.stored(self.stage, lane) == outcome.stored, said
        if outcome.stored == "old":
            assert self.after.get(name) == self.before.get(name), "state has changed"
        assert self.action.writes(self.world, lane) == self._writes(call, lane)
        assert [line for line in said if line.startswith("error:")] == [] if outcome.ok else said, said
        assert _announced(self.run, name) == OUTCOMES[call.cell(lane.fault.key)[0]].repeats, self.run.progress(name)
        assert outcome.ok or TODO.search(" ".join(said)), f"nothing to do: {said}"
        for each in words(call, lane):
            assert each in " ".join(said), said
        if lane.length != "lasting":
            assert [each for each in self.left if each.get("service_code") == lane.name] == []

    def _writes(self, call: Call, lane: Lane) -> int:
        if not self.action.write:
            return 0
        if call.moment == "before":
            return int(lane.outcome.ok)
        if call.moment == "after" or (lane.outcome.ok and lane.length != "once"):
            return 1
        if lane.fault.script is None:
            return 0
        return lane.hits + (lane.length == "once")


def _recovers(seen: _Seen, call: Call, row: list[Lane], subtests: pytest.Subtests) -> None:
    """One more command does what is missing and nothing else; the preview after it is empty."""
    action, stage = seen.action, seen.stage
    seen.world.clear_faults()
    seen.world.clear_journal()
    run, world = action.run(stage), Still(seen.world.url)
    assert run.code == 0, run.out
    left = {} if call.action == "destroy" else stage.preview().ops
    for lane in row:
        with subtests.test(msg=f"{call.key} x {lane.name}: afterwards"):
            assert action.done(world, lane)
            assert action.stored(stage, lane) == "new"
            again = lane.outcome.again or (action.sends_again and lane.outcome is OUTCOMES["unconfirmed"])
            assert action.writes(world, lane) == int(again and bool(action.write))
            assert action.resource(lane) not in left
