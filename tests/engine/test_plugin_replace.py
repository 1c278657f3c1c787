"""A replacement that the program's own options do not tell to delete first, as in other languages: nothing is lost.

The engine asks no provider about a forced replacement, so only the option `deleteBeforeReplace` makes the agent anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from plugged import a_tester, an_agent, declare, forced, plugged
from proves import proves
from wire import writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World

TESTER = a_tester("support", "919000000001")


@pytest.fixture
def project(make: Callable[..., Project]) -> Project:
    made = plugged(make())
    made.configure(**{"kaleyra:deletionPolicy": "delete"})
    declare(made, support=an_agent(), first=TESTER)
    made.up()
    return made


def kept(project: Project) -> list[tuple[str, str]]:
    """Name and id of each resource in state, also of those that are still to be deleted."""
    found = project.export()["resources"]
    return [(each["urn"].split("::")[-1], each["id"]) for each in found if each["type"].startswith("kaleyra:rcs:")]


def numbers(world: World) -> list[str]:
    """The agents that live."""
    return [each["agent_number"] for each in world.agents()]


WAYS: Final = {"--replace": "EUROPE", "taint": "NORTH_AMERICA"}
"""The ways to force a replacement; with each another region, where it comes with a change."""


@proves("P13", "D27", "F4")
def test_a_forced_replacement_keeps_the_one_agent_and_says_how_to_make_another(project: Project, world: World) -> None:
    before, live = kept(project), numbers(world)
    world.clear_journal()
    for way in WAYS:
        run = project.up(*forced(project, project.urn("support"), way))
        assert f"agent {live[0]} stays" in run.out, way
        assert "To make a new one, set the option deleteBeforeReplace" in run.out, way
        assert (writes(world), numbers(world), kept(project)) == ([], live, before), way
    project.settles()


@proves("P13", "D4", "F4")
def test_with_the_option_a_forced_replacement_makes_one_new_agent(project: Project, world: World) -> None:
    for way, region in WAYS.items():
        old = numbers(world)
        declare(project, support=an_agent({"delete_before_replace": True}, hostingRegion=region), first=TESTER)
        world.clear_journal()
        project.up(*forced(project, project.urn("support"), way))
        assert writes(world) == ["delete_agent", "create_agent", "register_tester"], way
        (new,) = numbers(world)
        assert [new] != old, way
        assert kept(project) == [("support", new), ("first", f"{new}/919000000001")], way
    project.settles()


@proves("P13", "D27")
def test_forced_without_the_option_a_changed_region_is_refused_and_nothing_is_lost(
    project: Project, world: World
) -> None:
    before, live = kept(project), numbers(world)
    declare(project, support=an_agent(hostingRegion="EUROPE"), first=TESTER)
    world.clear_journal()
    refused = project.fails("up", "--yes", "--skip-preview", *forced(project, project.urn("support"), "--replace"))
    assert len([line for line in refused.said["support"] if line.startswith("error: ")]) == 1
    assert f"agent {live[0]} has this service code already" in refused.out
    assert (writes(world), numbers(world), kept(project)) == ([], live, before)


@proves("P13", "D22", "D27")
@pytest.mark.parametrize("later", [{}, {"description": "Answers more"}], ids=["as it is", "with a change"])
def test_what_a_stopped_replacement_leaves_in_state_never_deletes_the_agent(
    project: Project, world: World, later: dict[str, Any]
) -> None:
    (number,) = numbers(world)
    world.fault("create_agent", 400)
    more = an_agent({"depends_on": []}, serviceCode="OTHER")
    declare(project, support=an_agent(), first=TESTER, other=more)
    project.fails("up", "--yes", "--skip-preview", *forced(project, project.urn("support"), "--replace"))
    assert kept(project).count(("support", number)) == 2  # the new one, and the old one that is still to be deleted
    declare(project, support=an_agent(**later), first=TESTER, other=more)
    world.clear_journal()
    run = project.up()
    assert f"agent {number} stays" in run.out
    assert "delete_agent" not in writes(world)
    assert number in numbers(world)
    assert kept(project).count(("support", number)) == 1
    project.settles()
