"""An agent that an answer has called verified: nothing of it is given up without an explicit word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from proves import proves
from samples import LEAST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from project import Project

    from rcs_simulator import World

VERIFIED = "VERIFICATION_STATE_VERIFIED"


@pytest.fixture
def number(project: Project, world: World) -> str:
    """The number of an agent that is verified, and known to be."""
    world.set(verification_in_answers=True)
    project.declare({"agent": LEAST})
    project.up()
    number = str(project.resources()["agent"]["id"])
    world.patch_agent(number, verification_state=VERIFIED)
    project.refresh()
    world.clear_journal()
    return number


CHANGES: Final[Mapping[str, Any]] = {"hosting_region": "EUROPE", "brand_details": {"brand_no": "9000"}}
"""Another value for fields that need a new agent."""


@proves("B5", "D14")
def test_a_changed_field_alone_never_replaces_a_verified_agent(project: Project, world: World, number: str) -> None:
    for field, value in CHANGES.items():
        project.declare({"agent": {**LEAST, field: value}})
        refused = project.fails("preview")
        urn = project.urn("agent")
        assert (
            f"error: {field} needs a new agent, and agent {number} is {VERIFIED}: deleting it cannot be undone. "
            f"Put the old value back, or say it outright: `pulumi up --replace '{urn}'`."
        ) in refused.errors
    assert world.journal() == []
    project.declare({"agent": {**LEAST, **CHANGES}})
    project.up("--replace", urn)
    assert world.agent(number)["status"] == "DELETED"
    assert [{name: each[name] for name in CHANGES} for each in world.agents()] == [CHANGES]


@proves("B5")
def test_a_frozen_field_that_kaleyra_changed_does_not_stop_a_refresh(
    project: Project, world: World, number: str
) -> None:
    world.patch_agent(number, display_name="Renamed")
    project.refresh()
    assert project.resources()["agent"]["outputs"]["display_name"] == "Renamed"
    refused = project.fails("preview")
    assert (
        f"error: display_name cannot change any more: the agent is {VERIFIED}. Put the old value back."
        in refused.errors
    )
    project.declare({"agent": {**LEAST, "display_name": "Renamed"}})
    project.settles()


@proves("B5", "B16", "D13")
def test_a_verified_agent_that_kaleyra_does_not_delete_is_kept_by_the_way_that_the_line_names(
    project: Project, world: World, number: str
) -> None:
    world.set(delete_verified="refuse")
    project.configure(deletionPolicy="delete")
    project.up()
    (line,) = [each for each in project.fails("destroy", "--yes", "--skip-preview").errors if "could not" in each]
    assert f"could not delete agent {number}: RCS Agent operation Failed: Verified agent cannot be deleted" in line
    assert 'set deletion_policy="retain" on it, run `pulumi up`, then destroy' in line
    project.declare({"agent": {**LEAST, "deletion_policy": "retain"}})
    project.up()
    project.destroy()
    assert world.agent(number)["status"] != "DELETED"
    assert project.resources() == {}
