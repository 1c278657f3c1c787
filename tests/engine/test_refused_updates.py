"""An update that Kaleyra refuses: whose fault it is, and what a user can do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proves import proves
from samples import LEAST
from wire import calls, puts, writes

if TYPE_CHECKING:
    from project import Project

    from rcs_simulator import World

ASKED = "could not update agent {}: Required fields are missing: missing required fields: verification_name, "


@proves("A11", "B16")
def test_an_update_to_a_service_code_that_is_taken_names_its_owner_and_the_way_out(
    project: Project, world: World
) -> None:
    other = world.seed_agent(service_code="TAKEN")
    world.seed_agent(service_code="GONE", status="DELETED")
    world.set(delete_frees_service_code=False)
    agents = {name: {**LEAST, "service_code": name.upper()} for name in ("first", "second")}
    project.declare(agents)
    project.up()
    numbers = {name: project.resources()[name]["id"] for name in agents}
    vendor = (
        "RCS Agent creation Failed: Service code already mapped with another agent. (RCS904, PROV_ERROR, HTTP 400). "
    )
    codes = {"first": "TAKEN", "second": "GONE"}
    ways = {
        "first": (
            f"service_code TAKEN belongs to agent {other}: {vendor}Declare another service_code. Or let that "
            "agent give it up first: updates come before deletions, so where it leaves the program as well, run "
            "`pulumi up` without this change, and then with it."
        ),
        "second": (
            f"service_code GONE is taken: {vendor}The list of agents does not show who has it, perhaps a deleted "
            "agent: declare another service_code."
        ),
    }
    project.declare({name: {**LEAST, "service_code": code} for name, code in codes.items()})
    refused = project.fails_in_part()
    for name, line in ways.items():
        assert [each for each in refused.said[name] if each.startswith("error: ")] == [
            f"error: could not update agent {numbers[name]}: {line}"
        ]
        assert world.agent(numbers[name])["service_code"] == agents[name]["service_code"]


@proves("B16", "D11")
def test_an_update_that_wants_the_verification_asks_for_it_once_and_else_gives_no_advice_that_check_refuses(
    project: Project, world: World
) -> None:
    world.set(put_requires_verification=True)
    project.declare({"agent": LEAST})
    project.up()
    number = project.resources()["agent"]["id"]
    project.declare({"agent": {**LEAST, "description": "Other"}})
    world.clear_journal()
    refused = project.fails("up", "--yes", "--skip-preview")
    (line,) = [each for each in refused.said["agent"] if each.startswith("error: ")]
    assert ASKED.format(number) in line
    assert "What only Kaleyra sets cannot be declared" in line
    assert "Declare these" not in line
    assert writes(world) == ["update_agent"]
    world.set(agent_status_call=True)
    world.clear_journal()
    project.up()
    assert calls(world) == ["get_agent", "update_agent", "get_verification", "update_agent", "get_agent"]
    assert [each.status for each in puts(world, number)] == [400, 200]
    assert world.agent(number)["description"] == "Other"
    shown = project.resources()["agent"]["outputs"]
    assert (shown["verification_name"], shown["verification_state"]) == (
        f"ver__{number}",
        "VERIFICATION_STATE_UNVERIFIED",
    )
    project.settles()
