"""Service codes that go from one agent to another within one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from proves import proves
from samples import LEAST
from wire import calls, writes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from project import Project

    from rcs_simulator import World


def coded(**codes: str) -> dict[str, Any]:
    """Agents by name, each with its service code."""
    return {name: {**LEAST, "service_code": code} for name, code in codes.items()}


@proves("A11", "D22")
def test_a_code_that_another_agent_of_the_run_gives_up_is_waited_for_unless_they_go_round_or_the_agent_leaves(
    project: Project, world: World
) -> None:
    # Three chains: without waiting, one of them finds its code taken in nearly every run.
    chains = coded(**{f"{name}{chain}": f"{name}{chain}" for chain in range(3) for name in "abc"})
    project.declare({**chains, **coded(one="ONE", two="TWO", leaves="LEAVES", stays="STAYS")})
    project.up()
    numbers = {name: each["id"] for name, each in project.resources().items()}
    world.clear_journal()

    project.declare({**chains, **coded(one="TWO", two="ONE", leaves="LEAVES", stays="STAYS")})
    refused = project.fails("preview")
    (line,) = [each for name in ("one", "two") for each in refused.said.get(name, ()) if "error: " in each]
    assert "one and two pass on service_code" in line
    assert "`pulumi up`" in line
    assert calls(world) == []

    project.declare({**chains, **coded(one="ONE", two="TWO", stays="LEAVES")})
    refused = project.fails("up", "--yes", "--skip-preview")
    (line,) = [each for each in refused.said["stays"] if "error: " in each]
    assert f"agent {numbers['leaves']}" in line
    assert "updates come before deletions" in line
    assert len(world.agents()) == len(numbers)
    assert "delete_agent" not in writes(world)

    # The ways that the two lines name, and the chains.
    following = {"a": "b", "b": "c", "c": "free"}
    passed = coded(**{f"{a}{chain}": f"{b}{chain}" for chain in range(3) for a, b in following.items()})
    project.declare({**passed, **coded(one="FOR-NOW", two="TWO", stays="STAYS")})
    project.up()
    assert _codes(world, numbers, passed) == {name: args["service_code"] for name, args in passed.items()}
    project.declare({**passed, **coded(one="FOR-NOW", two="ONE", stays="LEAVES")})
    project.up()
    project.declare({**passed, **coded(one="TWO", two="ONE", stays="LEAVES")})
    project.up()
    ends = {"one": "TWO", "two": "ONE", "stays": "LEAVES"}
    assert _codes(world, numbers, ends) == ends
    assert len(world.agents()) == len(numbers) - 1
    project.settles()


def _codes(world: World, numbers: dict[str, str], names: Iterable[str]) -> dict[str, str]:
    """The service codes that agents have at Kaleyra, by name."""
    return {name: world.agent(numbers[name])["service_code"] for name in names}
