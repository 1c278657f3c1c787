"""An agent that an answer has called verified: nothing of it is given up without an explicit word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from proves import proves
from samples import LEAST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from project import Project

    from rcs_simulator import World

VERIFIED = "VERIFICATION_STATE_VERIFIED"


CHANGES: Final[Mapping[str, Any]] = {"hosting_region": "EUROPE", "brand_details": {"brand_no": "9000"}}
"""Another value for fields that need a new agent."""

AGENTS: Final = {name: {**LEAST, "service_code": name} for name in ("changed", "renamed", "kept")}


@proves("B5", "D14", "B16", "D13")
def test_a_verified_agent_is_not_replaced_for_a_field_nor_stops_a_refresh_and_is_kept_where_kaleyra_does_not_delete_it(
    project: Project, world: World
) -> None:
    world.set(verification_in_answers=True)
    project.declare(AGENTS)
    project.up()
    numbers = {name: each["id"] for name, each in project.resources().items()}
    for number in numbers.values():
        world.patch_agent(number, verification_state=VERIFIED)
    world.patch_agent(numbers["renamed"], display_name="Renamed")
    project.refresh()
    _is_not_renamed_back(project)
    _is_replaced_only_if_that_is_said(project, world, numbers["changed"])
    _is_kept(project, world, numbers["kept"])


def _is_not_renamed_back(project: Project) -> None:
    """A frozen field that Kaleyra changed does not stop a refresh."""
    assert project.resources()["renamed"]["outputs"]["display_name"] == "Renamed"
    refused = project.fails("preview")
    assert (
        f"error: display_name cannot change any more: the agent is {VERIFIED}. Put the old value back."
        in refused.errors
    )
    project.declare(_agents())
    project.settles()


def _agents(**changed: Any) -> dict[str, Any]:
    """The agents as they are, but for what changes of the first one."""
    renamed = {**AGENTS["renamed"], "display_name": "Renamed"}
    return {**AGENTS, "renamed": renamed, "changed": {**AGENTS["changed"], **changed}}


def _is_replaced_only_if_that_is_said(project: Project, world: World, number: str) -> None:
    """A changed field alone never does it."""
    world.clear_journal()
    urn = project.urn("changed")
    for field, value in CHANGES.items():
        project.declare(_agents(**{field: value}))
        refused = project.fails("preview")
        assert (
            f"error: {field} needs a new agent, and agent {number} is {VERIFIED}: deleting it cannot be undone. "
            f"Put the old value back, or say it outright: `pulumi up --replace '{urn}'`."
        ) in refused.errors
    assert world.journal() == []
    project.declare(_agents(**CHANGES))
    project.up("--replace", urn)
    assert world.agent(number)["status"] == "DELETED"
    live = world.agent(project.resources()["changed"]["id"])
    assert {name: live[name] for name in CHANGES} == CHANGES


def _is_kept(project: Project, world: World, number: str) -> None:
    """Where Kaleyra does not delete it, by the way that the line names."""
    world.set(delete_verified="refuse")
    kept = ("--target", project.urn("kept"))
    refused = project.fails("destroy", "--yes", "--skip-preview", *kept)
    (line,) = [each for each in refused.errors if "could not" in each]
    assert f"could not delete agent {number}: RCS Agent operation Failed: Verified agent cannot be deleted" in line
    assert 'set deletion_policy="retain" on it, run `pulumi up`, then destroy' in line
    project.declare({**_agents(**CHANGES), "kept": {**AGENTS["kept"], "deletion_policy": "retain"}})
    project.up()
    project.destroy(*kept)
    assert world.agent(number)["status"] != "DELETED"
    assert "kept" not in project.resources()
