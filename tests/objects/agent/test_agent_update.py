"""Changing an agent: read, overlay what is declared, put the whole object, read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fakes import BROKEN, MAPPED, NOT_FOUND, THROTTLED, Bench, bad, good
from proves import proves
from samples import ALL_INPUTS, LEAST, NUMBER, declared, row_of

from rcs_provider.api.envelope import Answer
from rcs_provider.core.codec import UNREAD, decoded, inputs_of, state_of
from rcs_provider.core.errors import ApiError, RcsError, Refusal, ServerError, Unclear
from rcs_provider.core.kind import UNFINISHED
from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.objects.agent.life import AGENT

if TYPE_CHECKING:
    from collections.abc import Callable

INPUTS = declared(ALL_INPUTS)
ROW = row_of(INPUTS)
STATE = state_of(TABLE, INPUTS, decoded(TABLE, ROW), {})
NEW = {**INPUTS, "description": "Answers more questions"}
CHANGED = row_of(NEW)


def _update(bed: Bench, inputs: dict[str, Any] = NEW, state: dict[str, Any] = STATE) -> dict[str, Any]:
    return AGENT.update(bed.context(), NUMBER, state, inputs)


@proves("D3")
def test_an_update_reads_puts_the_whole_object_and_reads_back(bench: Callable[..., Bench]) -> None:
    bed = bench(get=[good(ROW), good(CHANGED)], put=good(CHANGED))
    state = _update(bed)
    assert bed.script.calls == ["get", "put", "get"]
    never_read = {
        name: INPUTS[name] for name in INPUTS if name not in ROW and name in {each.name for each in TABLE.sent}
    }
    assert bed.script.bodies("put") == [
        {**ROW, **never_read, "description": NEW["description"], "phones": INPUTS["phones"]}
    ]
    assert inputs_of(TABLE, state) == NEW


@proves("D3")
def test_nothing_is_put_where_the_agent_is_as_declared_already(bench: Callable[..., Bench]) -> None:
    bed = bench(get=good(CHANGED))
    assert inputs_of(TABLE, _update(bed)) == NEW
    assert bed.script.calls == ["get"]


@proves("D16")
@pytest.mark.parametrize(
    "spelling",
    [
        {"color": "#494E0D"},
        {"billing_category": "NON_CONVERSATIONAL"},
        {"agent_type": 1},
        {"phones": ROW["phones"][::-1]},
    ],
)
def test_a_difference_in_spelling_alone_is_not_put(bench: Callable[..., Bench], spelling: dict[str, Any]) -> None:
    bed = bench(get=good({**CHANGED, **spelling}))
    _update(bed)
    assert bed.script.calls == ["get"]


@proves("D3")
@pytest.mark.parametrize("hosted", [ROW["logo_url"], "https://cdn.example/1769590576110-logo.png"])
def test_another_picture_of_the_same_file_name_is_put(bench: Callable[..., Bench], hosted: str) -> None:
    row, new = {**ROW, "logo_url": hosted}, {**INPUTS, "logo_url": "https://www.example.com/new/logo.png"}
    bed = bench(get=good(row), put=good(row))
    assert _update(bed, new)["logo_url"] == new["logo_url"]
    assert [each["logo_url"] for each in bed.script.bodies("put")] == [new["logo_url"]]


@pytest.mark.parametrize("change", [{"deletion_policy": "prevent"}, {"on_existing": "error"}])
def test_a_change_that_kaleyra_does_not_know_makes_no_call(bench: Callable[..., Bench], change: dict[str, Any]) -> None:
    bed = bench()
    assert inputs_of(TABLE, _update(bed, {**INPUTS, **change})) == {**INPUTS, **change}
    assert bed.script.calls == []


@proves("A5", "D17")
def test_what_no_read_returns_is_put_where_it_changed(bench: Callable[..., Bench]) -> None:
    new = {**INPUTS, "default_locale": "fr"}
    bed = bench(get=good(ROW), put=good({**ROW, "default_locale": "fr"}))
    state = _update(bed, new)
    assert bed.script.bodies("put")[0]["default_locale"] == "fr"
    assert state["default_locale"] == "fr"


@proves("D17")
def test_what_the_answer_of_an_update_alone_returns_is_kept(bench: Callable[..., Bench]) -> None:
    inputs = declared(LEAST)
    state = state_of(TABLE, inputs, decoded(TABLE, row_of(inputs)), {})
    answer = {**row_of(inputs), "default_locale": "en", "end_point_config": "NON_LOCAL", "integration_name": "RCS"}
    bed = bench(get=good(row_of(inputs, description="Other")), put=good(answer))
    found = _update(bed, {**inputs, "color": "#000000"}, state)
    assert (found["default_locale"], found["end_point_config"], found["integration_name"]) == ("en", "NON_LOCAL", "RCS")
    assert inputs_of(TABLE, found).keys() == inputs.keys()


@proves("A5")
def test_the_mark_of_an_agent_that_was_made_elsewhere_goes_with_the_first_put_and_not_before(
    bench: Callable[..., Bench],
) -> None:
    marked = {**STATE, UNREAD: True}
    bed = bench(get=[good(CHANGED), good(ROW), good(CHANGED)], put=good(CHANGED))
    assert UNREAD in _update(bed, {**INPUTS, "on_existing": "error"}, marked)
    assert UNREAD in _update(bed, NEW, marked)
    assert "put" not in bed.script.calls
    assert UNREAD not in _update(bed, NEW, marked)


@pytest.mark.parametrize("answer", [Answer(204, {}, b""), good(None), good([]), Answer(200, {}, b"")])
def test_an_update_that_is_answered_without_content_is_read_back_all_the_same(
    bench: Callable[..., Bench], answer: Answer
) -> None:
    bed = bench(get=[good(ROW), good(CHANGED)], put=answer)
    assert inputs_of(TABLE, _update(bed)) == NEW


@proves("C9")
def test_a_read_that_lags_behind_the_update_is_waited_out(bench: Callable[..., Bench]) -> None:
    bed = bench(get=[good(ROW), good(ROW), good(ROW), good(CHANGED)], put=good(CHANGED))
    assert inputs_of(TABLE, _update(bed)) == NEW
    assert bed.clock.waits == [0.5, 1.0]
    assert bed.heard.of("warning") == []


def test_a_value_that_kaleyra_never_shows_as_sent_is_warned_about_and_shows_as_drift(
    bench: Callable[..., Bench],
) -> None:
    bed = bench(get=good(ROW), put=good(CHANGED))
    state = _update(bed)
    assert bed.heard.of("warning") == [f"Kaleyra does not show description of agent {NUMBER} as it was sent"]
    assert state["description"] == INPUTS["description"]


def test_drift_of_an_editable_field_is_put_right(bench: Callable[..., Bench]) -> None:
    drifted = {**ROW, "color": "#000000"}
    state = state_of(TABLE, INPUTS, decoded(TABLE, drifted), {})
    bed = bench(get=[good(drifted), good(ROW)], put=good(ROW))
    assert inputs_of(TABLE, _update(bed, INPUTS, state)) == INPUTS
    assert bed.script.bodies("put")[0]["color"] == "#494e0d"


# refusals


@pytest.mark.parametrize(
    ("name", "live", "words"),
    [
        ("hosting_region", "EUROPE", "hosting_region is EUROPE at Kaleyra, the program says ASIA_PACIFIC"),
        ("rcs_provider_id", 3, "rcs_provider_id is 3 at Kaleyra, the program says 1"),
        ("agent_type", "2", "agent_type is 2 at Kaleyra, the program says 1"),
        ("brand_details", {"brand_no": "9"}, "brand_details is .*brand_no 9.* at Kaleyra"),
    ],
)
@pytest.mark.parametrize("seen", ["before", "now"])
def test_drift_of_a_restricted_field_is_refused_and_nothing_is_put(
    bench: Callable[..., Bench], name: str, live: Any, words: str, seen: str
) -> None:
    drifted = {**ROW, name: live}
    state = state_of(TABLE, INPUTS, decoded(TABLE, drifted), {}) if seen == "before" else STATE
    bed = bench(get=good(drifted))
    with pytest.raises(Refusal, match=words):
        _update(bed, NEW, state)
    assert bed.script.calls == ([] if seen == "before" else ["get"])


@proves("B5")
@pytest.mark.parametrize("where", ["answer", "state"])
def test_a_frozen_field_of_a_verified_agent_is_refused_with_the_state_that_is_known(
    bench: Callable[..., Bench], where: str
) -> None:
    verified = {"verification_state": "VERIFICATION_STATE_VERIFIED"}
    row = {**ROW, **verified} if where == "answer" else ROW
    state = {**STATE, **verified} if where == "state" else STATE
    bed = bench(get=good(row))
    with pytest.raises(Refusal) as caught:
        _update(bed, {**INPUTS, "display_name": "Other"}, state)
    assert "display_name cannot change any more: the agent is VERIFICATION_STATE_VERIFIED" in str(caught.value)
    assert "put" not in bed.script.calls


@proves("B5")
def test_another_field_of_a_verified_agent_is_put(bench: Callable[..., Bench]) -> None:
    verified = {"verification_state": "VERIFICATION_STATE_VERIFIED", "verification_name": "ver"}
    bed = bench(get=[good({**ROW, **verified}), good({**CHANGED, **verified})], put=good(CHANGED))
    _update(bed)
    sent = bed.script.bodies("put")[0]
    assert (sent["verification_state"], sent["verification_name"]) == ("VERIFICATION_STATE_VERIFIED", "ver")


@pytest.mark.parametrize("gone", [NOT_FOUND, good({**ROW, "status": "DELETED"})])
def test_an_agent_that_is_gone_is_told_with_the_way_to_a_new_one(bench: Callable[..., Bench], gone: Answer) -> None:
    bed = bench(get=gone)
    with pytest.raises(Refusal, match=rf"could not update agent {NUMBER}: .* is gone at Kaleyra.*pulumi refresh"):
        _update(bed)
    assert "put" not in bed.script.calls


@proves("B6", "E11")
def test_an_agent_of_another_account_is_not_even_read(bench: Callable[..., Bench]) -> None:
    bed = bench()
    with pytest.raises(Refusal, match="lives in pod na"):
        _update(bed, {**NEW, "pod": "na"}, {**STATE, "pod": "na"})


@proves("B16")
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            bad("Restricted fields cannot be modified: rcs_provider_id", label="RESTRICTED_FIELDS_MODIFY_ATTEMPT"),
            "Restricted fields cannot be modified: rcs_provider_id",
        ),
        (
            bad("missing required fields: color", label="MISSING_REQUIRED_FIELDS"),
            "missing required fields: color",
        ),
    ],
)
def test_a_refusal_of_kaleyras_is_shown_in_its_words(bench: Callable[..., Bench], answer: Answer, words: str) -> None:
    bed = bench(get=good(ROW), put=answer)
    with pytest.raises(ApiError, match=f"could not update agent {NUMBER}: {words}"):
        _update(bed)


RENAMED = {**INPUTS, "service_code": "TAKEN"}
HOLDER = {**ROW, "agent_number": "48400", "service_code": "TAKEN"}


@proves("A11")
@pytest.mark.parametrize(
    ("answer", "listed", "words"),
    [
        (MAPPED, good([ROW, HOLDER]), "service_code TAKEN belongs to agent 48400: .*RCS904.* Declare another"),
        (bad(label="", message="RCS Agent creation Failed"), good([HOLDER]), "TAKEN belongs to agent 48400: RCS Agent"),
        (MAPPED, good([ROW]), "service_code TAKEN is taken: .*RCS904.* does not show who has it"),
        (MAPPED, BROKEN, "service_code TAKEN is taken: .*RCS904.* does not show who has it"),
        (
            bad("too long", label="FIELD_VALUE_ERROR"),
            good([ROW]),
            f"update agent {NUMBER}: too long .*Change the value",
        ),
        (THROTTLED, None, "Too many requests"),
        (BROKEN, None, "Internal Server Error"),
    ],
)
def test_a_new_service_code_that_is_refused_names_the_agent_that_has_it(
    bench: Callable[..., Bench], answer: Answer, listed: Answer | None, words: str
) -> None:
    answers = {} if listed is None else {"list": listed}
    bed = bench(get=good(ROW), put=answer, settings={"max_retries": 0}, **answers)
    with pytest.raises(ApiError, match=words):
        _update(bed, RENAMED)
    assert bed.script.calls.count("put") == 1


@proves("A11")
def test_no_agent_is_looked_for_where_the_service_code_stays(bench: Callable[..., Bench]) -> None:
    bed = bench(get=good(ROW), put=bad("too long", label="FIELD_VALUE_ERROR"))
    with pytest.raises(ApiError, match="too long"):
        _update(bed)
    assert bed.script.calls == ["get", "put"]


WANTED = bad("missing required fields: verification_name, verification_state", label="MISSING_REQUIRED_FIELDS")
TOLD = {"agent_number": NUMBER, "verification_name": "ver", "verification_state": "VERIFICATION_STATE_PENDING"}


@proves("D11")
def test_an_update_that_was_refused_for_want_of_the_verification_is_sent_once_more_with_it(
    bench: Callable[..., Bench],
) -> None:
    bed = bench(get=[good(ROW), good(CHANGED)], put=[WANTED, good(CHANGED)], verification=good(TOLD))
    state = _update(bed)
    first, second = bed.script.bodies("put")
    assert second == {**first, "verification_name": "ver", "verification_state": "VERIFICATION_STATE_PENDING"}
    assert (state["verification_name"], state["verification_state"]) == ("ver", "VERIFICATION_STATE_PENDING")


@proves("B16")
@pytest.mark.parametrize(
    "told",
    [
        good({**TOLD, "verification_state": ""}),
        good({**TOLD, "agent_number": "48400"}),
        good([]),
        Answer(404, {}, b"<html>"),
        bad("Agent not found"),
        Unclear("lost"),
    ],
)
def test_a_verification_that_no_call_tells_is_an_open_question_and_nothing_to_declare(
    bench: Callable[..., Bench], told: Any
) -> None:
    bed = bench(get=good(ROW), put=WANTED, verification=told, settings={"max_retries": 0})
    with pytest.raises(ApiError, match=r"verification_state .*What only Kaleyra sets cannot be declared"):
        _update(bed)
    assert bed.script.calls == ["get", "put", "verification"]


def test_the_verification_is_not_asked_for_where_the_agent_itself_told_it(bench: Callable[..., Bench]) -> None:
    verified = {name: TOLD[name] for name in ("verification_name", "verification_state")}
    bed = bench(get=good({**ROW, **verified}), put=WANTED)
    with pytest.raises(ApiError, match="open question"):
        _update(bed)
    assert bed.script.calls == ["get", "put"]


@proves("D11")
@pytest.mark.parametrize("answer", [Unclear("lost"), BROKEN])
def test_an_update_whose_answer_is_lost_is_not_repeated(bench: Callable[..., Bench], answer: Any) -> None:
    bed = bench(get=good(ROW), put=answer)
    with pytest.raises((Unclear, ServerError)):
        _update(bed)
    assert bed.script.calls == ["get", "put"]


@proves("D11")
def test_a_throttled_update_is_repeated(bench: Callable[..., Bench]) -> None:
    bed = bench(get=[good(ROW), good(CHANGED)], put=[THROTTLED, good(CHANGED)])
    _update(bed)
    assert bed.script.calls == ["get", "put", "put", "get"]


@proves("A2")
@pytest.mark.parametrize("answer", [BROKEN, Answer(404, {}, b""), bad("Brand not found")])
def test_an_agent_that_cannot_be_read_is_not_put(bench: Callable[..., Bench], answer: Answer) -> None:
    bed = bench(get=answer, settings={"max_retries": 0})
    with pytest.raises(RcsError):
        _update(bed)
    assert bed.script.calls == ["get"]


# half made


@proves("D22")
def test_the_next_update_finishes_a_half_made_agent_though_nothing_changed(bench: Callable[..., Bench]) -> None:
    half = {**state_of(TABLE, INPUTS, {"agent_number": NUMBER}, {}), UNFINISHED: True}
    bed = bench(get=good(ROW))
    state = _update(bed, INPUTS, half)
    assert bed.script.calls == ["get"]
    assert UNFINISHED not in state
    assert (state["status"], state["uuid"]) == ("ACTIVE", ROW["id"])


@proves("D22")
def test_a_half_made_agent_that_differs_is_put_right(bench: Callable[..., Bench]) -> None:
    half = {**state_of(TABLE, INPUTS, {"agent_number": NUMBER}, {}), UNFINISHED: True}
    bed = bench(get=[good({**ROW, "color": "#000000"}), good(ROW)], put=good(ROW))
    _update(bed, INPUTS, half)
    assert bed.script.calls == ["get", "put", "get"]


@proves("D22")
def test_a_half_made_agent_whose_number_is_another_agents_is_not_put(bench: Callable[..., Bench]) -> None:
    half = {**state_of(TABLE, INPUTS, {"agent_number": NUMBER}, {}), UNFINISHED: True}
    bed = bench(get=good({**ROW, "service_code": "OTHER"}))
    with pytest.raises(Refusal, match="has service_code OTHER, so it is not the one that was made"):
        _update(bed, INPUTS, half)
    assert bed.script.calls == ["get"]
