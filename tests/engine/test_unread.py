"""What no answer shows of an agent that was made elsewhere: its first update may reset it, which is said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from proves import proves
from samples import FULL, LEAST
from wire import writes

if TYPE_CHECKING:
    from project import Project

    from rcs_simulator import World

TEXTS: Final = ("default_locale", "agent_test_url", "end_point_config", "primary_interaction_type")
PHONE: Final = {"label_text": "Call", "is_toll_free": False, "country_code": "91", "number": "7360000001"}
NAMES: Final = ", ".join([*TEXTS, "languages", "phones[].country_code"])
SHOWN: Final = {**LEAST, "phones": [{**PHONE, "country_code": ""}]}
"""What a look at the agent tells to declare."""


@proves("A5", "D17")
def test_a_take_over_and_the_first_updates_preview_name_what_the_update_may_reset(
    project: Project, world: World
) -> None:
    elsewhere = {**FULL, "default_locale": "hi", "phones": [PHONE], "brand_details": {"brand_no": "8032"}}
    numbers = {code: world.seed_agent(**{**elsewhere, "service_code": code}) for code in ("LOSES", "KEEPS")}
    declared = {name: {**SHOWN, "website": FULL["website"], "service_code": name} for name in (*numbers, "MADE")}
    project.declare(declared)
    ran = project.up()
    for code, number in numbers.items():
        line, reset = ran.said[code]
        assert line.startswith(f"warning: takes over agent {number}, which has this service code and equals the")
        assert reset == f"warning: no answer shows its {NAMES}, so an update may reset them: declare those that it has"
    project.refresh()
    assert project.preview().ops == {}
    changed = {name: {**each, "description": "Other"} for name, each in declared.items()}
    known = {name: elsewhere[name] for name in (*TEXTS, "languages", "phones")}
    project.declare({**changed, "KEEPS": {**changed["KEEPS"], **known}})
    preview = project.preview()
    (line,) = [each for each in preview.lines("LOSES") if "may reset" in each]
    assert f"the first update of agent {numbers['LOSES']} since it was taken over may reset {NAMES}" in line
    # Of what is declared, and of an agent that this program made, there is nothing to say.
    assert not [each for each in (*preview.lines("KEEPS"), *preview.lines("MADE")) if "may reset" in each]
    world.clear_journal()
    project.up()
    assert writes(world) == ["update_agent"] * 3
    assert {name: world.agent(numbers["KEEPS"])[name] for name in known} == known
    lost = {name: world.agent(numbers["LOSES"])[name] for name in TEXTS}
    assert lost != {name: elsewhere[name] for name in TEXTS}
    # It is said of the first update only.
    project.declare({**changed, "KEEPS": {**changed["KEEPS"], **known}, "LOSES": declared["LOSES"]})
    again = project.preview()
    assert (again.ops, "may reset" in again.diagnostics) == ({"LOSES": "update"}, False)
    # Languages that were not declared before a create, or with a take-over, still cannot be.
    project.declare(
        {**changed, "KEEPS": {**changed["KEEPS"], **known}, "MADE": {**changed["MADE"], "languages": ["X"]}}
    )
    refused = project.fails("preview", "--target", project.urn("MADE"))
    assert "languages cannot change after creation" in "".join(refused.said["MADE"])
