"""Every call meets every fault, through the real engine: the cells of `matrix.py`, each a subtest of its row.

A cell is run by a resource of its own, which alone meets the fault. Checked are the service, the state and the screen
right after it; then the fault goes away, one more command has to bring everything to where it was to be, and the
preview after that is empty.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import pytest
from actions import ACTIONS
from lanes import TODO, Lane, Still, announced, closing, lanes, scripts, words
from matrix import CALLS, FAULTS, OUTCOMES, Call
from proves import proves
from relay import Passed, Relay, Trap

if TYPE_CHECKING:
    from actions import Resource
    from project import Run
    from stage import Stage

    from rcs_simulator import World

SIDE_BY_SIDE: Final = {
    command: [each for each in CALLS.values() if each.operation != "list_agents" and each.action in actions]
    for command, actions in {
        "create": ["create"],
        "refresh": ["refresh", "relist"],
        "update": ["update"],
        "destroy": ["destroy"],
        "register": ["register"],
    }.items()
}
"""Rows whose calls name an object, so that all lanes of those that one command makes run in one stack."""
IN_TURN: Final = [CALLS["create-list-after"], CALLS["create-list-lost"]]
"""Rows whose calls name nothing: one lane after the other."""


def test_every_cell_is_written_once_and_run() -> None:
    for call in CALLS.values():
        written = " ".join(call.cells.values()).split()
        assert sorted(written) == sorted(FAULTS), call.key
        assert {name for cell in call.cells for name in cell} <= set(OUTCOMES), call.key
    run = [*IN_TURN, CALLS["create-list"], *(call for calls in SIDE_BY_SIDE.values() for call in calls)]
    assert sorted(call.key for call in run) == sorted(CALLS)


@proves("A2", "A3", "A8", "B8", "B9", "B12", "B16", "C3", "C4", "C5", "D8", "D9", "D11", "D12", "D22", "P6")
@pytest.mark.parametrize("calls", SIDE_BY_SIDE.values(), ids=SIDE_BY_SIDE)
def test_each_cell_holds(calls: list[Call], stage: Stage, world: World, subtests: pytest.Subtests) -> None:
    row = lanes(*calls)
    with ExitStack() as undo, Trap() as trap:
        gates = {call.key: undo.enter_context(Relay(world.url)) for call in calls}
        _begin(stage, world, row, gates)
        for lane in row:
            _arm(world, lane, trap.url)
        for call in calls:
            closing(gates[call.key], call.passes)
        world.clear_journal()
        before = stage.kept()
        seen = _Seen(stage, world, _ordered(stage, row), before)
        for lane in row:
            with subtests.test(msg=lane.name):
                seen.check(lane)
        _recovers(seen, row, gates, subtests)
        assert trap.heard == [], "the key was carried to another host"


@proves("A8", "D8", "D9", "D11", "D22", "C3", "C4")
def test_each_cell_of_the_lists_after_a_post_holds(stage: Stage, world: World, subtests: pytest.Subtests) -> None:
    row = lanes(*IN_TURN)
    by_code = {lane.name: lane for lane in row}
    with ExitStack() as undo, Relay(world.url) as relay, Trap() as trap:
        gates = {call.key: undo.enter_context(Relay(world.url)) for call in IN_TURN}
        _begin(stage, world, row, gates)
        for lane in row:
            if lane.call.lost:
                world.fault(lane.call.lost, {"kind": "lost"}, service_code=lane.name)

        def arm(one: Passed) -> None:
            if one.method == "POST":
                world.fault("list_agents", *scripts(by_code[one.facts["service_code"]], trap.url))

        relay.after = arm
        for call in IN_TURN:
            closing(gates[call.key], call.passes)
        stage.env["KALEYRA_ENDPOINT"] = relay.url
        seen = _Seen(stage, world, _ordered(stage, row, "--parallel", "1"), {})
        for lane in row:
            with subtests.test(msg=lane.name):
                seen.check(lane)
        assert world.pending_faults() == []
        relay.after = lambda _: None
        _recovers(seen, row, gates, subtests)
        assert trap.heard == []


def _begin(stage: Stage, world: World, row: list[Lane], gates: dict[str, Relay]) -> None:
    """Brings everything to where the action begins; what lies behind a gate has an account of its own."""
    accounts = {key: stage.account(gate.url) for key, gate in gates.items()}
    there = [(lane.name, ACTIONS[lane.call.action].before(world, lane)) for lane in row]
    if any(found for _, found in there):
        _declare(stage, there, accounts)
        with stage.saving_once():
            stage.up()
    there_now = Still(world.url)
    for lane in row:
        ACTIONS[lane.call.action].moved(there_now, lane)
    _declare(stage, [(lane.name, ACTIONS[lane.call.action].declared(there_now, lane)) for lane in row], accounts)


def _declare(stage: Stage, resources: list[tuple[str, Resource | None]], accounts: dict[str, Any]) -> None:
    declared: dict[str, dict[str, Any]] = {"agents": {}, "testers": {}}
    for name, found in resources:
        if found:
            declared[found[0]][name] = found[1]
    stage.declare(**declared, providers=accounts)


def _ordered(stage: Stage, row: list[Lane], *flags: str) -> Run:
    """The command of a row, whatever comes of it."""
    (command,) = {tuple(ACTIONS[lane.call.action].command) for lane in row}
    return stage.pulumi(*command, "--yes", "--skip-preview", *flags, timeout=280)


def _arm(world: World, lane: Lane, elsewhere: str) -> None:
    match = {"service_code": lane.name}
    if lane.call.lost:
        world.fault(lane.call.lost, {"kind": "lost"}, **match)
    faults = scripts(lane, elsewhere)
    if faults and lane.length == "lasting":
        # Whoever looks more often meets it more often.
        faults += [faults[-1]] * 10
    if faults:
        world.fault(lane.call.operation, *faults, **match)


class _Seen:
    """What there was to see right after the run that met the faults."""

    def __init__(self, stage: Stage, world: World, run: Run, before: dict[str, Any]) -> None:
        self.stage, self.world, self.run = stage, Still(world.url), run
        self.before, self.after = before, stage.kept()
        self.left = world.pending_faults()
        assert "Traceback" not in run.out, run.out
        assert run.code != 0, "no resource failed"

    def check(self, lane: Lane) -> None:
        """A lane shows what its cell says: at the service, in state, on the screen."""
        action, outcome, name = ACTIONS[lane.call.action], lane.outcome, lane.name
        said = self.run.said.get(name, [])
        assert action.done(self.world, lane) is (outcome.done or not action.write), said
        assert action.stored(self.stage, lane) == outcome.stored, said
        if outcome.stored == "old":
            assert self.after.get(name) == self.before.get(name), "state has changed"
        assert action.writes(self.world, lane) == _writes(lane)
        assert [line for line in said if line.startswith("error:")] == [] if outcome.ok else said, said
        expected = OUTCOMES[lane.call.cell(lane.fault.key)[0]].repeats
        assert announced(self.run, name) == expected, self.run.progress(name)
        assert outcome.ok or TODO.search(" ".join(said)), f"nothing to do: {said}"
        for each in words(lane):
            assert each in " ".join(said), said
        if lane.length != "lasting":
            assert [each for each in self.left if each.get("service_code") == name] == []


def _writes(lane: Lane) -> int:
    """How many calls that change something a lane makes in the run that meets its fault."""
    if not ACTIONS[lane.call.action].write:
        return 0
    if lane.call.moment == "before":
        return int(lane.outcome.ok)
    if lane.call.moment == "after" or (lane.outcome.ok and lane.length != "once"):
        return 1
    if lane.fault.script is None:
        return 0
    return lane.hits + (lane.length == "once")


def _recovers(seen: _Seen, row: list[Lane], gates: dict[str, Relay], subtests: pytest.Subtests) -> None:
    """One more command does what is missing and nothing else; the preview after it is empty."""
    stage = seen.stage
    for gate in gates.values():
        gate.after = lambda _: None
        gate.open()
    seen.world.clear_faults()
    seen.world.clear_journal()
    with stage.saving_once():
        run = _ordered(stage, row)
    assert run.code == 0, run.out
    world, left = Still(seen.world.url), stage.preview().ops if stage.resources() else {}
    for lane in row:
        action = ACTIONS[lane.call.action]
        with subtests.test(msg=f"{lane.name}: afterwards"):
            assert action.done(world, lane)
            assert action.stored(stage, lane) == "new"
            again = lane.outcome.again or (action.sends_again and lane.outcome is OUTCOMES["unconfirmed"])
            assert action.writes(world, lane) == int(again and bool(action.write))
            assert lane.name not in left
