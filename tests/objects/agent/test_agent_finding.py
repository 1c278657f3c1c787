"""Finding an agent: by number, by service code, and knowing when it is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fakes import BROKEN, NO_AGENTS, NOT_FOUND, Bench, bad, good
from proves import proves
from samples import LEAST, NUMBER, declared, row_of

from rcs_provider.api.envelope import Answer
from rcs_provider.core import codec
from rcs_provider.core.errors import NotFound, RcsError, Refusal, Unclear
from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.numbered import finding

if TYPE_CHECKING:
    from collections.abc import Callable

ROW = row_of(declared(LEAST))
POLLS = [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0]


@pytest.mark.parametrize("status", ["DELETED", "Deleted", "deleted"])
def test_a_deleted_agent_is_readable_and_gone(bench: Callable[..., Bench], status: str) -> None:
    assert AGENT.fetch(bench(get=good({**ROW, "status": status})).api, NUMBER) is None


@pytest.mark.parametrize("status", ["ACTIVE", "INACTIVE", "REJECTED", "", None])
def test_every_other_status_is_a_live_agent(bench: Callable[..., Bench], status: Any) -> None:
    assert AGENT.fetch(bench(get=good({**ROW, "status": status})).api, NUMBER) is not None


@proves("A1")
@pytest.mark.parametrize(
    "answer",
    [NOT_FOUND, bad("Agent not found", status=404), bad(f"agent {NUMBER} not found"), bad("RCS Agent not found.")],
)
def test_the_documented_not_found_of_this_agent_is_gone(bench: Callable[..., Bench], answer: Answer) -> None:
    assert AGENT.fetch(bench(get=answer).api, NUMBER) is None


@proves("A2")
@pytest.mark.parametrize(
    "answer",
    [
        bad("Brand not found"),
        bad("brand 48400 not found"),
        bad("Agent 99999 not found"),
        bad("Reagent not found"),
        bad("Record not found", message="Unable to fetch RCS Agent details"),
        bad("not found"),
        bad("Agent not found", code="RCS905"),
        bad("Agent not found", label="MISSING_REQUIRED_FIELDS"),
        Answer(404, {}, b""),
        Answer(404, {}, b"<html>Not Found</html>"),
        Answer(400, {}, b"Agent not found"),
        Answer(200, {}, b""),
        Answer(200, {}, b"<html>"),
        Answer(401, {}, b""),
        Answer(403, {}, b""),
        bad("RCS Channel is not enabled for this User", code="RCS601", label="RCS_CHANNEL_DISABLED"),
        NO_AGENTS,
        BROKEN,
        Answer(502, {}, b"<html>"),
    ],
)
def test_everything_else_raises_and_is_never_gone(bench: Callable[..., Bench], answer: Answer) -> None:
    with pytest.raises(RcsError):
        AGENT.fetch(bench(get=answer, settings={"max_retries": 0}).api, NUMBER)


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ({"agent_number": "71732"}, "71732"),
        ({"agent_number": 71732}, "71732"),
        ({"agent_number": 71732.0}, "71732"),
        ({"agent_number": ""}, None),
        ({"agent_number": " "}, None),
        ({"agent_number": None}, None),
        ({}, None),
    ],
)
def test_the_number_in_an_answer_is_text_whatever_its_type(row: dict[str, Any], number: str | None) -> None:
    assert AGENT.number_of(row) == number


def _row(number: Any, code: str = "SUPPORT", status: str = "ACTIVE") -> dict[str, Any]:
    return {"agent_number": number, "service_code": code, "status": status}


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ([], None),
        ([_row("1")], "1"),
        ([_row("1", "OTHER"), _row("2")], "2"),
        ([_row("1", status="DELETED"), _row("2")], "2"),
        ([_row("1", status="DELETED")], None),
        ([_row("1", "support"), _row("2", "SUPPORT "), _row("3", "SUPPORT2")], None),
        ([_row("1"), _row(1)], "1"),
    ],
)
def test_the_live_agent_with_exactly_this_service_code_is_found(
    bench: Callable[..., Bench], rows: list[Any], number: str | None
) -> None:
    assert finding.known_before(AGENT, bench(list=good(rows)).api, "SUPPORT") == number


@proves("C10")
def test_an_account_without_agents_has_none_with_this_code(bench: Callable[..., Bench]) -> None:
    assert finding.known_before(AGENT, bench(list=NO_AGENTS).api, "SUPPORT") is None


def test_two_live_agents_with_one_code_are_an_error_that_names_both(bench: Callable[..., Bench]) -> None:
    with pytest.raises(Refusal, match="2 live agents have service_code SUPPORT: 1, 2"):
        finding.known_before(AGENT, bench(list=good([_row("2"), _row("1")])).api, "SUPPORT")


def test_a_match_without_a_number_is_unclear(bench: Callable[..., Bench]) -> None:
    with pytest.raises(Unclear, match="without the agent's number"):
        finding.known_before(AGENT, bench(list=good([_row(None)])).api, "SUPPORT")


def test_the_list_is_read_once_for_all_who_only_want_to_know_what_was_there(bench: Callable[..., Bench]) -> None:
    bed = bench(list=good([_row("1")]))
    assert [finding.known_before(AGENT, bed.api, code) for code in ("SUPPORT", "OTHER", "SUPPORT")] == ["1", None, "1"]
    assert bed.script.calls == ["list"]


def test_an_agent_just_made_is_looked_for_in_a_list_read_after_it_was_made(bench: Callable[..., Bench]) -> None:
    bed = bench(list=[good([]), good([_row("1")])])
    assert finding.known_before(AGENT, bed.api, "SUPPORT") is None
    bed.clock.now += 1
    assert finding.await_made(AGENT, bed.api, "SUPPORT") == "1"
    assert bed.clock.waits == []


def test_a_list_that_catches_up_late_is_asked_again_for_a_minute(bench: Callable[..., Bench]) -> None:
    bed = bench(list=[NO_AGENTS, good([]), good([_row("1", "OTHER")]), good([_row("1")])])
    assert finding.await_made(AGENT, bed.api, "SUPPORT") == "1"
    assert bed.clock.waits == POLLS[:3]
    assert bed.heard.of("progress") == ["waiting for the new agent to show up in the list"] * 3


def test_a_list_that_never_shows_the_agent_is_given_up_after_a_minute(bench: Callable[..., Bench]) -> None:
    bed = bench(list=NO_AGENTS)
    assert finding.await_made(AGENT, bed.api, "SUPPORT") is None
    assert bed.clock.waits == POLLS
    assert sum(POLLS) > 60


def test_the_look_ends_with_the_operations_time(bench: Callable[..., Bench]) -> None:
    bed = bench(list=NO_AGENTS, settings={"operation_timeout": 5.0})
    assert finding.await_made(AGENT, bed.api, "SUPPORT") is None
    assert bed.clock.waits == POLLS[:3]


@proves("D12")
def test_not_found_straight_after_a_create_is_waited_out(bench: Callable[..., Bench]) -> None:
    bed = bench(get=[NOT_FOUND, NOT_FOUND, good(ROW)])
    assert finding.read_back(AGENT, bed.api, NUMBER) == ROW
    assert bed.clock.waits == POLLS[:2]


@proves("D12")
def test_not_found_for_a_minute_is_an_error(bench: Callable[..., Bench]) -> None:
    bed = bench(get=NOT_FOUND)
    with pytest.raises(NotFound):
        finding.read_back(AGENT, bed.api, NUMBER)
    assert bed.clock.waits == POLLS


def test_differences_are_declared_fields_that_the_answer_has_otherwise() -> None:
    inputs = declared(LEAST, color="#494E0D", default_locale="en")
    live = codec.decoded(TABLE, row_of(inputs, description="Other", hosting_region="EUROPE", color="#494e0d"))
    assert [each.name for each in finding.differences(TABLE, inputs, live)] == ["description", "hosting_region"]
