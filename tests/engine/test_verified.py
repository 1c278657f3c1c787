"""An agent that an answer has called verified: nothing of it is given up without an explicit word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from declarations import LEAST

if TYPE_CHECKING:
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


@pytest.mark.parametrize(("field", "value"), [("hosting_region", "EUROPE"), ("brand_details", {"brand_no": "9000"})])
def test_b5_d14_a_changed_field_alone_never_replaces_a_verified_agent(
    project: Project, world: World, number: str, field: str, value: object
) -> None:
    project.declare({"agent": {**LEAST, field: value}})
    refused = project.fails("preview")
    urn = project.urn("agent")
    assert (
        f"error: {field} needs a new agent, and agent {number} is {VERIFIED}: deleting it cannot be undone. "
        f"Put the old value back, or say it outright: `pulumi up --replace '{urn}'`."
    ) in refused.errors
    assert world.journal() == []
    project.up("--replace", urn)
    assert world.agent(number)["status"] == "DELETED"
    assert [each[field] for each in world.agents()] == [value]


def test_b5_a_frozen_field_that_kaleyra_changed_does_not_stop_a_refresh(
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
