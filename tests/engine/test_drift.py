"""What changes, or goes, behind the back: shown as what it is, and never paid for with an agent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from proves import proves
from samples import FULL, LEAST, SENT
from wire import calls, puts, writes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest
    from project import Project

    from rcs_simulator import World

PHONE: Final = "919000000001"
BRAND: Final = {"brand_no": "9000", "provider_brand_no": "", "brand_name": ""}

DRIFTS: Final[Mapping[str, tuple[Any, str, str]]] = {
    "agent_type": ("2", "1", "2"),
    "hosting_region": ("EUROPE", "ASIA_PACIFIC", "EUROPE"),
    "brand_details": (BRAND, "brand_no 8032", "brand_no 9000"),
    "rcs_provider_id": ("3", "1", "3"),
}
"""For each restricted field the value behind the back, and how a line shows the declared and the live one."""


@proves("A7", "D14")
def test_drift_of_a_restricted_field_is_shown_and_refused_and_never_replaces(
    project: Project, world: World, subtests: pytest.Subtests
) -> None:
    agents = {name: {**LEAST, "service_code": name} for name in DRIFTS}
    project.declare(agents)
    project.up()
    numbers = {name: each["id"] for name, each in project.resources().items()}
    for name, (value, _, _) in DRIFTS.items():
        world.patch_agent(numbers[name], **{name: value})
    project.refresh()
    preview = project.preview()
    assert (preview.code, preview.ops) == (0, dict.fromkeys(DRIFTS, "update")), preview.raw
    lines = {name: f"{name} is {live} at Kaleyra, the program says {said}" for name, (_, said, live) in DRIFTS.items()}
    for name, line in lines.items():
        assert [each[: len("warning: " + line)] for each in preview.lines(name)] == ["warning: " + line]
    world.clear_journal()
    refused = project.fails_in_part()
    for name, line in lines.items():
        with subtests.test(name):
            assert [line in each for each in refused.said[name] if each.startswith("error: ")] == [True], refused.out
    assert calls(world) == []
    # Declaring what Kaleyra has ends it: nothing is sent, and nothing is made anew.
    live = {name: value for name, (value, _, _) in DRIFTS.items()} | {"brand_details": {"brand_no": "9000"}}
    project.declare({name: {**agents[name], name: live[name]} for name in DRIFTS})
    project.up()
    assert writes(world) == []
    project.settles()
    assert {name: each["id"] for name, each in project.resources().items()} == numbers


@proves("A1", "A7", "B5")
def test_what_only_an_update_sees_is_told_in_one_line_and_nothing_is_overwritten(
    project: Project, world: World
) -> None:
    agents = {name: {**LEAST, "service_code": name} for name in ("gone", "moved", "verified")}
    project.declare(agents)
    project.up()
    numbers = {name: each["id"] for name, each in project.resources().items()}
    world.patch_agent(numbers["gone"], status="DELETED")
    world.patch_agent(numbers["moved"], hosting_region="EUROPE")
    world.patch_agent(numbers["verified"], verification_state=VERIFIED)  # which no answer shows
    changes = {name: {"description": "Other"} for name in ("gone", "moved")} | {"verified": {"hero_url": OTHER_HERO}}
    project.declare({name: {**args, **changes[name]} for name, args in agents.items()})
    world.clear_journal()
    said = project.fails_in_part().said
    lines = {name: next(line for line in said[name] if "error: " in line) for name in agents}
    assert f"agent {numbers['gone']} is gone at Kaleyra. Run `pulumi refresh`" in lines["gone"]
    assert "hosting_region is EUROPE at Kaleyra, the program says ASIA_PACIFIC" in lines["moved"]
    # This is the server's to refuse, and its words are shown.
    assert f"could not update agent {numbers['verified']}: " in lines["verified"]
    assert "Restricted fields cannot be modified: hero_url" in lines["verified"]
    assert world.agent(numbers["verified"])["hero_url"] == LEAST["hero_url"]
    written = {each.agent_number for each in world.journal() if each.method != "GET"}
    assert written <= {numbers["verified"]}


CONSOLE: Final[Mapping[str, Any]] = {
    "description": "Changed in the console",
    "display_name": "Console",
    "color": "#8a1e1e",
    "billing_category": "CONVERSATIONAL",
    "agent_use_case": "OTP",
    "logo_url": "https://www.example.com/console.png",
    "privacy": {"label_text": "Privacy", "website": "https://www.example.com/console"},
    "phones": [FULL["phones"][0]],
    "emails": [],
    "website": [],
}
"""What somebody made of one field each, behind the back."""


@proves("P5", "D3")
def test_drift_of_one_field_shows_as_exactly_that_field_and_is_put_right(project: Project, world: World) -> None:
    project.declare({name: {**FULL, "service_code": name} for name in CONSOLE})
    project.up()
    numbers = {name: each["id"] for name, each in project.resources().items()}
    for name, value in CONSOLE.items():
        world.patch_agent(numbers[name], **{name: value})
    refreshed = project.refresh()
    assert {name: f"[diff: ~{name}]" in refreshed.out for name in CONSOLE} == dict.fromkeys(CONSOLE, True)
    preview = project.preview()
    assert preview.ops == dict.fromkeys(CONSOLE, "update")
    assert {name: {re.split(r"[.\[]", path)[0] for path in preview.changed(name)} for name in CONSOLE} == {
        name: {name} for name in CONSOLE
    }
    world.clear_journal()
    project.up()
    sent = {name: [each.status for each in puts(world, number)] for name, number in numbers.items()}
    assert sent == {name: [200] for name in CONSOLE}
    assert {name: world.agent(numbers[name])[name] for name in CONSOLE} == {name: SENT[name] for name in CONSOLE}
    assert project.preview().ops == {}


@proves("A1", "A3", "A6", "D6", "P4")
def test_what_went_behind_the_back_is_made_again_after_a_refresh_and_may_be_destroyed_without(
    project: Project, world: World
) -> None:
    # Agents named after the way in which they go: deleted in the console, or without a trace and with their testers.
    ways = ("console", "traceless")
    agents = {name: {**LEAST, "service_code": name} for name in (*ways, "stays")}
    testers = {f"of-{name}": {"agent": name, "phoneno": PHONE} for name in ("traceless", "stays")}
    project.declare(agents, testers)
    project.up()
    numbers = {name: project.resources()[name]["id"] for name in agents}

    def leave(numbers: Mapping[str, str]) -> None:
        world.patch_agent(numbers["console"], status="DELETED")
        world.remove_agent(numbers["traceless"])
        world.remove_tester(numbers["stays"], PHONE)
        assert len(world.agents()) == 1

    leave(numbers)
    assert "4 deleted" in project.refresh().out
    assert set(project.resources()) == {"stays"}
    assert project.preview().ops == dict.fromkeys([*ways, *testers], "create")
    project.up()
    anew = {name: project.resources()[name]["id"] for name in agents}
    assert anew["stays"] == numbers["stays"]
    assert {anew[name] for name in ways}.isdisjoint(numbers.values())
    assert len(world.agents()) == len(agents)
    assert {name: world.invitations(anew[name]) for name in ("traceless", "stays")} == {"traceless": 1, "stays": 2}
    leave(anew)
    project.destroy()
    assert project.resources() == {}


FAULTS: Final[Mapping[str, tuple[Any, str]]] = {
    "wrong key": ("RBC201", "Incorrect SID or API key: API Key Not Found (RBC201, HTTP 401)"),
    "bare 401": ({"kind": "status", "status": 401, "body": ""}, "the answer has no Kaleyra envelope (HTTP 401)"),
    "bare 403": (403, "the answer has no Kaleyra envelope (HTTP 403)"),
    "channel off": ("RCS601", "RCS Channel is not enabled for this User (RCS601, RCS_CHANNEL_DISABLED, HTTP 400)"),
    "internal error": (500, "Internal Server Error (RCS500, RCS_CHANNEL_INTERNAL_ERROR, HTTP 500)"),
    "gateway's page": ("html502", "the answer has no Kaleyra envelope (HTTP 502)"),
    "bare 404": ("html404", "the answer has no Kaleyra envelope (HTTP 404)"),
    "empty 404": ({"kind": "empty", "status": 404}, "the answer has no Kaleyra envelope (HTTP 404)"),
    "another's not-found": ("other_not_found", "Brand not found (RCS904, PROV_ERROR, HTTP 400)"),
    "closed": ("close", "closed the connection without an answer"),
    "no answer in time": ("stall", "gave no answer in time"),
    "half an answer": ("truncated", "the answer is not JSON (HTTP 200)"),
    "empty answer": ("empty", "the answer is empty (HTTP 200)"),
}
"""What is no sign that anything is gone, and what a user reads of it."""


@proves("A2", "A6")
def test_a_read_that_fails_or_tells_of_another_agent_fails_the_refresh_and_leaves_state_as_it_was(
    project: Project, world: World, subtests: pytest.Subtests
) -> None:
    project.configure(maxRetries=0, readTimeout=0.5)
    agents = {kind.replace(" ", "-"): {**LEAST, "service_code": kind} for kind in FAULTS}
    other = {"another's": {**LEAST, "service_code": "ANOTHER"}}
    testers = {f"handset-{name}": {"agent": name, "phoneno": PHONE} for name in (*agents, *other)}
    project.declare({**agents, **other}, testers)
    project.up()
    before = project.kept()
    world.patch_tester(before["another's"][0], PHONE, agent_no="71732")
    for kind, (fault, _) in FAULTS.items():
        world.fault("get_agent", fault, service_code=kind)
        # The list of testers has two paths, and the older one is asked where the newer does not exist.
        world.fault("list_testers", *([fault, fault] if "404" in kind else [fault]), service_code=kind)
    refused = project.fails("refresh", "--yes", "--skip-preview")
    assert world.pending_faults() == []
    after = project.kept()
    for name, (_, text) in zip(agents, FAULTS.values(), strict=True):
        with subtests.test(name):
            number = before[name][0]
            agent, tester = (
                [each for each in refused.said[row] if "error: " in each] for row in (name, f"handset-{name}")
            )
            assert (len(agent), len(tester)) == (1, 1), refused.out
            assert f"could not read agent {number}: " in agent[0]
            assert f"could not read tester ***01 of agent {number}: " in tester[0]
            assert text in agent[0]
            assert text in tester[0]
            assert after[name] == before[name]
            assert after[f"handset-{name}"] == before[f"handset-{name}"]
    (line,) = [each for each in refused.said["handset-another's"] if "error: " in each]
    assert "the answer names another agent" in line
    assert after == before


VERIFIED: Final = "VERIFICATION_STATE_VERIFIED"
OTHER_HERO: Final = "https://www.example.com/other-hero.jpg"
FROZEN: Final = {
    "display_name": "Help",
    "logo_url": "https://www.example.com/other-logo.png",
    "hero_url": OTHER_HERO,
}


@proves("B5")
def test_fields_that_froze_with_the_verification_are_refused_in_preview_and_others_still_change(
    project: Project, world: World
) -> None:
    world.set(verification_in_answers=True)
    project.declare({"agent": LEAST})
    project.up()
    number = project.resources()["agent"]["id"]
    world.patch_agent(number, verification_state=VERIFIED)
    project.refresh()
    assert project.preview().ops == {}
    world.clear_journal()
    project.declare({"agent": {**LEAST, **FROZEN}})
    assert project.fails("preview").said["agent"] == [
        f"error: {' and '.join(FROZEN)} cannot change any more: the agent is {VERIFIED}. Put the old value back."
    ]
    assert calls(world) == []
    project.declare({"agent": {**LEAST, "description": "Other"}})
    project.up()
    assert world.agent(number)["description"] == "Other"
