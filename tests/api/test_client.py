"""The operations: what is sent, what is repeated and when, and what is said about it."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from fakes import BROKEN, HTML, MAPPED, NO_AGENTS, NOT_FOUND, THROTTLED, Bench, bad, good
from proves import proves
from samples import KEY, NUMBER, PHONE, SID

from rcs_provider.api import client, operations
from rcs_provider.api.envelope import Answer
from rcs_provider.core.errors import (
    ApiError,
    ConfigError,
    NotFound,
    NotSent,
    RcsError,
    ServerError,
    ServiceCodeTaken,
    Throttled,
    Unclear,
)
from rcs_provider.core.text import masked
from rcs_provider.objects.agent import operations as of_agents
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.tester import operations as of_testers
from rcs_provider.objects.tester.life import TESTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_provider.api.request import Request

WAITS = [0.5, 1.0, 2.0, 4.0, 8.0]
"""Seconds between tries, without chance: the first at most half a second, then doubled."""

CALLS: dict[str, Callable[[Any], Any]] = {
    "get": lambda api: AGENT.get(api, NUMBER),
    "list": AGENT.rows,
    "testers": lambda api: TESTER.rows(api, NUMBER),
    "create": lambda api: AGENT.post(api, {"service_code": "X"}),
    "put": lambda api: AGENT.put(api, NUMBER, {"service_code": "X"}),
    "delete": lambda api: AGENT.remove(api, NUMBER),
    "register": lambda api: TESTER.post(api, NUMBER, PHONE),
    "brands": lambda api: api.list_brands(),
    "masters": lambda api: api.list_masters(),
    "verification": lambda api: AGENT.verification(api, NUMBER),
}
READS = ("get", "list", "testers", "brands", "masters", "verification")
DONE: dict[str, Answer] = {
    "get": good({"agent_number": NUMBER}), "list": good([]), "testers": good([]), "create": good({}), "put": good({}),
    "delete": good({}), "register": good({}), "brands": good([]), "masters": good({}),
    "verification": good({}),
}  # fmt: skip


def test_every_operation_goes_to_its_documented_place_with_its_method(bench: Callable[..., Bench]) -> None:
    bed = bench(**DONE)
    for call in CALLS.values():
        call(bed.api)
    base = f"http://127.0.0.1:1/v1/{SID}/rcs"
    assert [(each.method, each.url.removeprefix(base)) for each in bed.script.requests] == [
        ("GET", f"/agent/{NUMBER}"),
        ("GET", "/agents"),
        ("GET", f"/agenttester/testersbyagent?agent_number={NUMBER}"),
        ("POST", "/agent"),
        ("PUT", f"/agent/{NUMBER}"),
        ("DELETE", f"/agent/{NUMBER}"),
        ("POST", "/agenttester/register"),
        ("GET", "/brands"),
        ("GET", "/masters"),
        ("GET", f"/agentstatus?agent_number={NUMBER}"),
    ]
    assert {each.key for each in bed.script.requests} == {KEY}


def test_only_an_update_and_a_delete_of_an_agent_may_be_answered_without_content() -> None:
    found = [each for module in (operations, of_agents, of_testers) for each in vars(module).values()]
    table = [each for each in found if isinstance(each, operations.Operation)]
    assert [each.verb for each in table if each.empty_ok] == ["update the agent", "delete the agent"]


def test_a_number_cannot_leave_its_place_in_the_address(bench: Callable[..., Bench]) -> None:
    bed = bench(get=good({"agent_number": "../agents?x=1#y"}))
    AGENT.get(bed.api, "../agents?x=1#y")
    assert bed.script.requests[0].url.endswith("/rcs/agent/..%2Fagents%3Fx%3D1%23y")


def test_a_tester_is_registered_with_its_two_documented_keys(bench: Callable[..., Bench]) -> None:
    bed = bench(register=good({"id": "u"}))
    assert TESTER.post(bed.api, NUMBER, PHONE) == {"id": "u"}
    assert bed.script.bodies("register") == [{"phoneno": PHONE, "agent_no": NUMBER}]


def test_one_list_of_allowed_values_is_asked_for_by_its_name(bench: Callable[..., Bench]) -> None:
    bed = bench(masters=good({"color": ["#494e0d"]}))
    assert bed.api.list_masters("color&x=1") == {"color": ["#494e0d"]}
    assert bed.script.requests[0].url.endswith("/rcs/masters?listname=color%26x%3D1")


def test_an_account_without_brands_has_an_empty_list_of_them(bench: Callable[..., Bench]) -> None:
    assert bench(brands=bad("No Brands Found")).api.list_brands() == []


def test_a_call_without_a_key_is_refused_before_anything_is_sent(bench: Callable[..., Bench]) -> None:
    bed = bench(settings={"api_key": None})
    with pytest.raises(ConfigError, match="kaleyra:apiKey is not set"):
        AGENT.rows(bed.api)
    assert bed.script.requests == []


# repeating

REPEATED = {
    "not sent": NotSent("refused"),
    "unclear": Unclear("lost"),
    "429": THROTTLED,
    "500": BROKEN,
    "html 502": HTML,
    "error under 200": bad("Internal Server Error", code="RCS500", status=200),
    "empty": Answer(200, {}, b""),
    "half an answer": Answer(200, {}, b'{"code": "RCS9'),
}
FOREIGN = {
    "html": Answer(200, {}, b"<!DOCTYPE html><html><title>Sign in</title></html>"),
    "text": Answer(200, {}, b"OK"),
    "other json": Answer(200, {}, b'{"status": "up"}'),
}
FINAL = {
    "400": bad("Invalid field values are passed", label="FIELD_VALUE_ERROR"),
    "401": Answer(401, {}, b""),
    "403": Answer(403, {}, b""),
    "not found": NOT_FOUND,
    "disabled": bad("RCS Channel is not enabled for this User", code="RCS601", label="RCS_CHANNEL_DISABLED"),
    "redirect": Answer(302, {}, b""),
    "conflict": Answer(409, {}, b""),
}


@proves("A8", "D11")
@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("failure", REPEATED.values(), ids=REPEATED)
def test_a_read_is_repeated_after_what_may_pass_with_growing_waits(
    bench: Callable[..., Bench], name: str, failure: Any
) -> None:
    bed = bench(**{name: [failure, failure, failure, DONE[name]]})
    CALLS[name](bed.api)
    assert bed.script.calls == [name] * 4
    assert bed.clock.waits == WAITS[:3]


@proves("A8")
@pytest.mark.parametrize("name", READS)
def test_a_read_is_repeated_so_often_and_no_more(bench: Callable[..., Bench], name: str) -> None:
    bed = bench(**{name: BROKEN})
    with pytest.raises(ServerError):
        CALLS[name](bed.api)
    assert len(bed.script.calls) == 6
    assert bed.clock.waits == WAITS


@proves("A8")
@pytest.mark.parametrize("often", [0, 1, 3])
def test_how_often_is_a_setting_and_0_switches_it_off(bench: Callable[..., Bench], often: int) -> None:
    bed = bench(get=BROKEN, settings={"max_retries": often})
    with pytest.raises(ServerError):
        AGENT.get(bed.api, NUMBER)
    assert len(bed.script.calls) == often + 1


@proves("A8")
def test_waits_are_capped(bench: Callable[..., Bench]) -> None:
    bed = bench(get=BROKEN, settings={"max_retries": 9})
    with pytest.raises(ServerError):
        AGENT.get(bed.api, NUMBER)
    assert bed.clock.waits == [*WAITS, 16.0, 20.0, 20.0, 20.0]


@proves("D11")
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("failure", FINAL.values(), ids=FINAL)
def test_what_repeating_cannot_mend_is_never_repeated(bench: Callable[..., Bench], name: str, failure: Answer) -> None:
    bed = bench(**{name: failure})
    with pytest.raises(ApiError):
        CALLS[name](bed.api)
    assert bed.script.calls == [name]
    assert bed.clock.waits == []


@proves("D30")
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("failure", FOREIGN.values(), ids=FOREIGN)
def test_an_answer_of_somebody_else_is_not_asked_for_again_and_names_who_that_may_be(
    bench: Callable[..., Bench], name: str, failure: Answer
) -> None:
    bed = bench(**{name: failure})
    with pytest.raises(Unclear, match="a proxy, a login page or a wrong kaleyra:endpoint may have given it"):
        CALLS[name](bed.api)
    assert bed.script.calls == [name]


@proves("D8", "D11")
@pytest.mark.parametrize("name", ["create", "put", "delete"])
@pytest.mark.parametrize("failure", [NotSent("refused"), THROTTLED], ids=["not sent", "429"])
def test_a_write_is_repeated_where_the_first_provably_did_nothing(
    bench: Callable[..., Bench], name: str, failure: Any
) -> None:
    bed = bench(**{name: [failure, failure, DONE[name]]})
    CALLS[name](bed.api)
    assert bed.script.calls == [name] * 3
    assert bed.clock.waits == WAITS[:2]


@proves("D11")
@pytest.mark.parametrize("name", ["create", "put", "delete"])
@pytest.mark.parametrize("failure", [Unclear("lost"), BROKEN, HTML], ids=["unclear", "500", "html 502"])
def test_a_write_that_may_have_been_done_is_not_repeated(bench: Callable[..., Bench], name: str, failure: Any) -> None:
    bed = bench(**{name: failure})
    with pytest.raises((Unclear, ServerError)):
        CALLS[name](bed.api)
    assert bed.script.calls == [name]


@proves("D8", "B8")
@pytest.mark.parametrize("failure", [*REPEATED.values(), *FINAL.values(), MAPPED], ids=[*REPEATED, *FINAL, "mapped"])
def test_an_invitation_is_never_sent_again(bench: Callable[..., Bench], failure: Any) -> None:
    bed = bench(register=failure)
    with pytest.raises(RcsError):
        TESTER.post(bed.api, NUMBER, PHONE)
    assert bed.script.calls == ["register"]
    assert bed.clock.waits == []


@proves("A8")
@pytest.mark.parametrize(("asked", "waited"), [("3", 3.0), ("0", 0.5), ("nonsense", 0.5), ("-5", 0.5), ("", 0.5)])
def test_retry_after_is_honoured_where_it_is_longer(bench: Callable[..., Bench], asked: str, waited: float) -> None:
    bed = bench(get=[bad("slow", status=429, retry_after=asked), DONE["get"]])
    AGENT.get(bed.api, NUMBER)
    assert bed.clock.waits == [waited]


@proves("A8")
@pytest.mark.parametrize("asked", ["301", "3600", "9" * 400, "9" * 5000, "Fri, 31 Dec 9999 23:59:59 GMT"], ids=len)
def test_a_retry_after_beyond_the_deadline_ends_the_try(bench: Callable[..., Bench], asked: str) -> None:
    answer = bad("slow", status=429, retry_after=asked)
    bed = bench(get=[answer, DONE["get"]])
    if len(asked) == 5000:
        AGENT.get(bed.api, NUMBER)  # no number that Python reads, so as good as none
        return
    with pytest.raises(Throttled):
        AGENT.get(bed.api, NUMBER)
    assert bed.script.calls == ["get"]
    assert bed.clock.waits == []
    assert bed.heard.lines == [], "it is not tried again"


@proves("A8")
def test_the_whole_operation_ends_at_its_deadline(bench: Callable[..., Bench]) -> None:
    bed = bench(get=BROKEN, settings={"operation_timeout": 4.0})
    with pytest.raises(ServerError):
        AGENT.get(bed.api, NUMBER)
    assert bed.clock.waits == WAITS[:3]
    assert bed.clock.now < 1004


@proves("D24")
def test_a_limit_of_the_engine_takes_the_place_of_the_setting(bench: Callable[..., Bench]) -> None:
    bed = bench(get=BROKEN)
    with pytest.raises(ServerError):
        AGENT.get(bed.client.api(bed.heard, 1.0), NUMBER)
    assert bed.clock.waits == WAITS[:1]


def test_a_cancelled_run_repeats_nothing_more(bench: Callable[..., Bench]) -> None:
    bed = bench(get=BROKEN)
    with pytest.raises(ServerError):
        AGENT.get(bed.client.api(bed.heard, None, lambda: True), NUMBER)
    assert bed.script.calls == ["get"]
    assert bed.clock.waits == []


def test_a_call_begun_after_the_deadline_is_not_sent(bench: Callable[..., Bench]) -> None:
    bed = bench(**DONE)
    bed.clock.now += 10_000
    with pytest.raises(NotSent):
        AGENT.post(bed.api, {})
    assert bed.script.requests == []


@proves("A9")
def test_waiting_for_a_turn_ends_at_the_deadline_and_sends_nothing(bench: Callable[..., Bench]) -> None:
    bed = bench(**DONE, settings={"requests_per_second": 0.1, "operation_timeout": 15.0})
    others = [bed.client.api(bed.heard) for _ in range(3)]
    for api in others[:2]:
        TESTER.post(api, NUMBER, PHONE)
        bed.clock.now = 1000.0
    with pytest.raises(NotSent):
        TESTER.post(others[2], NUMBER, PHONE)
    assert len(bed.script.requests) == 2


def test_each_request_knows_the_deadline_and_the_settings_of_its_waits(bench: Callable[..., Bench]) -> None:
    bed = bench(**DONE, settings={"connect_timeout": 3.0, "read_timeout": 4.0, "operation_timeout": 50.0})
    AGENT.rows(bed.api)
    sent = bed.script.requests[0]
    assert (sent.connect_timeout, sent.read_timeout, sent.deadline) == (3.0, 4.0, 1050.0)


def test_a_call_that_takes_long_is_told_while_it_goes_on(
    bench: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_PATIENCE", 0.0)
    told, lines = threading.Event(), []

    def late(_: Request) -> Answer:
        assert told.wait(10)
        return DONE["get"]

    def say(message: str, level: str = "info", *, ephemeral: bool = False) -> None:
        lines.append((message, level, ephemeral, threading.current_thread().daemon))
        told.set()

    AGENT.get(bench(get=late).client.api(say), NUMBER)
    assert lines == [("waiting for Kaleyra to read the agent", "info", True, True)]


@pytest.mark.parametrize("answer", [DONE["get"], NOT_FOUND], ids=["answered", "refused"])
def test_a_call_that_has_ended_is_not_waited_for(
    bench: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    made: list[threading.Timer] = []
    timer = threading.Timer

    def noted(*arguments: Any) -> threading.Timer:
        made.append(timer(*arguments))
        return made[-1]

    monkeypatch.setattr(threading, "Timer", noted)
    bed = bench(get=answer)
    with suppress(NotFound):
        AGENT.get(bed.api, NUMBER)
    (only,) = made
    only.join(1.0)  # it would take five seconds
    assert not only.is_alive()
    assert bed.heard.lines == []


def test_what_is_repeated_is_told_with_its_reason(bench: Callable[..., Bench]) -> None:
    bed = bench(get=[NotSent("127.0.0.1:1 refuses connections"), DONE["get"]])
    AGENT.get(bed.api, NUMBER)
    assert bed.heard.lines == [
        ("progress", "could not read the agent: 127.0.0.1:1 refuses connections; trying again in 0.5 s (try 2 of 6)")
    ]


@proves("D30")
def test_once_one_call_used_up_its_tries_on_a_host_the_others_try_once_until_one_comes_through(
    bench: Callable[..., Bench],
) -> None:
    refused = NotSent("127.0.0.1:1 refuses connections")
    bed = bench(get=refused, list=[refused, DONE["list"]], put=[refused, DONE["put"]], settings={"max_retries": 2})
    for calls in (3, 4, 5):
        with pytest.raises(NotSent):
            AGENT.get(bed.api, NUMBER)
        assert len(bed.script.calls) == calls
    assert bed.clock.waits == WAITS[:2]
    with pytest.raises(NotSent):
        AGENT.rows(bed.api)
    AGENT.rows(bed.api)
    AGENT.put(bed.api, NUMBER, {})
    assert bed.clock.waits == [*WAITS[:2], WAITS[0]]


@proves("D30")
def test_a_call_that_reaches_nobody_leaves_its_turn_to_others(bench: Callable[..., Bench]) -> None:
    bed = bench(get=NotSent("refused"), settings={"max_retries": 0, "requests_per_second": 0.1})
    for _ in range(9):
        with pytest.raises(NotSent):
            AGENT.get(bed.api, NUMBER)
    assert bed.clock.waits == []


@proves("A9")
def test_calls_of_all_operations_share_one_pace(bench: Callable[..., Bench]) -> None:
    bed = bench(**DONE, settings={"requests_per_second": 2.0})
    first, second = bed.client.api(bed.heard), bed.client.api(bed.heard)
    AGENT.rows(first)
    AGENT.rows(second)
    TESTER.rows(first, NUMBER)
    assert bed.clock.waits == [0.5, 0.5]


# answers


def test_an_answer_about_another_agent_is_unclear(bench: Callable[..., Bench]) -> None:
    bed = bench(get=good({"agent_number": "71733"}))
    with pytest.raises(Unclear, match=f"asked for agent {NUMBER}, the answer is about agent 71733"):
        AGENT.get(bed.api, NUMBER)


@pytest.mark.parametrize("row", [{"agent_number": NUMBER}, {"agent_number": int(NUMBER)}, {"color": "#000000"}])
def test_an_answer_may_hold_the_number_as_text_as_a_number_or_not_at_all(
    bench: Callable[..., Bench], row: dict[str, Any]
) -> None:
    assert AGENT.get(bench(get=good(row)).api, NUMBER) == row


@pytest.mark.parametrize("data", [[], None, "text", 7, [{}]])
@pytest.mark.parametrize("name", ["get", "create", "register"])
def test_an_answer_whose_data_is_no_object_is_unclear(bench: Callable[..., Bench], name: str, data: Any) -> None:
    with pytest.raises(Unclear, match=r"^unexpected answer: `data` is not an object"):
        CALLS[name](bench(**{name: good(data)}, settings={"max_retries": 0}).api)


@pytest.mark.parametrize("answer", [Answer(204, {}, b""), Answer(200, {}, b""), good(None), good([]), good({})])
def test_an_update_or_a_delete_may_be_answered_without_content(bench: Callable[..., Bench], answer: Answer) -> None:
    bed = bench(put=answer, delete=answer)
    assert AGENT.put(bed.api, NUMBER, {}) == {}
    AGENT.remove(bed.api, NUMBER)


@proves("C10")
@pytest.mark.parametrize(
    ("answer", "rows"),
    [
        (good([{"a": 1}, {"a": 2}]), [{"a": 1}, {"a": 2}]),
        (Answer(200, {}, b'[{"a": 1}]'), [{"a": 1}]),
        (good({"a": 1}), [{"a": 1}]),
        (good([]), []),
        (good({}), []),
        (good(None), []),
        (Answer(200, {}, b"[]"), []),
        (NO_AGENTS, []),
        (bad("No Testers Found"), []),
    ],
)
def test_a_list_comes_bare_or_wrapped_or_as_one_object_or_as_the_documented_error_for_none(
    bench: Callable[..., Bench], answer: Answer, rows: list[Any]
) -> None:
    bed = bench(list=answer, testers=answer)
    assert AGENT.rows(bed.api) == rows
    assert TESTER.rows(bed.api, NUMBER) == rows


@pytest.mark.parametrize("data", ["text", 7, ["text"], [{}, None], [[]], True])
def test_a_list_that_is_none_is_unclear(bench: Callable[..., Bench], data: Any) -> None:
    with pytest.raises(Unclear, match=r"^unexpected answer: `data` is not a list of objects"):
        AGENT.rows(bench(list=good(data), settings={"max_retries": 0}).api)


# the two paths of the tester list


@proves("A6")
@pytest.mark.parametrize(
    "missing",
    [
        Answer(404, {}, b""),
        Answer(404, {}, b"<html>"),
        bad("Method not allowed", code="RCS405", label="METHOD_NOT_ALLOWED", status=405),
    ],
)
def test_the_older_path_is_asked_where_the_newer_one_does_not_exist(
    bench: Callable[..., Bench], missing: Answer
) -> None:
    bed = bench(testers=missing, testers_old=good([{"phoneno": PHONE}]))
    assert TESTER.rows(bed.api, NUMBER) == [{"phoneno": PHONE}]
    assert bed.script.calls == ["testers", "testers_old"]


@proves("A6")
def test_both_paths_refused_raise(bench: Callable[..., Bench]) -> None:
    bed = bench(testers=Answer(404, {}, b""), testers_old=Answer(405, {}, b""))
    with pytest.raises(ApiError) as caught:
        TESTER.rows(bed.api, NUMBER)
    assert caught.value.status == 405


@proves("A6")
@pytest.mark.parametrize("answer", [NOT_FOUND, bad("Agent not found", status=404)])
def test_an_agent_that_is_not_found_is_no_reason_for_the_older_path(
    bench: Callable[..., Bench], answer: Answer
) -> None:
    bed = bench(testers=answer)
    with pytest.raises(NotFound):
        TESTER.rows(bed.api, NUMBER)
    assert bed.script.calls == ["testers"]


@proves("A6")
@pytest.mark.parametrize("answer", [Answer(401, {}, b""), bad("x", label="FIELD_VALUE_ERROR")])
def test_no_other_refusal_leads_to_the_older_path(bench: Callable[..., Bench], answer: Answer) -> None:
    bed = bench(testers=answer)
    with pytest.raises(ApiError):
        TESTER.rows(bed.api, NUMBER)
    assert bed.script.calls == ["testers"]


# what is written down


@proves("E9")
def test_the_log_line_names_the_call_and_masks_the_sid(
    bench: Callable[..., Bench], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "rcs_provider"):
        bed = bench(get=[BROKEN, DONE["get"]], register=good({}))
        AGENT.get(bed.api, NUMBER)
        TESTER.post(bed.api, NUMBER, PHONE)
    assert [each.getMessage() for each in caplog.records] == [
        f"GET http://127.0.0.1:1/v1/***/rcs/agent/{NUMBER} 500 0 ms",
        f"GET http://127.0.0.1:1/v1/***/rcs/agent/{NUMBER} 200 0 ms",
        "POST http://127.0.0.1:1/v1/***/rcs/agenttester/register 200 0 ms",
    ]
    shown = caplog.text + repr(bed.script.requests)
    assert not any(secret in shown for secret in (KEY, SID, PHONE))


def test_a_call_without_an_answer_is_logged_as_that(
    bench: Callable[..., Bench], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "rcs_provider"), pytest.raises(Unclear):
        AGENT.post(bench(create=Unclear("lost")).api, {})
    assert caplog.records[0].getMessage().endswith("/rcs/agent no answer 0 ms")


def test_nothing_is_said_of_a_call_that_goes_well_unless_asked(bench: Callable[..., Bench]) -> None:
    bed = bench(**DONE)
    AGENT.rows(bed.api)
    assert bed.heard.lines == []


PHONES = [
    {"label_text": "Call", "number": number}
    for number in ("18001001001", "+91 90000 00001", "91-90000-00001", "(91) 9000.000001")
]


@proves("A13")
def test_debug_shows_each_call_and_its_body_without_key_sid_and_phone_numbers(bench: Callable[..., Bench]) -> None:
    bed = bench(**DONE, settings={"debug": True})
    AGENT.post(bed.api, {"service_code": "SUPPORT", "phones": PHONES})
    TESTER.post(bed.api, NUMBER, PHONE)
    said = " ".join(bed.heard.of("info"))
    assert "POST http://127.0.0.1:1/v1/***/rcs/agent 200" in said
    assert "SUPPORT" in said
    assert not any(
        secret in said for secret in (KEY, SID, PHONE, "18001001001", "90000 00001", "90000-00001", "9000.000001")
    )


@proves("A13")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("919000000001", "***01"),
        ("call 919000000001 or 18001001001 now", "call ***01 or ***01 now"),
        ("agent 71732", "agent 71732"),
        ("", ""),
    ],
)
def test_a_masked_number_keeps_its_last_two_digits(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_waiting_tells_whether_there_is_time_left(bench: Callable[..., Bench]) -> None:
    bed = bench(settings={"operation_timeout": 10.0})
    assert bed.api.wait(6.0)
    assert not bed.api.wait(6.0)
    assert bed.clock.waits == [6.0]


@proves("B16")
@pytest.mark.parametrize(
    ("name", "todo"), [("create", "ask Kaleyra"), ("put", "ask Kaleyra"), ("delete", 'deletion_policy="retain"')]
)
def test_a_refusal_that_no_rule_knows_says_what_to_do_after_the_operation(
    bench: Callable[..., Bench], name: str, todo: str
) -> None:
    with pytest.raises(ApiError) as caught:
        CALLS[name](bench(**{name: bad("Agent is locked")}).api)
    assert todo in caught.value.hint


def test_a_taken_service_code_is_its_own_error(bench: Callable[..., Bench]) -> None:
    with pytest.raises(ServiceCodeTaken):
        AGENT.post(bench(create=MAPPED).api, {})


def test_an_error_that_is_none_of_ours_is_not_swallowed(bench: Callable[..., Bench]) -> None:
    def broken(_: Request) -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        AGENT.get(bench(get=broken).api, NUMBER)
