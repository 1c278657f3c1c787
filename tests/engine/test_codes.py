"""Service codes that go from one agent to another within one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from proves import proves
from samples import LEAST
from wire import calls, writes

if TYPE_CHECKING:
    from project import Project

    from rcs_simulator import World


def coded(**codes: str) -> dict[str, Any]:
    """Agents by name, each with its service code."""
    return {name: {**LEAST, "service_code": code} for name, code in codes.items()}


@proves("D22")
def test_a_code_that_another_agent_of_the_run_gives_up_is_waited_for(project: Project, world: World) -> None:
    # Three chains: without waiting, one of them finds its code taken in nearly every run.
    project.declare(coded(**{f"{name}{chain}": f"{name}{chain}" for chain in range(3) for name in "abc"}))
    project.up()
    numbers = {name: each["id"] for name, each in project.resources().items()}
    following = {"a": "b", "b": "c", "c": "free"}
    project.declare(coded(**{f"{a}{chain}": f"{b}{chain}" for chain in range(3) for a, b in following.items()}))
    preview = project.preview()
    assert set(preview.ops.values()) == {"update"}
    project.up()
    assert {each["agent_number"]: each["service_code"] for each in world.agents()} == {
        numbers[f"{a}{chain}"]: f"{b}{chain}" for chain in range(3) for a, b in following.items()
    }
    project.settles()


@proves("D22")
def test_codes_that_go_round_in_a_circle_are_refused_in_preview(project: Project, world: World) -> None:
    project.declare(coded(a="ONE", b="TWO"))
    project.up()
    world.clear_journal()
    project.declare(coded(a="TWO", b="ONE"))
    refused = project.fails("preview")
    (line,) = [each for name in ("a", "b") for each in refused.said.get(name, ()) if "error: " in each]
    assert "a and b pass on service_code" in line
    assert "`pulumi up`" in line
    assert calls(world) == []
    # The way that the line names.
    project.declare(coded(a="FOR-NOW", b="TWO"))
    project.up()
    project.declare(coded(a="FOR-NOW", b="ONE"))
    project.up()
    project.declare(coded(a="TWO", b="ONE"))
    project.up()
    project.settles()


@proves("A11", "D22")
def test_a_code_of_an_agent_that_leaves_in_the_same_run_takes_two_steps(project: Project, world: World) -> None:
    project.declare(coded(a="ONE", b="TWO"))
    project.up()
    number = project.resources()["a"]["id"]
    world.clear_journal()
    project.declare(coded(b="ONE"))
    refused = project.fails("up", "--yes", "--skip-preview")
    (line,) = [each for each in refused.said["b"] if "error: " in each]
    assert f"agent {number}" in line
    assert "updates come before deletions" in line
    assert len(world.agents()) == 2
    assert "delete_agent" not in writes(world)
    project.declare(coded(b="TWO"))
    project.up()
    project.declare(coded(b="ONE"))
    project.up()
    assert [each["service_code"] for each in world.agents()] == ["ONE"]
