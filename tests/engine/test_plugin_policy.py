"""The deletion policy of what a program declares that can set no option by itself: the provider alone holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from forcing import WAYS, replace, taint
from plugged import an_agent, declare, plugged
from proves import proves
from wire import writes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from project import Project

    from rcs_simulator import World


def _both(opts: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {way: an_agent(opts, serviceCode=way) for way in WAYS}


@pytest.fixture
def project(make: Callable[..., Project]) -> Project:
    return plugged(make())


def _made(project: Project, **agents: Any) -> dict[str, str]:
    """Makes agents, which no option protects; gives their numbers."""
    declare(project, **agents)
    project.up()
    found = [each for each in project.export()["resources"] if each["type"].startswith("kaleyra:")]
    assert not any(each.get("protect") for each in found)
    return {each["urn"].split("::")[-1]: each["id"] for each in found}


@proves("D13", "D29", "F4")
def test_under_prevent_a_replacement_is_refused_in_preview_a_deletion_when_it_comes_and_a_forced_one_loses_no_agent(
    project: Project, world: World
) -> None:
    numbers = _made(project, agent=an_agent(), **_both())
    urn, before = project.urn("agent"), world.agents()
    world.clear_journal()
    declare(project, agent=an_agent(hostingRegion="EUROPE"), **_both())
    assert project.fails("preview").said == {
        "agent": [
            (
                f"error: hostingRegion cannot change in place, and agent {numbers['agent']} is protected by "
                'deletionPolicy "prevent". Set "delete" or "retain", run `pulumi up`, and only then change it.'
            )
        ]
    }
    # One after the other, as the engine that goes on after an error waits for ever for the new one of a replacement.
    declare(project, agent=an_agent(), **_both({"delete_before_replace": True}))
    flags = replace(project)
    refused = {"replaced": project.fails("up", "--yes", "--skip-preview", *flags)}
    taint(project)
    refused["tainted"] = project.fails("up", "--yes", "--skip-preview")
    for name, run in refused.items():
        assert 'protected by its deletionPolicy "prevent"' in "".join(run.said[name]), run.out
    destroyed = project.fails("destroy", "--yes", "--skip-preview", "--continue-on-error")
    for name in numbers:
        assert 'it is protected by its deletionPolicy "prevent"' in "".join(destroyed.said[name]), destroyed.out
    assert (writes(world), world.agents()) == ([], before)
    # Without the option the new one is made first: it finds the agent with its code, and the deletion leaves it alone.
    declare(project, agent=an_agent(), **_both())
    kept = project.up(*flags)
    for name in WAYS:
        assert f"agent {numbers[name]} stays" in "".join(kept.said[name]), kept.out
    project.settles()
    declare(project, **_both())
    gone = "".join(project.fails("up", "--yes", "--skip-preview").said["agent"])
    assert 'it is protected by its deletionPolicy "prevent"' in gone
    assert f"`pulumi state delete '{urn}'`" in gone
    assert (writes(world), world.agents()) == ([], before)
    # The way out that the line names.
    declare(project, agent=an_agent(deletionPolicy="delete"), **_both())
    project.up()
    declare(project, **_both())
    project.up()
    assert world.agent(numbers["agent"])["status"] == "DELETED"
    assert {each["agent_number"] for each in world.agents()} == {numbers[name] for name in WAYS}


@proves("D13", "D4", "P13")
def test_a_replacement_deletes_the_old_agent_first_under_delete_without_an_option_and_only_forgets_it_under_retain(
    project: Project, world: World
) -> None:
    old = _made(
        project,
        gone=an_agent(deletionPolicy="delete"),
        left=an_agent(deletionPolicy="retain", serviceCode="LEFT"),
    )
    world.clear_journal()
    new = _made(
        project,
        gone=an_agent(deletionPolicy="delete", hostingRegion="EUROPE"),
        left=an_agent(deletionPolicy="retain", serviceCode="OTHER", hostingRegion="EUROPE"),
    )
    changes = [each for each in world.journal() if each.method != "GET"]
    of_gone = [each.operation for each in changes if each.agent_number in (old["gone"], new["gone"])]
    assert (of_gone, len(changes)) == (["delete_agent", "create_agent"], 3)
    assert world.agent(old["gone"])["status"] == "DELETED"
    regions = {each["service_code"]: each["hosting_region"] for each in world.agents()}
    assert regions == {"SUPPORT": "EUROPE", "OTHER": "EUROPE", "LEFT": "ASIA_PACIFIC"}
    project.settles()
    run = project.destroy()
    assert 'its deletionPolicy is "retain", so it is only forgotten here' in "".join(run.said["left"])
    assert {each["service_code"] for each in world.agents()} == {"LEFT", "OTHER"}
