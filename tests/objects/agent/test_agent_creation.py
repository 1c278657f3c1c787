"""Making an agent: at most one POST, and nothing that may lose the number once it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fakes import BROKEN, HTML, MAPPED, NO_AGENTS, NOT_FOUND, THROTTLED, Bench, Clock, bad, good
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proves import proves
from samples import ALL_INPUTS, LEAST, NUMBER, URN, declared, row_of

from rcs_provider.api.envelope import Answer
from rcs_provider.core.codec import create_body, inputs_of
from rcs_provider.core.errors import ApiError, NotSent, RcsError, Refusal, ServiceCodeTaken, Throttled, Unclear
from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.objects.agent.life import AGENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_provider.core.kind import Live

INPUTS = declared(ALL_INPUTS)
ROW = row_of(INPUTS)
ECHO = {**create_body(TABLE, INPUTS), "default_locale": "", "status": ""}
LISTED = good([ROW])
OTHERS = good([row_of(INPUTS, agent_number="1", service_code="OTHER")])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=5,
)


def _made(live: Live, inputs: dict[str, Any] | None = None) -> None:
    assert live.id == NUMBER
    assert live.unfinished == ()
    assert inputs_of(TABLE, live.state) == (inputs or INPUTS)
    assert live.state["agent_number"] == NUMBER


# the ordinary way


@proves("D8")
def test_an_agent_is_made_by_one_post_with_exactly_what_is_declared(bench: Callable[..., Bench]) -> None:
    bed = bench(list=[NO_AGENTS, LISTED], create=good(ECHO), get=good(ROW))
    _made(AGENT.create(bed.context(), INPUTS))
    assert bed.script.calls == ["list", "create", "list", "get"]
    assert bed.script.bodies("create") == [create_body(TABLE, INPUTS)]
    assert bed.heard.lines == []


@pytest.mark.parametrize("number", [NUMBER, int(NUMBER)])
def test_a_number_in_the_answer_saves_the_look_in_the_list(bench: Callable[..., Bench], number: Any) -> None:
    bed = bench(list=NO_AGENTS, create=good({**ECHO, "agent_number": number}), get=good(ROW))
    _made(AGENT.create(bed.context(), INPUTS))
    assert bed.script.calls == ["list", "create", "get"]


def test_a_number_in_the_answer_that_is_another_agents_is_not_taken(bench: Callable[..., Bench]) -> None:
    other = {**ROW, "agent_number": "1", "service_code": "OTHER"}
    bed = bench(list=[OTHERS, LISTED], create=good({**ECHO, "agent_number": "1"}), get=[good(other), good(ROW)])
    _made(AGENT.create(bed.context(), INPUTS))
    assert bed.run.made == {f"agent {NUMBER}"}


@proves("D17")
def test_what_the_create_echoes_blank_is_not_taken_for_the_truth(bench: Callable[..., Bench]) -> None:
    bed = bench(list=[OTHERS, LISTED], create=good(ECHO), get=good(ROW))
    live = AGENT.create(bed.context(), INPUTS)
    assert live.state["default_locale"] == "en"
    assert live.state["status"] == "ACTIVE"
    assert live.state["languages"] == ["English", "Hindi"]


@proves("D12")
def test_a_lagging_list_and_a_lagging_read_are_waited_out(bench: Callable[..., Bench]) -> None:
    bed = bench(list=[OTHERS, OTHERS, OTHERS, LISTED], create=good(ECHO), get=[NOT_FOUND, good(ROW)])
    _made(AGENT.create(bed.context(), INPUTS))
    assert bed.script.calls == ["list", "create", "list", "list", "list", "get", "get"]
    assert bed.clock.waits == [0.5, 1.0, 0.5]


def test_an_agent_that_the_list_never_shows_is_an_error_that_says_how_to_go_on(bench: Callable[..., Bench]) -> None:
    bed = bench(list=OTHERS, create=good(ECHO))
    with pytest.raises(Unclear, match=r"could not create the agent with service_code SUPPORT: .*Run `pulumi up` again"):
        AGENT.create(bed.context(), INPUTS)
    assert bed.script.calls.count("create") == 1


def test_two_new_matches_are_an_error_that_names_both(bench: Callable[..., Bench]) -> None:
    two = good([ROW, {**ROW, "agent_number": "2"}])
    bed = bench(list=[OTHERS, two], create=good(ECHO))
    with pytest.raises(Refusal, match=f"2 live agents have service_code SUPPORT: 2, {NUMBER}"):
        AGENT.create(bed.context(), INPUTS)


def test_deleted_agents_with_the_code_are_passed_over(bench: Callable[..., Bench]) -> None:
    gone = {**ROW, "agent_number": "1", "status": "DELETED"}
    bed = bench(list=[good([gone]), good([gone, ROW])], create=good(ECHO), get=good(ROW))
    _made(AGENT.create(bed.context(), INPUTS))


@proves("A10")
def test_the_new_agent_belongs_to_its_resource_from_then_on(bench: Callable[..., Bench]) -> None:
    bed = bench(list=[NO_AGENTS, LISTED], create=good(ECHO), get=good(ROW))
    AGENT.create(bed.context(), INPUTS)
    assert bed.run.holders(f"agent {NUMBER}") == [URN]
    assert bed.run.made == {f"agent {NUMBER}"}


# a list that cannot be read comes first


@proves("D8")
@pytest.mark.parametrize("answer", [Answer(401, {}, b""), Answer(404, {}, b""), bad("x", label="FIELD_VALUE_ERROR")])
def test_without_a_list_nothing_is_posted(bench: Callable[..., Bench], answer: Answer) -> None:
    bed = bench(list=answer)
    with pytest.raises(ApiError):
        AGENT.create(bed.context(), INPUTS)
    assert bed.script.calls == ["list"]


# the answer is lost

LOST: dict[str, Any] = {
    "dropped": Unclear("127.0.0.1:1 closed the connection without an answer"),
    "500": BROKEN,
    "html 502": HTML,
    "error under 200": bad("Internal Server Error", code="RCS500", status=200),
    "empty": Answer(200, {}, b""),
    "broken json": Answer(200, {}, b'{"code": "RCS902"'),
    "no object": good([]),
}


@proves("D9")
@pytest.mark.parametrize("answer", LOST.values(), ids=LOST)
def test_after_a_lost_answer_the_agent_is_found_and_nothing_is_posted_again(
    bench: Callable[..., Bench], answer: Any
) -> None:
    bed = bench(list=[NO_AGENTS, OTHERS, LISTED], create=answer, get=good(ROW))
    _made(AGENT.create(bed.context(), INPUTS))
    assert bed.script.calls.count("create") == 1
    assert "looking whether the agent was made" in bed.heard.of("warning")[0]


@proves("D9")
@pytest.mark.parametrize("answer", LOST.values(), ids=LOST)
def test_after_a_lost_answer_that_made_nothing_the_error_says_how_to_go_on(
    bench: Callable[..., Bench], answer: Any
) -> None:
    bed = bench(list=OTHERS, create=answer)
    with pytest.raises(Unclear, match=r"no agent with that service code has shown up since\. Run `pulumi up` again"):
        AGENT.create(bed.context(), INPUTS)
    assert bed.script.calls.count("create") == 1


@proves("D9")
def test_an_agent_that_turns_up_and_differs_from_the_body_sent_is_not_taken(bench: Callable[..., Bench]) -> None:
    bed = bench(list=[OTHERS, LISTED], create=BROKEN, get=good({**ROW, "description": "Somebody else's"}))
    with pytest.raises(Unclear, match=f"agent {NUMBER} has that service code now, but differs in description"):
        AGENT.create(bed.context(), INPUTS)
    assert bed.run.holders(f"agent {NUMBER}") == []


@proves("D9")
def test_two_matches_after_a_lost_answer_are_an_error(bench: Callable[..., Bench]) -> None:
    bed = bench(list=[OTHERS, good([ROW, {**ROW, "agent_number": "2"}])], create=BROKEN)
    with pytest.raises(Refusal, match="2 live agents"):
        AGENT.create(bed.context(), INPUTS)


@proves("D8")
def test_a_post_that_never_left_is_not_looked_for(bench: Callable[..., Bench]) -> None:
    bed = bench(list=NO_AGENTS, create=NotSent("127.0.0.1:1 refuses connections"), settings={"max_retries": 1})
    with pytest.raises(NotSent):
        AGENT.create(bed.context(), INPUTS)
    assert bed.script.calls == ["list", "create", "create"]


@proves("D8")
@pytest.mark.parametrize(
    "answer",
    [
        bad("missing required fields: rcs_provider_id", label="MISSING_REQUIRED_FIELDS"),
        bad("Either phone or email must be provided", label="CONTACT_REQUIRED"),
        bad("RCS Channel is not enabled for this User", code="RCS601", label="RCS_CHANNEL_DISABLED"),
        Answer(401, {}, b""),
    ],
)
def test_a_clear_refusal_is_shown_and_nothing_is_looked_for(bench: Callable[..., Bench], answer: Answer) -> None:
    bed = bench(list=NO_AGENTS, create=answer)
    with pytest.raises(ApiError, match="could not create the agent with service_code SUPPORT"):
        AGENT.create(bed.context(), INPUTS)
    assert bed.script.calls == ["list", "create"]


@proves("D8")
def test_a_throttled_create_is_repeated_and_then_shown(bench: Callable[..., Bench]) -> None:
    bed = bench(list=NO_AGENTS, create=THROTTLED, settings={"max_retries": 2})
    with pytest.raises(Throttled):
        AGENT.create(bed.context(), INPUTS)
    assert bed.script.calls == ["list", "create", "create", "create"]


# the service code is taken


@proves("A11")
def test_a_code_taken_meanwhile_is_an_error_that_names_the_agent_and_never_an_adoption(
    bench: Callable[..., Bench],
) -> None:
    bed = bench(list=[OTHERS, LISTED], create=MAPPED)
    with pytest.raises(ServiceCodeTaken) as caught:
        AGENT.create(bed.context(), INPUTS)
    assert "already mapped with another agent" in str(caught.value)
    assert f"It belongs to agent {NUMBER}" in str(caught.value)
    assert bed.run.holders(f"agent {NUMBER}") == []


@proves("A11")
@pytest.mark.parametrize("listing", [OTHERS, Answer(401, {}, b"")])
def test_a_code_taken_by_an_agent_that_no_list_shows_is_told_so(bench: Callable[..., Bench], listing: Answer) -> None:
    bed = bench(list=[OTHERS, listing], create=MAPPED)
    with pytest.raises(ServiceCodeTaken, match="the list does not show, perhaps a deleted one"):
        AGENT.create(bed.context(), INPUTS)


# half made


@proves("D22")
@pytest.mark.parametrize(
    "answer", [Unclear("lost"), BROKEN, NOT_FOUND, Answer(401, {}, b""), good({**ROW, "phones": "none"}), good([])]
)
def test_once_the_number_is_known_a_failing_read_leaves_a_half_made_agent_with_its_number(
    bench: Callable[..., Bench], answer: Any
) -> None:
    bed = bench(list=NO_AGENTS, create=good({**ECHO, "agent_number": NUMBER}), get=answer)
    live = AGENT.create(bed.context(), INPUTS)
    assert live.id == NUMBER
    assert len(live.unfinished) == 1
    assert f"agent {NUMBER} was made, but could not be read back" in live.unfinished[0]
    assert "The next `pulumi up` finishes it" in live.unfinished[0]
    assert inputs_of(TABLE, live.state) == INPUTS
    assert bed.run.made == {f"agent {NUMBER}"}


@proves("D22")
@given(
    st.dictionaries(st.sampled_from([each.key for each in TABLE if each.key != "agent_number"]), JSON, max_size=6),
    st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_read_answers_the_number_is_never_lost(clock: Clock, odd: dict[str, Any], number: bool) -> None:
    answer = good({**ECHO, "agent_number": NUMBER} if number else ECHO)
    bed = Bench(clock, list=[NO_AGENTS, LISTED], create=answer, get=good({**ROW, **odd}))
    assert AGENT.create(bed.context(), INPUTS).id == NUMBER


@proves("D22")
@pytest.mark.parametrize(
    "odd", [{"logo_url": "http://["}, {"color": "\ud800"}, {"phones": [{"number": [1]}]}, {"status": "DELETED"}]
)
def test_an_odd_read_never_loses_the_number(bench: Callable[..., Bench], odd: dict[str, Any]) -> None:
    bed = bench(list=[NO_AGENTS, LISTED], create=good(ECHO), get=good({**ROW, **odd}))
    assert AGENT.create(bed.context(), INPUTS).id == NUMBER


# one is there already


@proves("B17")
@pytest.mark.parametrize("policy", ["adopt_identical", "adopt"])
def test_an_agent_that_equals_the_declaration_is_taken_over_with_a_warning(
    bench: Callable[..., Bench], policy: str
) -> None:
    inputs = {**INPUTS, "on_existing": policy}
    bed = bench(list=LISTED, get=good(ROW))
    _made(AGENT.create(bed.context(), inputs), inputs)
    assert bed.script.calls == ["list", "get"]
    assert bed.heard.of("warning") == [
        f"takes over agent {NUMBER}, which has this service code and equals the declaration"
    ]


@proves("B17")
def test_an_agent_in_kaleyras_spelling_equals_the_declaration(bench: Callable[..., Bench]) -> None:
    live = {
        **ROW, "color": "#494E0D", "billing_category": "NON_CONVERSATIONAL", "phones": ROW["phones"][::-1],
        "logo_url": "https://cdn.example/1769590576110-logo.png",
    }  # fmt: skip
    bed = bench(list=LISTED, get=good(live))
    _made(AGENT.create(bed.context(), INPUTS))
    assert "put" not in bed.script.calls


@proves("E6")
def test_adopt_identical_refuses_an_agent_that_differs_and_lists_the_fields(bench: Callable[..., Bench]) -> None:
    bed = bench(list=LISTED, get=good({**ROW, "description": "Other", "color": "#000000"}))
    with pytest.raises(
        Refusal, match=f"agent {NUMBER} has this service code already and differs in description, color"
    ):
        AGENT.create(bed.context(), INPUTS)
    assert bed.script.calls == ["list", "get"]


@proves("E6")
def test_adopt_brings_an_agent_that_differs_to_the_declared_state(bench: Callable[..., Bench]) -> None:
    inputs = {**INPUTS, "on_existing": "adopt"}
    bed = bench(list=LISTED, get=[good({**ROW, "description": "Other", "strange": 1}), good(ROW)], put=good({}))
    _made(AGENT.create(bed.context(), inputs), inputs)
    assert bed.script.calls == ["list", "get", "put", "get"]
    sent = bed.script.bodies("put")[0]
    assert (sent["description"], sent["strange"], sent["rcs_provider_id"]) == ("Answers questions", 1, 1)
    assert bed.heard.of("warning") == [f"takes over agent {NUMBER} and changes its description"]


@proves("E6")
@pytest.mark.parametrize("policy", ["adopt_identical", "adopt"])
def test_an_agent_that_differs_in_a_restricted_field_is_never_taken_over(
    bench: Callable[..., Bench], policy: str
) -> None:
    bed = bench(list=LISTED, get=good({**ROW, "hosting_region": "EUROPE"}))
    with pytest.raises(Refusal, match="differs in hosting_region, which no update can change"):
        AGENT.create(bed.context(), {**INPUTS, "on_existing": policy})
    assert bed.script.calls == ["list", "get"]


@proves("E6")
@pytest.mark.parametrize("where", ["resource", "settings"])
def test_error_refuses_every_agent_that_is_there(bench: Callable[..., Bench], where: str) -> None:
    changes = {"on_existing": "error"} if where == "settings" else {}
    inputs = declared(LEAST) if where == "settings" else declared(LEAST, on_existing="error")
    bed = bench(list=good([row_of(inputs)]), get=good(row_of(inputs)), settings=changes)
    with pytest.raises(Refusal, match='on_existing is "error"'):
        AGENT.create(bed.context(), inputs)
    assert "create" not in bed.script.calls


@proves("E6")
def test_what_the_resource_says_wins_over_the_settings(bench: Callable[..., Bench]) -> None:
    bed = bench(list=LISTED, get=good(ROW), settings={"on_existing": "error"})
    _made(AGENT.create(bed.context(), INPUTS))


def test_an_agent_of_another_resource_of_this_run_is_never_taken_over(bench: Callable[..., Bench]) -> None:
    bed = bench(list=LISTED, get=good(ROW))
    bed.run.note(f"agent {NUMBER}", "urn:other")
    with pytest.raises(Refusal, match="is managed by urn:other already") as caught:
        AGENT.create(bed.context(), INPUTS)
    assert URN in str(caught.value)
    assert "create" not in bed.script.calls


def test_an_agent_of_this_very_resource_is_taken_over_again(bench: Callable[..., Bench]) -> None:
    bed = bench(list=LISTED, get=good(ROW))
    bed.run.note(f"agent {NUMBER}", URN)
    _made(AGENT.create(bed.context(), INPUTS))


@pytest.mark.parametrize("gone", [NOT_FOUND, good({**ROW, "status": "DELETED"})])
def test_an_agent_that_went_away_since_the_list_was_read_is_made_anew(
    bench: Callable[..., Bench], gone: Answer
) -> None:
    new = {**ROW, "agent_number": "80000"}
    bed = bench(list=[LISTED, good([new])], get=[gone, good(new)], create=good(ECHO))
    assert AGENT.create(bed.context(), INPUTS).id == "80000"
    assert bed.script.calls == ["list", "get", "create", "list", "get"]


@proves("A2")
@pytest.mark.parametrize("answer", [BROKEN, Answer(404, {}, b""), bad("Brand not found")])
def test_an_agent_that_cannot_be_read_is_neither_taken_over_nor_made_anew(
    bench: Callable[..., Bench], answer: Answer
) -> None:
    bed = bench(list=LISTED, get=answer, settings={"max_retries": 0})
    with pytest.raises(RcsError):
        AGENT.create(bed.context(), INPUTS)
    assert bed.script.calls == ["list", "get"]
