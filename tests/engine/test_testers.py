"""Testers: a real person is invited once, and never by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from proves import proves
from samples import LEAST, PHONE
from wire import calls, writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World

AGENT: Final = {"agent": LEAST}


def _handset(**more: str) -> dict[str, dict[str, str]]:
    return {"handset": {"agent": "agent", "phoneno": PHONE, **more}}


def _made(project: Project) -> str:
    """The number of an agent that has no testers."""
    project.declare(AGENT)
    project.up()
    return str(project.resources()["agent"]["id"])


@proves("B8", "B13")
def test_a_tester_is_invited_once_over_three_ups_though_nobody_accepts(project: Project, world: World) -> None:
    world.set(tester_status="PENDING")
    project.declare(AGENT, _handset())
    for _ in range(3):
        project.up()
    assert writes(world) == ["create_agent", "register_tester"]
    assert world.invitations(project.resources()["agent"]["id"]) == 1


@proves("B9")
def test_a_phone_that_is_a_tester_already_is_adopted_without_an_invitation(project: Project, world: World) -> None:
    number = _made(project)
    world.set(respell_testers=True, number_in_answers="number")
    world.seed_tester(number, PHONE, status="ACTIVE")
    project.declare(AGENT, _handset())
    run = project.up()
    assert "no invitation was sent" in run.out
    assert writes(world) == ["create_agent"]
    assert project.resources()["handset"]["outputs"]["status"] == "ACTIVE"
    project.settles()


@proves("B9", "E6")
def test_on_existing_error_refuses_a_phone_that_is_a_tester_already(project: Project, world: World) -> None:
    number = _made(project)
    world.seed_tester(number, PHONE)
    project.declare(AGENT, _handset(on_existing="error"))
    refused = project.fails("up", "--yes", "--skip-preview")
    errors = [line for line in refused.said["handset"] if "error: " in line]
    assert len(errors) == 1
    assert 'it is one already, and on_existing is "error"' in errors[0]
    assert world.invitations(number) == 0


@proves("B10")
def test_another_spelling_of_the_number_is_no_change_and_no_invitation(project: Project, world: World) -> None:
    project.declare(AGENT, _handset())
    project.up()
    world.clear_journal()
    project.declare(AGENT, _handset(phoneno="+91 90000 00001"))
    assert project.preview().ops == {}
    project.up()
    assert calls(world) == []


@proves("B12")
def test_a_used_up_quota_is_named_asked_for_once_and_leaves_the_others_be(project: Project, world: World) -> None:
    number = _made(project)
    world.set(tester_daily_quota=0)
    project.declare({**AGENT, "other": {**LEAST, "service_code": "OTHER"}}, _handset())
    refused = project.fails("up", "--yes", "--skip-preview")
    assert [line for line in refused.said["handset"] if "error: " in line] == [
        (
            f"error: could not register ***01 as a tester of agent {number}: Too many requests: Quota exceeded: "
            "0 tester requests per agent and day (RCS429, RESOURCE_EXHAUSTED, HTTP 429). "
            "An agent may invite 20 testers a day and 200 in all: run `pulumi up` again tomorrow, or use fewer."
        )
    ]
    assert len(world.journal("register_tester")) == 1
    assert {each["service_code"] for each in world.agents()} == {"SUPPORT", "OTHER"}
    world.skip(86_400)
    world.set(tester_daily_quota=20)
    project.up()
    assert world.invitations(number) == 1


@proves("B14")
def test_another_resend_sends_the_invitation_once_more_and_only_then(project: Project, world: World) -> None:
    project.declare(AGENT, _handset(resend="1"))
    project.up()
    number = project.resources()["agent"]["id"]
    project.declare(AGENT, _handset(resend="2"))
    preview = project.preview()
    assert (preview.ops, preview.changed("handset")) == ({"handset": "update"}, ["resend"])
    project.up()
    assert world.invitations(number) == 2
    project.up()
    project.refresh()
    project.up()
    assert world.invitations(number) == 2
    # To stop saying it is not to say it again.
    project.declare(AGENT, _handset())
    project.up()
    assert world.invitations(number) == 2


@proves("B11")
def test_deleting_forgets_the_tester_with_one_warning_for_each_agent_and_no_call(
    project: Project, world: World
) -> None:
    others = {f"other-{each}": {"agent": "agent", "phoneno": f"91900000001{each}"} for each in range(3)}
    project.declare(AGENT, {**_handset(), **others})
    project.up()
    number = project.resources()["agent"]["id"]
    warning = (
        f"warning: the testers removed by this run stay testers of agent {number} at Kaleyra: no API removes testers, "
        "the console does"
    )
    project.declare(AGENT, _handset())
    assert [*project.up().said.values()] == [[warning]], "once, in the row of the first"
    world.clear_journal()
    project.declare(AGENT)
    assert project.preview().ops == {"handset": "delete"}
    run = project.up()
    assert run.said["handset"] == [warning]
    assert calls(world) == []
    assert len(world.testers(number)) == 4


@proves("P11")
def test_twenty_testers_of_one_agent_cost_one_list_and_twenty_posts(project: Project, world: World) -> None:
    _made(project)
    world.clear_journal()
    handsets = {f"handset-{each}": {"agent": "agent", "phoneno": f"9190000000{each}"} for each in range(10, 30)}
    project.declare(AGENT, handsets)
    project.up()
    assert sorted(calls(world)) == ["list_testers", *["register_tester"] * 20]
    phones = [entry.phoneno for entry in world.journal("register_tester")]
    assert sorted(str(each) for each in phones) == [each["phoneno"] for each in handsets.values()]
    world.clear_journal()
    project.refresh()
    assert sorted(calls(world)) == ["get_agent", "list_testers"]
    assert len(project.resources()) == 21


@proves("B8", "D9")
def test_an_invitation_whose_answer_is_lost_is_found_in_the_list_and_not_sent_again(
    project: Project, world: World
) -> None:
    number = _made(project)
    world.fault("register_tester", "lost")
    project.declare(AGENT, _handset())
    project.up()
    assert world.pending_faults() == []
    assert world.invitations(number) == 1
    assert len(world.journal("register_tester")) == 1
    project.settles()


@proves("B8", "D9")
def test_an_invitation_that_did_not_happen_is_left_to_the_next_up(project: Project, world: World) -> None:
    number = _made(project)
    world.fault("register_tester", "close")
    project.declare(AGENT, _handset())
    refused = project.fails("up", "--yes", "--skip-preview")
    assert "nothing was sent again. Run `pulumi up` again" in refused.out
    assert len(world.journal("register_tester")) == 1
    project.up()
    assert world.invitations(number) == 1


@proves("B14")
def test_a_resend_whose_answer_is_lost_counts_as_sent(project: Project, world: World) -> None:
    project.declare(AGENT, _handset(resend="1"))
    project.up()
    number = project.resources()["agent"]["id"]
    world.fault("register_tester", "lost")
    project.declare(AGENT, _handset(resend="2"))
    run = project.up()
    assert "it counts as sent" in run.out
    project.up()
    assert world.invitations(number) == 2


@proves("A6")
def test_the_older_path_of_the_list_serves_where_the_newer_does_not_exist(project: Project, world: World) -> None:
    world.set(new_tester_list="404")
    project.declare(AGENT, _handset())
    project.up()
    project.settles()
    assert world.invitations(project.resources()["agent"]["id"]) == 1


@proves("B7")
def test_a_tester_needs_no_policy_to_be_forgotten(make: Callable[..., Project], world: World) -> None:
    project = make()
    project.declare(AGENT, _handset())
    project.up()
    project.declare(AGENT)
    project.up()
    assert set(project.resources()) == {"agent"}
    assert len(world.agents()) == 1


@proves("D25")
def test_a_replaced_agent_takes_its_testers_along(project: Project, world: World) -> None:
    project.declare(AGENT, _handset())
    project.up()
    project.declare({"agent": {**LEAST, "hosting_region": "EUROPE"}}, _handset())
    assert project.preview().ops == {"agent": "replace", "handset": "replace"}
    project.up()
    number = project.resources()["agent"]["id"]
    assert project.resources()["handset"]["id"] == f"{number}/919000000001"
    assert world.invitations(number) == 1


@proves("A1", "B11")
def test_the_testers_of_a_deleted_agent_leave_state_only_if_their_list_is_no_longer_answered(
    project: Project, world: World
) -> None:
    project.declare(AGENT, _handset())
    project.up()
    world.patch_agent(project.resources()["agent"]["id"], status="DELETED")
    project.refresh()
    assert set(project.resources()) == {"handset"}
    assert project.preview().ops == {"agent": "create", "handset": "replace"}
    project.up()
    number = project.resources()["agent"]["id"]
    assert (project.resources()["handset"]["id"], world.invitations(number)) == (f"{number}/{PHONE}", 1)
    world.remove_agent(number)
    project.refresh()
    assert project.resources() == {}


@proves("B16")
def test_a_tester_of_an_agent_that_the_account_does_not_have_says_where_to_look(project: Project, world: World) -> None:
    project.declare({}, {"handset": {"agent_no": "99999", "phoneno": PHONE}})
    refused = project.fails("up", "--yes", "--skip-preview")
    assert [line for line in refused.said["handset"] if "error: " in line] == [
        (
            "error: could not register ***01 as a tester of agent 99999: Unable to fetch RCS Agent details: "
            f"Agent not found (RCS904, PROV_ERROR, HTTP 400). Account {world.sid} in pod in has no such agent: "
            "`kaleyra-rcs agents` lists those that it has. An agent of another account needs a tester with that "
            "account's provider."
        )
    ]
