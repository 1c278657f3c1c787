"""The first list of agents meets every fault: the row of `matrix.py` whose call all creates of a process share."""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from lanes import TODO, announced, lanes, scripts
from matrix import CALLS, OUTCOMES
from proves import proves
from relay import Relay, Trap
from stage import agent

from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest
    from lanes import Lane
    from project import Run
    from stage import Stage

    from rcs_simulator import World


@proves("A2", "A8", "A11", "C3", "D8", "D11", "D22")
def test_each_cell_of_the_first_list_holds(make: Callable[..., Stage], world: World, subtests: pytest.Subtests) -> None:
    """All creates of a process share their first list. Who asks while it fails, fails, and the next one asks again."""
    row = lanes(CALLS["create-list"])
    calm = _lists_that_fail(make("failing"), world, [lane for lane in row if not lane.outcome.ok], subtests)
    _lists_that_come(make("coming"), [lane for lane in row if lane.outcome.ok], calm, subtests)


def _lists_that_fail(stage: Stage, world: World, row: list[Lane], subtests: pytest.Subtests) -> tuple[Any, ...]:
    """One agent after the other meets the next fault, the last one none; gives what state holds of that in the end.

    A host that is not reached is the same for all, so the two that meet that have a process of their own.
    """
    world.seed_agent(service_code="other")  # without any agent the list would be an error
    row, (refused,) = [lane for lane in row if lane.fault.script], [lane for lane in row if not lane.fault.script]
    with Relay(world.url) as gate, Trap() as trap:
        gate.close()
        behind = {name: {"args": agent(name), "provider": "gated"} for name in ("refused-a", "refused-b")}
        plain = {name: agent(name) for name in (*(lane.name for lane in row), "last")}
        stage.declare({**plain, **behind}, providers={"gated": stage.account(gate.url)})
        for lane in row:
            world.fault("list_agents", *scripts(lane, trap.url))
        run = stage.pulumi("up", "--yes", "--skip-preview", "--continue-on-error", "--parallel", "1", timeout=280)
        failed = list(dict.fromkeys(re.findall(r"^ .. \S+ (\S+) .*\berror: ", run.out, re.MULTILINE)))
        in_turn, (made,) = [name for name in failed if name in plain], plain.keys() - set(failed)
        assert set(stage.resources()) == _codes(world) == {made}
        assert world.pending_faults() == []
        for lane, name in zip(row, in_turn, strict=True):
            with subtests.test(msg=lane.name):
                _check_failed(lane, run, name)
                assert announced(run, name) == OUTCOMES[lane.call.cell(lane.fault.key)[0]].repeats
        with subtests.test(msg=refused.name):
            for name in behind:
                _check_failed(refused, run, name)
            # Once the first has used up its tries, the second tries once.
            assert announced(run, *behind) == 1
        gate.open()
        stage.up()
        assert stage.preview().ops == {}
        assert _codes(world) == {*plain, *behind}
        assert [one.service_code for one in world.journal("create_agent")].count(made) == 1
        assert len(world.journal("create_agent")) == len(plain) + len(behind)
        assert trap.heard == []
    return _plain(stage, made)


def _check_failed(lane: Lane, run: Run, name: str) -> None:
    (line,) = run.said[name]
    assert line.startswith("error: could not ")
    assert lane.fault.shows in line
    assert TODO.search(line)


def _lists_that_come(stage: Stage, row: list[Lane], calm: tuple[Any, ...], subtests: pytest.Subtests) -> None:
    """Two agents of a process ask at the same time; each cell is a process, and so an account of its own.

    State then holds what it holds of an agent that met nothing, of which the preview is empty.
    """
    with ExitStack() as undo:
        worlds = dict(zip((lane.name for lane in row), _worlds(undo, len(row)), strict=True))
        accounts = {
            name: stage.account(world.url, world.sid[9:11].lower()) | {"sid": world.sid, "api_key": world.api_key}
            for name, world in worlds.items()
        }
        pairs = {
            f"{name}-{each}": {"args": agent(f"{name}-{each}"), "provider": name} for name in worlds for each in "ab"
        }
        stage.declare(pairs, providers=accounts)
        for lane in row:
            worlds[lane.name].seed_agent(service_code="other")
            worlds[lane.name].fault("list_agents", *scripts(lane, ""))
        run = stage.up()
        for lane in row:
            with subtests.test(msg=lane.name):
                names, world = [f"{lane.name}-a", f"{lane.name}-b"], worlds[lane.name]
                assert announced(run, *names) == lane.outcome.repeats
                assert [run.said.get(name, []) for name in names] == [[], []]
                assert _codes(world) == set(names)
                assert sorted(str(one.service_code) for one in world.journal("create_agent")) == names
                assert [_plain(stage, name) for name in names] == [calm, calm]
                assert world.pending_faults() == []


def _plain(stage: Stage, name: str) -> tuple[Any, ...]:
    """What state holds of an agent, without what each agent has of its own."""
    own = {"service_code", "agent_number", "uuid", "provider_agent_id", "sid", "pod"}
    return tuple(
        {key: value for key, value in each.items() if key not in own} if isinstance(each, dict) else each
        for each in stage.kept()[name][1:]
    )


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
