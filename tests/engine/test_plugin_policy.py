"""The deletion policy of what a program declares that can set no option by itself: the provider alone holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugged import an_agent, declare, forced, plugged
from proves import proves
from wire import writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World


@pytest.fixture
def project(make: Callable[..., Project]) -> Project:
    return plugged(make())


def _made(project: Project, **changes: str) -> tuple[str, str]:
    """Makes an agent; gives its number and its URN."""
    declare(project, agent=an_agent(**changes))
    project.up()
    (found,) = [each for each in project.export()["resources"] if each["type"].startswith("kaleyra:")]
    assert not found.get("protect")
    return found["id"], found["urn"]


@proves("D13", "D29", "F4")
def test_under_prevent_a_replacement_is_refused_in_preview_and_a_deletion_when_it_comes(
    project: Project, world: World
) -> None:
    number, urn = _made(project)
    world.clear_journal()
    declare(project, agent=an_agent(hostingRegion="EUROPE"))
    assert project.fails("preview").said == {
        "agent": [
            (
                f"error: hostingRegion cannot change in place, and agent {number} is protected by deletionPolicy "
                '"prevent". Set "delete" or "retain", run `pulumi up`, and only then change it.'
            )
        ]
    }
    declare(project)
    refused = project.fails("up", "--yes", "--skip-preview")
    assert 'it is protected by its deletionPolicy "prevent"' in refused.out
    assert f"`pulumi state delete '{urn}'`" in refused.out
    assert 'protected by its deletionPolicy "prevent"' in project.fails("destroy", "--yes", "--skip-preview").out
    assert writes(world) == []
    # The way out that the line names.
    declare(project, agent=an_agent(deletionPolicy="delete"))
    project.up()
    declare(project)
    project.up()
    assert world.agent(number)["status"] == "DELETED"


@proves("D13", "D29", "F4")
@pytest.mark.parametrize("way", ["--replace", "taint"])
def test_a_forced_replacement_under_prevent_loses_no_agent(project: Project, world: World, way: str) -> None:
    number, urn = _made(project)
    world.clear_journal()
    declare(project, agent=an_agent({"delete_before_replace": True}))
    refused = project.fails("up", "--yes", "--skip-preview", *forced(project, urn, way))
    assert 'protected by its deletionPolicy "prevent"' in refused.out
    # Without the option the new one is made first: it finds the agent with its code, and the deletion leaves it alone.
    declare(project, agent=an_agent())
    kept = project.up(*forced(project, urn, way))
    assert f"agent {number} stays" in kept.out
    assert (writes(world), [each["agent_number"] for each in world.agents()]) == ([], [number])
    project.settles()


@proves("D13", "D4", "P13")
def test_under_delete_a_replacement_deletes_the_old_agent_first_without_an_option_of_the_program(
    project: Project, world: World
) -> None:
    number, _ = _made(project, deletionPolicy="delete")
    world.clear_journal()
    declare(project, agent=an_agent(deletionPolicy="delete", hostingRegion="EUROPE"))
    project.up()
    assert writes(world) == ["delete_agent", "create_agent"]
    assert world.agent(number)["status"] == "DELETED"
    assert [each["hosting_region"] for each in world.agents()] == ["EUROPE"]
    project.settles()


@proves("D13", "D4")
def test_under_retain_an_agent_is_only_forgotten(project: Project, world: World) -> None:
    number, _ = _made(project, deletionPolicy="retain")
    declare(project, agent=an_agent(deletionPolicy="retain", hostingRegion="EUROPE", serviceCode="OTHER"))
    project.up()
    assert len(world.agents()) == 2
    world.clear_journal()
    run = project.destroy()
    assert 'its deletionPolicy is "retain", so it is only forgotten here' in run.out
    assert writes(world) == []
    assert number in {each["agent_number"] for each in world.agents()}
