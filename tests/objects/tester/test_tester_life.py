"""A tester's life: the list is read first, and no invitation goes out twice."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from fakes import BROKEN, HTML, NOT_FOUND, Bench, bad, good
from proves import proves
from samples import NUMBER, PHONE, SID, TESTER_ROW

from rcs_provider.api.envelope import Answer
from rcs_provider.core import diff
from rcs_provider.core.codec import inputs_of
from rcs_provider.core.errors import ApiError, NotFound, NotSent, RcsError, Refusal, Throttled, Unclear
from rcs_provider.core.fields import UNKNOWN
from rcs_provider.objects.tester.fields import TABLE
from rcs_provider.objects.tester.life import TESTER

if TYPE_CHECKING:
    from collections.abc import Callable

INPUTS = {"agent_no": NUMBER, "phoneno": "+91 90000 00001", "pod": "in", "sid": SID}
ID = f"{NUMBER}/{PHONE}"
OTHER = {**TESTER_ROW, "phoneno": "919000000002"}
REGISTERED = {"phoneno": PHONE, "agent_no": NUMBER, "id": TESTER_ROW["id"], "override_dcs_check": False}
QUOTA = bad("Quota exceeded", code="RCS429", label="RESOURCE_EXHAUSTED", status=429, retry_after="1")


def _bare(*rows: Any) -> Answer:
    return Answer(200, {}, good(list(rows)).body.split(b'"data": ')[1].rsplit(b', "error"', 1)[0])


def _create(bed: Bench, **changes: Any) -> Any:
    return TESTER.create(bed.context(), {**INPUTS, **changes})


def _state(bed: Bench, **changes: Any) -> dict[str, Any]:
    bed.script.add(testers=_bare(TESTER_ROW))
    state: dict[str, Any] = _create(bed, **changes).state
    TESTER.shared_rows(bed.api, NUMBER).drop()
    bed.script.requests.clear()
    bed.heard.lines.clear()
    return state


# create


@proves("B8")
def test_a_tester_is_registered_by_one_post_in_digits(bench: Callable[..., Bench]) -> None:
    bed = bench(testers=_bare(), register=good(REGISTERED))
    live = _create(bed)
    assert live.id == ID
    assert bed.script.calls == ["testers", "register"]
    assert bed.script.bodies("register") == [{"phoneno": PHONE, "agent_no": NUMBER}]
    assert inputs_of(TABLE, live.state) == INPUTS
    assert (live.state["uuid"], live.state["override_dcs_check"]) == (TESTER_ROW["id"], False)


@proves("B9")
@pytest.mark.parametrize("spelling", [PHONE, f"+{PHONE}", "+91 90000-00001", int(PHONE)])
def test_a_tester_that_is_there_is_taken_over_without_an_invitation(bench: Callable[..., Bench], spelling: Any) -> None:
    bed = bench(testers=_bare(OTHER, {**TESTER_ROW, "phoneno": spelling}))
    live = _create(bed)
    assert bed.script.calls == ["testers"]
    assert live.state["phoneno"] == INPUTS["phoneno"]
    assert live.state["status"] == "ACTIVE"
    assert "no invitation was sent" in bed.heard.of("info")[0]


@proves("B19", "B9")
@pytest.mark.parametrize("spelling", ["4407911123456", "+44 (0)7911 123456"])
def test_a_row_with_a_trunk_zero_is_the_tester_whose_number_has_none(
    bench: Callable[..., Bench], spelling: str
) -> None:
    bed = bench(testers=_bare({**TESTER_ROW, "phoneno": spelling}))
    assert _create(bed, phoneno="+44 7911 123456").id == f"{NUMBER}/447911123456"
    assert bed.script.calls == ["testers"]


@proves("B19")
def test_of_two_rows_for_one_handset_the_one_in_the_digits_of_the_id_is_read(bench: Callable[..., Bench]) -> None:
    rows = [{**TESTER_ROW, "phoneno": "4407911123456", "status": "OLD"}, {**TESTER_ROW, "phoneno": "447911123456"}]
    for phone, status in (("447911123456", "ACTIVE"), ("4407911123456", "OLD")):
        found = TESTER.read(bench(testers=_bare(*rows)).context(), f"{NUMBER}/{phone}", {})
        assert found is not None
        assert found["status"] == status


@proves("E6")
@pytest.mark.parametrize("where", ["resource", "settings"])
def test_error_refuses_a_tester_that_is_there(bench: Callable[..., Bench], where: str) -> None:
    bed = bench(testers=_bare(TESTER_ROW), settings={"on_existing": "error"} if where == "settings" else {})
    with pytest.raises(Refusal, match='on_existing is "error"'):
        _create(bed, **({"on_existing": "error"} if where == "resource" else {}))
    assert bed.script.calls == ["testers"]


@proves("B8")
def test_the_list_of_one_agent_is_read_once_for_all_its_testers(bench: Callable[..., Bench]) -> None:
    bed = bench(testers=_bare(), register=good(REGISTERED))
    for place in range(5):
        _create(bed, phoneno=f"91900000000{place}")
    assert bed.script.calls == ["testers", *["register"] * 5]


def test_a_tester_just_registered_is_in_the_list_that_this_run_knows(bench: Callable[..., Bench]) -> None:
    bed = bench(testers=_bare(), register=good(REGISTERED))
    state = _create(bed).state
    assert TESTER.read(bed.context(), ID, state) is not None
    assert bed.script.calls == ["testers", "register"]


@proves("P11")
def test_twenty_testers_of_one_agent_at_once_share_one_list(bench: Callable[..., Bench]) -> None:
    bed = bench(testers=_bare(), register=good(REGISTERED))
    together = threading.Barrier(20)

    def create(place: int) -> str:
        together.wait(10)
        return str(_create(bed, phoneno=f"9190000000{place:02}").id)

    with ThreadPoolExecutor(20) as pool:
        found = [each.result(30) for each in [pool.submit(create, place) for place in range(20)]]
    assert found == [f"{NUMBER}/9190000000{place:02}" for place in range(20)]
    assert bed.script.calls.count("testers") == 1
    assert bed.script.calls.count("register") == 20


@proves("D9")
@pytest.mark.parametrize("lost", [Unclear("lost"), BROKEN, HTML, Answer(200, {}, b""), good([])], ids=range(5))
def test_after_a_lost_answer_the_list_is_read_again_and_nothing_is_sent_again(
    bench: Callable[..., Bench], lost: Any
) -> None:
    bed = bench(testers=[_bare(), _bare(TESTER_ROW)], register=lost)
    assert _create(bed).id == ID
    assert bed.script.calls == ["testers", "register", "testers"]


@proves("D9")
@pytest.mark.parametrize("lost", [Unclear("lost"), BROKEN])
def test_after_a_lost_answer_without_a_tester_the_error_says_how_to_go_on(
    bench: Callable[..., Bench], lost: Any
) -> None:
    bed = bench(testers=_bare(OTHER), register=lost)
    with pytest.raises(Unclear, match=r"nothing was sent again\. Run `pulumi up` again"):
        _create(bed)
    assert bed.script.calls.count("register") == 1


@proves("B12")
def test_a_used_up_quota_is_told_as_that_and_not_tried_again(bench: Callable[..., Bench]) -> None:
    bed = bench(testers=_bare(), register=QUOTA)
    with pytest.raises(Throttled, match="20 testers a day and 200 in all") as caught:
        _create(bed)
    assert "Quota exceeded" in str(caught.value)
    assert bed.script.calls == ["testers", "register"]
    assert bed.clock.waits == []


@proves("D8")
@pytest.mark.parametrize(
    "answer", [NotSent("refused"), NOT_FOUND, bad("x", label="FIELD_VALUE_ERROR"), Answer(401, {}, b"")]
)
def test_a_refused_registration_is_shown_and_not_looked_for(bench: Callable[..., Bench], answer: Any) -> None:
    bed = bench(testers=_bare(), register=answer)
    with pytest.raises(RcsError, match=rf"could not register \*\*\*01 as a tester of agent {NUMBER}: "):
        _create(bed)
    assert bed.script.calls == ["testers", "register"]


@proves("B8")
@pytest.mark.parametrize("answer", [BROKEN, Answer(401, {}, b""), NOT_FOUND, Answer(200, {}, b"<html>")])
def test_without_a_good_list_nobody_is_invited(bench: Callable[..., Bench], answer: Answer) -> None:
    bed = bench(testers=answer, settings={"max_retries": 0})
    with pytest.raises(RcsError):
        _create(bed)
    assert "register" not in bed.script.calls


@proves("B8")
@pytest.mark.parametrize(
    "odd", [{"id": 7}, {"id": None}, {"override_dcs_check": "true"}, {"carrierid": 10**400}, {"status": {}}]
)
def test_whatever_a_registration_answers_its_invitation_is_settled_by_the_list(
    bench: Callable[..., Bench], odd: dict[str, Any]
) -> None:
    bed = bench(testers=[_bare(), _bare(TESTER_ROW)], register=good({**REGISTERED, **odd}))
    assert _create(bed).id == ID
    assert bed.script.calls.count("register") == 1


@proves("E9")
def test_no_message_shows_the_phone_number(bench: Callable[..., Bench]) -> None:
    bed = bench(testers=_bare(), register=QUOTA)
    with pytest.raises(Throttled) as caught:
        _create(bed)
    assert PHONE not in str(caught.value)
    assert not any(PHONE in line for _, line in bed.heard.lines)


# read


@proves("D7")
def test_a_read_gives_the_state_that_taking_over_gave(bench: Callable[..., Bench]) -> None:
    bed = bench()
    state = _state(bed)
    assert TESTER.read(bed.context(), ID, state) == state


@proves("B8")
def test_one_list_serves_the_reads_of_all_testers_of_an_agent(bench: Callable[..., Bench]) -> None:
    bed = bench(testers=_bare(TESTER_ROW, OTHER))
    for phone in (PHONE, "919000000002"):
        TESTER.read(bed.context(), f"{NUMBER}/{phone}", {**INPUTS, "phoneno": phone})
    assert bed.script.calls == ["testers"]


@proves("A6")
@pytest.mark.parametrize(
    "answer",
    [
        _bare(),
        _bare(OTHER),
        good([OTHER]),
        good([]),
        bad("No Testers Found"),
        NOT_FOUND,
        bad("Tester not found"),
        bad("testers not found"),
    ],
)
def test_a_good_list_without_the_phone_and_the_documented_not_found_mean_gone(
    bench: Callable[..., Bench], answer: Answer
) -> None:
    bed = bench()
    state = _state(bed)
    bed.script.add(testers=answer)
    assert TESTER.read(bed.context(), ID, state) is None


@proves("A6", "A2")
@pytest.mark.parametrize(
    "answer",
    [
        BROKEN,
        HTML,
        Answer(401, {}, b""),
        Answer(200, {}, b""),
        Answer(200, {}, b"<html>"),
        good([None]),
        bad("Brand not found"),
        bad("Agent 99999 not found"),
        bad("Unable to fetch"),
        bad("Agent not found", code="RCS905"),
    ],
)
def test_everything_else_raises(bench: Callable[..., Bench], answer: Answer) -> None:
    bed = bench(settings={"max_retries": 0})
    state = _state(bed)
    bed.script.add(testers=answer)
    with pytest.raises(RcsError, match=rf"could not read tester \*\*\*01 of agent {NUMBER}: "):
        TESTER.read(bed.context(), ID, state)


@proves("A6")
def test_a_row_of_ours_that_names_another_agent_is_an_error(bench: Callable[..., Bench]) -> None:
    bed = bench()
    state = _state(bed)
    bed.script.add(testers=_bare({**TESTER_ROW, "agent_no": "99999"}))
    with pytest.raises(Unclear, match="another agent"):
        TESTER.read(bed.context(), ID, state)


@proves("A6")
def test_a_list_of_another_agent_is_an_error_and_never_gone(bench: Callable[..., Bench]) -> None:
    bed = bench()
    state = _state(bed)
    bed.script.add(testers=_bare({**OTHER, "agent_no": "99999"}))
    with pytest.raises(Unclear, match="another agent"):
        TESTER.read(bed.context(), ID, state)


@proves("A6")
@pytest.mark.parametrize("agent", [NUMBER, int(NUMBER), "", None])
def test_a_row_may_name_the_agent_as_text_as_a_number_or_not_at_all(bench: Callable[..., Bench], agent: Any) -> None:
    bed = bench()
    state = _state(bed)
    bed.script.add(testers=_bare({**TESTER_ROW, "agent_no": agent}))
    assert TESTER.read(bed.context(), ID, state) is not None


@proves("E5")
def test_a_tester_that_is_only_looked_at_shows_everything_and_declares_nothing(bench: Callable[..., Bench]) -> None:
    found = TESTER.read(bench(testers=_bare(TESTER_ROW)).context(), ID, {})
    assert found is not None
    assert inputs_of(TABLE, found) == {}
    assert (found["agent_no"], found["phoneno"], found["status"], found["pod"]) == (NUMBER, PHONE, "ACTIVE", "in")


@proves("B2")
def test_a_status_that_moves_on_is_shown_and_is_no_change(bench: Callable[..., Bench]) -> None:
    bed = bench()
    state = _state(bed)
    bed.script.add(testers=_bare({**TESTER_ROW, "status": "APPROVED"}))
    found = TESTER.read(bed.context(), ID, state)
    assert found is not None
    assert found["status"] == "APPROVED"
    assert diff.plan(TESTER.table, found, INPUTS) == diff.Plan()


@proves("B6")
def test_a_tester_of_another_account_is_not_read(bench: Callable[..., Bench]) -> None:
    bed = bench()
    for act in (TESTER.read, TESTER.delete):
        with pytest.raises(Refusal, match="this tester lives in pod na"):
            act(bed.context(), ID, {**INPUTS, "pod": "na"})
    assert bed.script.calls == []


# resend


@proves("B14")
@pytest.mark.parametrize(
    ("before", "after", "sent"), [(None, "1", 1), ("1", "2", 1), ("1", "1", 0), ("1", None, 0), (None, None, 0)]
)
def test_another_text_sends_the_invitation_once_more_and_nothing_else_does(
    bench: Callable[..., Bench], before: str | None, after: str | None, sent: int
) -> None:
    bed = bench(register=good(REGISTERED))
    state = _state(bed, **({"resend": before} if before else {}))
    inputs = {**INPUTS, **({"resend": after} if after else {})}
    found = TESTER.update(bed.context(), ID, state, inputs)
    assert bed.script.calls == ["register"] * sent
    assert inputs_of(TABLE, found) == inputs
    assert found["status"] == "ACTIVE"


@proves("B14")
@pytest.mark.parametrize("lost", [Unclear("lost"), BROKEN])
def test_an_unclear_answer_counts_as_sent(bench: Callable[..., Bench], lost: Any) -> None:
    bed = bench(register=lost)
    state = _state(bed)
    found = TESTER.update(bed.context(), ID, state, {**INPUTS, "resend": "1"})
    assert inputs_of(TABLE, found)["resend"] == "1"
    assert "it counts as sent" in bed.heard.of("warning")[0]
    assert bed.script.calls == ["register"]


@proves("B14")
@pytest.mark.parametrize("answer", [QUOTA, NotSent("refused"), bad("x", label="FIELD_VALUE_ERROR")])
def test_a_refused_invitation_fails_so_that_the_next_run_sends_it(bench: Callable[..., Bench], answer: Any) -> None:
    bed = bench(register=answer)
    state = _state(bed)
    with pytest.raises((ApiError, NotSent)):
        TESTER.update(bed.context(), ID, state, {**INPUTS, "resend": "1"})
    assert bed.script.calls == ["register"]


# delete, and who it is


@proves("B11")
def test_a_delete_forgets_the_tester_with_a_warning_and_without_a_call(bench: Callable[..., Bench]) -> None:
    bed = bench()
    TESTER.delete(bed.context(), ID, INPUTS)
    assert bed.script.calls == []
    assert bed.heard.of("warning") == [
        (
            f"the testers removed by this run stay testers of agent {NUMBER} at Kaleyra: no API removes testers, "
            "the console does"
        )
    ]


def test_a_tester_is_told_apart_by_its_agent_and_its_whole_number_without_showing_it() -> None:
    one, same, other = (
        TESTER.identity({**INPUTS, "phoneno": phone}) for phone in (PHONE, "+91 90000 00001", "918000000001")
    )
    assert one == same
    assert one is not None
    assert PHONE not in one.thing
    assert other != one, "two handsets whose numbers end alike are two testers"


@pytest.mark.parametrize("unknown", [{"agent_no": UNKNOWN}, {"phoneno": UNKNOWN}, {"phoneno": None}, {"phoneno": "x"}])
def test_a_tester_that_is_not_known_yet_is_told_apart_by_nothing(unknown: dict[str, Any]) -> None:
    assert TESTER.identity({**INPUTS, **unknown}) is None


@proves("B10")
@pytest.mark.parametrize(
    ("changed", "notes"),
    [
        (
            {"phoneno": "919000000002"},
            ["phoneno cannot change in place: another invitation is sent, and the old handset stays"],
        ),
        ({"agent_no": "1"}, ["agent_no cannot change in place: another invitation is sent, and the old handset stays"]),
        ({"agent_no": UNKNOWN}, []),
        ({"resend": "1"}, []),
        ({}, []),
    ],
)
def test_a_replacement_says_what_it_costs(
    bench: Callable[..., Bench], changed: dict[str, Any], notes: list[str]
) -> None:
    state = _state(bench())
    inputs = {**INPUTS, **changed}
    assert list(TESTER.notes(state, inputs, diff.plan(TESTER.table, state, inputs))) == notes


@proves("B10")
def test_a_replacement_registers_the_new_tester_before_it_forgets_the_old(bench: Callable[..., Bench]) -> None:
    assert not TESTER.deletes_first(_state(bench()))


@proves("B16")
@pytest.mark.parametrize(
    ("answer", "advised"), [(NOT_FOUND, True), (bad("Agent 99999 not found"), False), (bad("Brand not found"), False)]
)
def test_advice_about_an_agent_is_for_that_agent_only(
    bench: Callable[..., Bench], answer: Answer, *, advised: bool
) -> None:
    for bed in (bench(testers=answer), bench(testers=_bare(), register=answer)):
        with pytest.raises(NotFound) as caught:
            _create(bed)
        assert (f"Account {SID} in pod in has no such agent: `kaleyra-rcs agents`" in str(caught.value)) is advised
