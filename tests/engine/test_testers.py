"""Testers: a real person is invited once, and never by accident."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from proves import proves
from samples import LEAST, PHONE
from wire import calls, writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project, Run

    from rcs_simulator import World

AGENT: Final = {"agent": LEAST}


def _handset(**more: str) -> dict[str, dict[str, str]]:
    return {"handset": {"agent": "agent", "phoneno": PHONE, **more}}


def _seeded(world: World) -> str:
    """The number of an agent that is there already, without testers; the first `up` takes it over."""
    return world.seed_agent(**{**LEAST, "phones": []})


def _errors(run: Run, name: str) -> list[str]:
    return [line for line in run.said[name] if "error: " in line]


# one invitation for each person


PHONES: Final = {
    name: f"91900000001{each}"
    for each, name in enumerate(("invited", "answer-lost", "never-sent", "there-already", "there-and-refused"))
}
"""By what becomes of its invitation: the phone of a tester of the one agent."""


def _people(**more: Any) -> dict[str, Any]:
    """Declares them all, each with what else is said of it; None leaves one out."""
    named = {name: {"agent": "agent", "phoneno": phone} for name, phone in PHONES.items()}
    given = {**named, **{name.replace("_", "-"): each for name, each in more.items()}}
    return {name: each for name, each in given.items() if each is not None}


def _invited(world: World) -> Counter[str | None]:
    """How often each phone was asked for."""
    return Counter(entry.phoneno for entry in world.journal("register_tester"))


@proves("B8", "B9", "B13", "B16", "D9", "E6")
def test_a_person_is_invited_once_over_three_ups_whatever_becomes_of_the_answer_and_never_who_is_a_tester_already(
    project: Project, world: World
) -> None:
    number = _seeded(world)
    # Nobody accepts; and who is there already is listed in a spelling of Kaleyra's.
    world.set(tester_status="PENDING", respell_testers=True, number_in_answers="number")
    for name in ("there-already", "there-and-refused"):
        world.seed_tester(number, PHONES[name], status="ACTIVE")
    world.fault("register_tester", "lost", phoneno=PHONES["answer-lost"])
    world.fault("register_tester", "close", phoneno=PHONES["never-sent"])
    refused = {"agent": "agent", "phoneno": PHONES["there-and-refused"], "on_existing": "error"}
    project.declare(AGENT, _people(there_and_refused=refused, nowhere={"agent_no": "99999", "phoneno": PHONE}))
    first = project.fails_in_part()
    assert world.pending_faults() == []
    asked = {PHONES[name] for name in ("invited", "answer-lost", "never-sent")}
    assert _invited(world) == Counter(asked)
    assert "no invitation was sent" in "".join(first.said["there-already"])
    assert project.resources()["there-already"]["outputs"]["status"] == "ACTIVE"
    assert "answer-lost" in project.resources()
    (line,) = _errors(first, "there-and-refused")
    assert 'it is one already, and on_existing is "error"' in line
    (line,) = _errors(first, "never-sent")
    assert "nothing was sent again. Run `pulumi up` again" in line
    assert _errors(first, "nowhere") == [
        (
            "error: could not register ***01 as a tester of agent 99999: Unable to fetch RCS Agent details: "
            f"Agent not found (RCS904, PROV_ERROR, HTTP 400). Account {world.sid} in pod in has no such agent: "
            "`kaleyra-rcs agents` lists those that it has. An agent of another account needs a tester with that "
            "account's provider."
        )
    ]
    # What did not happen is left to the next `up`; all else is done.
    world.clear_journal()
    project.declare(AGENT, _people(there_and_refused=None))
    for _ in range(2):
        project.up()
    assert writes(world) == ["register_tester"]
    assert _invited(world) == Counter([PHONES["never-sent"]])
    assert world.invitations(number) == len(asked)
    project.settles()


@proves("B10", "A6")
def test_another_spelling_of_the_number_is_no_change_also_where_only_the_older_path_of_the_list_exists(
    project: Project, world: World
) -> None:
    world.set(new_tester_list="404")
    project.declare(AGENT, _handset())
    project.up()
    world.clear_journal()
    project.declare(AGENT, _handset(phoneno="+91 90000 00001"))
    project.up("--expect-no-changes")
    assert calls(world) == []
    project.settles()
    assert world.invitations(project.resources()["agent"]["id"]) == 1


@proves("B12")
def test_a_used_up_quota_is_named_asked_for_once_and_leaves_the_others_be(project: Project, world: World) -> None:
    number = _seeded(world)
    world.set(tester_daily_quota=0)
    project.declare({**AGENT, "other": {**LEAST, "service_code": "OTHER"}}, _handset())
    refused = project.fails("up", "--yes", "--skip-preview")
    assert _errors(refused, "handset") == [
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
def test_another_resend_sends_the_invitation_once_more_and_only_then_and_counts_if_its_answer_is_lost(
    project: Project, world: World
) -> None:
    agents = {**AGENT, "other": {**LEAST, "service_code": "OTHER"}}

    def resend(count: str | None) -> None:
        said = {} if count is None else {"resend": count}
        lost = {"agent": "other", "phoneno": PHONES["answer-lost"], **said}
        project.declare(agents, {**_handset(**said), "lost": lost})

    resend("1")
    project.up()
    numbers = [project.resources()[name]["id"] for name in agents]
    resend("2")
    preview = project.preview()
    assert preview.ops == {"handset": "update", "lost": "update"}
    assert (preview.changed("handset"), preview.changed("lost")) == (["resend"], ["resend"])
    world.fault("register_tester", "lost", phoneno=PHONES["answer-lost"])
    run = project.up()
    assert "it counts as sent" in "".join(run.said["lost"])
    assert "handset" not in run.said
    assert [world.invitations(each) for each in numbers] == [2, 2]
    project.refresh()
    project.up()
    assert [world.invitations(each) for each in numbers] == [2, 2]
    # To stop saying it is not to say it again.
    resend(None)
    project.up()
    assert [world.invitations(each) for each in numbers] == [2, 2]


@proves("P11")
def test_twenty_testers_of_one_agent_cost_one_list_and_twenty_posts(project: Project, world: World) -> None:
    _seeded(world)
    handsets = {f"handset-{each}": {"agent": "agent", "phoneno": f"9190000000{each}"} for each in range(10, 30)}
    project.declare(AGENT, handsets)
    project.up()
    of_testers = [each for each in calls(world) if not each.endswith(("_agent", "_agents"))]
    assert sorted(of_testers) == ["list_testers", *["register_tester"] * 20]
    phones = [entry.phoneno for entry in world.journal("register_tester")]
    assert sorted(str(each) for each in phones) == [each["phoneno"] for each in handsets.values()]
    world.clear_journal()
    project.refresh()
    assert sorted(calls(world)) == ["get_agent", "list_testers"]
    assert len(project.resources()) == 21


# the end of a tester, and another in its place


@proves("B7", "B11")
def test_deleting_forgets_the_tester_with_one_warning_for_each_agent_and_no_call_whatever_the_policy(
    make: Callable[..., Project], world: World
) -> None:
    project = make()
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
    assert set(project.resources()) == {"agent"}
    assert len(world.testers(number)) == 4
    assert len(world.agents()) == 1


BEFORE: Final = {
    "follows": {"agent": "anew", "phoneno": "919000000001"},
    "orphan": {"agent": "gone", "phoneno": "919000000002"},
    "moves": {"agent": "one", "phoneno": "919000000003"},
    "swaps": {"agent": "one", "phoneno": "919000000004"},
}
AFTER: Final = {
    **BEFORE,
    "moves": {"agent": "two", "phoneno": "919000000003"},
    "swaps": {"agent": "one", "phoneno": "919000000005"},
}
"""The same testers, two of them with another agent and another phone."""


@proves("B10", "D25", "A1", "B11")
def test_a_tester_is_replaced_with_its_agent_another_agent_or_another_phone_and_goes_when_its_list_is_gone(
    project: Project, world: World
) -> None:
    agents = {name: {**LEAST, "service_code": name} for name in ("anew", "gone", "one", "two")}
    project.declare(agents, BEFORE)
    project.up()
    # Deleted, an agent is gone; its testers stay in state for as long as their list is answered.
    world.patch_agent(project.resources()["gone"]["id"], status="DELETED")
    project.refresh()
    assert set(project.resources()) == {*agents, *BEFORE} - {"gone"}
    project.declare({**agents, "anew": {**agents["anew"], "hosting_region": "EUROPE"}}, AFTER)
    preview = project.preview()
    assert preview.ops == {"anew": "replace", "gone": "create", **dict.fromkeys(BEFORE, "replace")}
    assert (preview.changed("moves"), preview.changed("swaps")) == (["agent_no"], ["phoneno"])
    for name, field in (("moves", "agent_no"), ("swaps", "phoneno")):
        assert any(
            line.startswith(f"warning: {field} cannot change in place: another invitation is sent")
            for line in preview.lines(name)
        )
    world.clear_journal()
    project.up()
    assert sorted(writes(world)) == ["create_agent", "create_agent", "delete_agent", *["register_tester"] * 4]
    made = {name: each["id"] for name, each in project.resources().items()}
    for name, each in AFTER.items():
        number = made[each["agent"]]
        assert made[name] == f"{number}/{each['phoneno']}"
        assert each["phoneno"] in {one["phoneno"] for one in world.testers(number)}
    assert [world.invitations(made[name]) for name in ("anew", "gone", "two")] == [1, 1, 1]
    # Without a trace of the agent its list is no longer answered.
    world.remove_agent(made["gone"])
    project.refresh()
    assert set(project.resources()) == {*agents, *BEFORE} - {"gone", "orphan"}
