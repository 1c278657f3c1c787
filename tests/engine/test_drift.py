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

BRAND: Final = {"brand_no": "9000", "provider_brand_no": "", "brand_name": ""}

DRIFTS: Final[Mapping[str, tuple[Any, str, str]]] = {
    "agent_type": ("2", "1", "2"),
    "hosting_region": ("EUROPE", "ASIA_PACIFIC", "EUROPE"),
    "brand_details": (BRAND, "brand_no 8032", "brand_no 9000"),
    "rcs_provider_id": ("3", "1", "3"),
}
"""For each restricted field the value behind the back, and how a line shows the declared and the live one."""


def _made(project: Project, args: Mapping[str, Any] = LEAST) -> str:
    project.declare({"agent": args})
    project.up()
    return str(project.resources()["agent"]["id"])


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
    assert set(project.preview().ops.values()) <= {"update"}
    project.up()
    assert writes(world) == []
    project.settles()
    assert {name: each["id"] for name, each in project.resources().items()} == numbers


@proves("A7")
def test_drift_of_a_restricted_field_that_only_the_update_sees_is_refused_before_the_put(
    project: Project, world: World
) -> None:
    number = _made(project)
    world.patch_agent(number, hosting_region="EUROPE")
    project.declare({"agent": {**LEAST, "description": "Other"}})
    world.clear_journal()
    refused = project.fails("up", "--yes", "--skip-preview")
    assert "hosting_region is EUROPE at Kaleyra, the program says ASIA_PACIFIC" in refused.out
    assert writes(world) == []


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


WAYS: Final = {"console": {**LEAST, "service_code": "CONSOLE"}, "traceless": {**LEAST, "service_code": "TRACELESS"}}
"""Agents named after the way in which they go: deleted in the console, or without a trace."""


def _gone(project: Project, world: World) -> dict[str, str]:
    """The numbers of agents that are in state, and that went behind the back in every way."""
    project.declare(WAYS)
    project.up()
    numbers = {name: each["id"] for name, each in project.resources().items()}
    world.patch_agent(numbers["console"], status="DELETED")
    world.remove_agent(numbers["traceless"])
    assert world.agents() == []
    return numbers


@proves("A1", "D6", "P4")
def test_an_agent_deleted_behind_the_back_is_made_again_after_a_refresh(project: Project, world: World) -> None:
    numbers = _gone(project, world)
    refreshed = project.refresh()
    assert "2 deleted" in refreshed.out
    assert project.resources() == {}
    assert project.preview().ops == dict.fromkeys(WAYS, "create")
    project.up()
    anew = {name: each["id"] for name, each in project.resources().items()}
    assert anew.keys() == numbers.keys()
    assert set(anew.values()).isdisjoint(numbers.values())
    assert len(world.agents()) == 2


@proves("A1")
def test_an_update_of_an_agent_that_is_gone_says_so_and_writes_nothing(project: Project, world: World) -> None:
    number = _made(project)
    world.patch_agent(number, status="DELETED")
    project.declare({"agent": {**LEAST, "description": "Other"}})
    world.clear_journal()
    refused = project.fails("up", "--yes", "--skip-preview")
    assert f"agent {number} is gone at Kaleyra. Run `pulumi refresh`" in refused.out
    assert writes(world) == []


@proves("A3")
def test_destroying_what_is_gone_already_succeeds(project: Project, world: World) -> None:
    _gone(project, world)
    project.destroy()
    assert project.resources() == {}


@proves("A6", "D6")
def test_a_tester_removed_behind_the_back_is_invited_again_after_a_refresh(project: Project, world: World) -> None:
    project.declare({"agent": LEAST}, {"handset": {"agent": "agent", "phoneno": "919000000001"}})
    project.up()
    number = project.resources()["agent"]["id"]
    world.remove_tester(number, "919000000001")
    project.refresh()
    assert set(project.resources()) == {"agent"}
    assert project.preview().ops == {"handset": "create"}
    project.up()
    assert world.invitations(number) == 2


@proves("A6", "D6")
def test_the_testers_of_an_agent_that_is_gone_are_gone_with_it(project: Project, world: World) -> None:
    project.declare({"agent": LEAST}, {"handset": {"agent": "agent", "phoneno": "919000000001"}})
    project.up()
    world.remove_agent(project.resources()["agent"]["id"])
    project.refresh()
    assert project.resources() == {}
    assert project.preview().ops == {"agent": "create", "handset": "create"}


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
def test_a_read_that_fails_fails_the_refresh_and_leaves_state_as_it_was(
    project: Project, world: World, subtests: pytest.Subtests
) -> None:
    project.configure(maxRetries=0, readTimeout=0.5)
    agents = {kind.replace(" ", "-"): {**LEAST, "service_code": kind} for kind in FAULTS}
    project.declare(agents, {f"handset-{name}": {"agent": name, "phoneno": "919000000001"} for name in agents})
    project.up()
    before = project.kept()
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
    assert after == before


@proves("A6")
def test_a_tester_list_about_another_agent_is_an_error_and_not_gone(project: Project, world: World) -> None:
    project.declare({"agent": LEAST}, {"handset": {"agent": "agent", "phoneno": "919000000001"}})
    project.up()
    before = project.kept()
    world.patch_tester(project.resources()["agent"]["id"], "919000000001", agent_no="71732")
    refused = project.fails("refresh", "--yes", "--skip-preview")
    assert "the answer names another agent" in refused.out
    assert project.kept() == before


VERIFIED: Final = "VERIFICATION_STATE_VERIFIED"
FROZEN: Final = {
    "display_name": "Help",
    "logo_url": "https://www.example.com/other-logo.png",
    "hero_url": "https://www.example.com/other-hero.jpg",
}


@proves("B5")
def test_fields_that_froze_with_the_verification_are_refused_in_preview(
    project: Project, world: World, subtests: pytest.Subtests
) -> None:
    world.set(verification_in_answers=True)
    number = _made(project)
    world.patch_agent(number, verification_state=VERIFIED)
    project.refresh()
    assert project.preview().ops == {}
    world.clear_journal()
    for name, value in FROZEN.items():
        project.declare({"agent": {**LEAST, name: value}})
        with subtests.test(name):
            assert project.fails("preview").said["agent"] == [
                f"error: {name} cannot change any more: the agent is {VERIFIED}. Put the old value back."
            ]
    assert calls(world) == []


@proves("B5")
def test_what_does_not_freeze_still_changes_after_the_verification(project: Project, world: World) -> None:
    world.set(verification_in_answers=True)
    number = _made(project)
    world.patch_agent(number, verification_state=VERIFIED)
    project.refresh()
    project.declare({"agent": {**LEAST, "description": "Other"}})
    project.up()
    assert world.agent(number)["description"] == "Other"


@proves("B5")
def test_a_verification_that_no_answer_shows_is_the_servers_to_refuse_and_its_words_are_shown(
    project: Project, world: World
) -> None:
    number = _made(project)
    world.patch_agent(number, verification_state=VERIFIED)
    project.declare({"agent": {**LEAST, "hero_url": FROZEN["hero_url"]}})
    refused = project.fails("up", "--yes", "--skip-preview")
    assert f"could not update agent {number}: " in refused.out
    assert "Restricted fields cannot be modified: hero_url" in refused.out
    assert world.agent(number)["hero_url"] == LEAST["hero_url"]
