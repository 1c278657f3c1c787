"""A replacement that the program's own options do not tell to delete first, as in other languages: nothing is lost.

The engine asks no provider about a forced replacement, so only the option `deleteBeforeReplace` makes the agent anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from forcing import WAYS, each_way
from plugged import a_tester, an_agent, declare, plugged
from proves import proves
from wire import writes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from project import Project

    from rcs_simulator import World

TESTERS: Final = {f"{way}-tester": a_tester(way, f"91900000000{each}") for each, way in enumerate(WAYS)}


def both(opts: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """The declarations of both agents and of their testers."""
    return {**{way: an_agent(opts, serviceCode=way, **more) for way in WAYS}, **TESTERS}


@pytest.fixture
def project(make: Callable[..., Project]) -> Project:
    made = plugged(make())
    made.configure(**{"kaleyra:deletionPolicy": "delete"})
    declare(made, **both())
    made.up()
    return made


def kept(project: Project) -> list[tuple[str, str]]:
    """Name and id of each resource in state, also of those that are still to be deleted."""
    found = project.export()["resources"]
    kept = [(each["urn"].split("::")[-1], each["id"]) for each in found if each["type"].startswith("kaleyra:rcs:")]
    return sorted(kept)


def numbers(world: World) -> dict[str, str]:
    """The agents that live, by their codes."""
    return {each["service_code"]: each["agent_number"] for each in world.agents()}


@proves("P13", "D27", "D4", "F4")
def test_a_forced_replacement_makes_one_new_agent_with_the_option_and_without_keeps_the_one_and_says_so(
    project: Project, world: World
) -> None:
    old = numbers(world)
    declare(project, **both({"delete_before_replace": True}, hostingRegion="EUROPE"))
    world.clear_journal()
    project.up(*each_way(project))
    live = numbers(world)
    for way in WAYS:
        agents = (old[way], live[way])
        changes = [each for each in world.journal() if each.method != "GET" and each.agent_number in agents]
        assert [each.operation for each in changes] == ["delete_agent", "create_agent", "register_tester"], way
        assert old[way] != live[way]
    assert len(writes(world)) == 3 * len(WAYS)
    testers = [(name, f"{live[each['props']['agent']]}/{each['props']['phoneno']}") for name, each in TESTERS.items()]
    before = kept(project)
    assert before == sorted([*live.items(), *testers])
    # Without it, and unchanged.
    declare(project, **both(hostingRegion="EUROPE"))
    world.clear_journal()
    run = project.up(*each_way(project))
    for way in WAYS:
        told = "".join(run.said[way])
        assert f"agent {live[way]} stays" in told, way
        assert "To make a new one, set the option deleteBeforeReplace" in told, way
    assert (writes(world), numbers(world), kept(project)) == ([], live, before)
    project.settles()
    # Changed so that there has to be a new one, it is refused.
    changed = an_agent(serviceCode="replaced", hostingRegion="NORTH_AMERICA")
    declare(project, **{**both(hostingRegion="EUROPE"), "replaced": changed})
    refused = project.fails("up", "--yes", "--skip-preview", "--replace", project.urn("replaced"))
    assert len([line for line in refused.said["replaced"] if line.startswith("error: ")]) == 1
    assert f"agent {live['replaced']} has this service code already" in refused.out
    assert (writes(world), numbers(world), kept(project)) == ([], live, before)


@proves("P13", "D22", "D27")
def test_what_a_stopped_replacement_leaves_in_state_never_deletes_the_agent_changed_or_not(
    project: Project, world: World
) -> None:
    live = numbers(world)
    # The run stops a second later, when both replacements are under way.
    world.fault("create_agent", "429_retry_after", 400)
    other = an_agent({"depends_on": []}, serviceCode="OTHER")
    declare(project, **both(), other=other)
    project.fails("up", "--yes", "--skip-preview", *each_way(project))
    for way, number in live.items():
        # The new one, and the old one that is still to be deleted.
        assert kept(project).count((way, number)) == 2
    changed = an_agent(serviceCode="replaced", description="Answers more")
    declare(project, **{**both(), "replaced": changed}, other=other)
    world.clear_journal()
    run = project.up()
    assert "delete_agent" not in writes(world)
    for way, number in live.items():
        assert f"agent {number} stays" in run.out
        assert number in numbers(world).values()
        assert kept(project).count((way, number)) == 1
    project.settles()
