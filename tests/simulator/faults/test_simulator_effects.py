"""Effects: what each kind of fault does, with the work done or not (C4, C5)."""

from __future__ import annotations

import contextlib
import json
import time
from threading import Thread
from typing import Any

import pytest
import requests
from proves import proves
from sim_client import BODY, Api, names, problem

from rcs_simulator.faults.kinds import DEFAULTS, ERROR_CODES, SHORTHANDS

Dropped = requests.exceptions.ConnectionError


@pytest.mark.parametrize("word", ["close", "refuse_before"])
def test_close_drops_the_connection_and_does_nothing(api: Api, word: str) -> None:
    api.world.fault("create_agent", word)
    with pytest.raises(Dropped):
        api.create()
    assert api.world.agents() == []
    entry = api.world.journal()[-1]
    assert (entry.status, entry.flags, entry.operation) == (None, ("fault:close",), "create_agent")


@proves("C4")
def test_lost_does_the_work_and_drops_the_answer(api: Api) -> None:
    api.world.fault("create_agent", "lost")
    with pytest.raises(Dropped):
        api.create()
    assert names(api.world) == ["GROCER"]
    entry = api.world.journal()[-1]
    assert (entry.status, entry.agent_number) == (None, api.world.agents()[0]["agent_number"])
    assert entry.ended is not None


def test_stall_pauses_before_the_work(api: Api) -> None:
    api.world.fault("create_agent", {"kind": "stall", "seconds": 0.1})
    started = time.monotonic()
    assert api.create().ok
    assert time.monotonic() - started >= 0.1


def test_stall_leaves_the_work_undone_when_the_client_goes(api: Api) -> None:
    api.world.fault("create_agent", "stall")
    with pytest.raises(requests.exceptions.ReadTimeout):
        api.call("POST", "/agent", json={}, timeout=0.1)
    assert api.agents().status_code == 400
    assert api.world.journal(operation="create_agent")[0].status is None


def test_a_late_stall_does_the_work_though_the_client_is_gone(api: Api) -> None:
    api.world.fault("create_agent", {"kind": "stall", "late": True})
    with pytest.raises(requests.exceptions.ReadTimeout):
        api.call("POST", "/agent", json=_body(api), timeout=0.1)
    _until(lambda: api.world.journal(operation="create_agent")[0].ended is not None)
    assert names(api.world) == ["LATE"]


def test_stall_after_has_done_the_work(api: Api) -> None:
    api.world.fault("create_agent", "stall_after")
    with pytest.raises(requests.exceptions.ReadTimeout):
        api.call("POST", "/agent", json=_body(api), timeout=0.1)
    assert names(api.world) == ["LATE"]


def _body(api: Api) -> dict[str, Any]:
    assert api.world.agents() == []
    return {**BODY, "service_code": "LATE"}


def _until(condition: Any) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_stalled_call_holds_up_no_other(api: Api) -> None:
    number = api.made()
    api.world.fault("get_agent", {"kind": "stall", "seconds": 0.3})
    thread = Thread(target=requests.get, args=(f"{api.world.url}/v1/{api.world.sid}/rcs/agent/{number}",))
    thread.start()
    _until(lambda: api.world.pending_faults() == [])
    assert api.get(number).ok
    thread.join()
    stalled, quick = api.world.journal(operation="get_agent")
    assert stalled.overlaps(quick)
    assert not stalled.overlaps(api.world.journal(operation="create_agent")[0])


ENVELOPES = {401: "RBC201", 429: "RCS429", 500: "RCS500", 503: "RCS503"}


@pytest.mark.parametrize(("status", "code"), ENVELOPES.items())
def test_a_status_has_the_envelope_of_its_kind(api: Api, status: int, code: str) -> None:
    api.world.fault("create_agent", status)
    answer = api.create()
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "retry-after" not in answer.headers
    assert api.world.agents() == []


def test_502_is_an_html_page(api: Api) -> None:
    api.world.fault("create_agent", 502, "html502", "html404")
    answers = [api.create() for _ in range(3)]
    assert [(one.status_code, one.headers["content-type"]) for one in answers] == [
        (502, "text/html"),
        (502, "text/html"),
        (404, "text/html"),
    ]
    assert answers[0].text.startswith("<html>")


def test_429_with_retry_after(api: Api) -> None:
    api.world.fault("list_agents", "429_retry_after", {"kind": "status", "status": 429, "retry_after": 7})
    assert [api.agents().headers["retry-after"] for _ in range(2)] == ["1", "7"]


@pytest.mark.parametrize("code", ERROR_CODES)
def test_a_code_has_its_own_status(api: Api, code: str) -> None:
    statuses = {"RBC001": 401, "RBC201": 401, "RCS405": 405, "RCS429": 429, "RCS601": 400, "RCS701": 400, "RCS503": 503}
    api.world.fault("list_agents", code)
    answer = api.agents()
    assert (answer.json()["code"], answer.status_code) == (code, statuses.get(code, 500))


def test_a_status_with_everything_given(api: Api) -> None:
    given = {
        "kind": "status",
        "status": 418,
        "body": {"odd": 1},
        "headers": {"x-odd": "yes"},
        "content_type": "application/odd",
        "work": True,
    }
    api.world.fault("create_agent", given, {"kind": "status", "status": 500, "error": "RCS502"})
    answer = api.create()
    assert (answer.status_code, answer.json(), answer.headers["x-odd"]) == (418, {"odd": 1}, "yes")
    assert answer.headers["content-type"] == "application/odd"
    assert names(api.world) == ["GROCER"]
    assert problem(api.create())[:2] == (500, "RCS502")


def test_truncated_json_with_and_without_the_work(api: Api) -> None:
    api.world.fault("create_agent", "truncated_before", "truncated")
    for expected in ([], ["GROCER"]):
        answer = api.create()
        with pytest.raises(json.JSONDecodeError):
            json.loads(answer.content)
        assert (answer.status_code, names(api.world)) == (200, expected)


def test_cut_closes_the_connection_in_the_middle_of_the_body(api: Api) -> None:
    api.world.fault("create_agent", "cut")
    with pytest.raises((Dropped, requests.exceptions.ChunkedEncodingError)):
        api.create()
    assert names(api.world) == ["GROCER"]


def test_empty_has_done_the_work(api: Api) -> None:
    api.world.fault("create_agent", "empty", {"kind": "empty", "status": 204, "work": False})
    answers = [api.create(), api.create(service_code="x")]
    assert [(one.status_code, one.content) for one in answers] == [(200, b""), (204, b"")]
    assert names(api.world) == ["GROCER"]


def test_error200_is_a_failure_envelope_under_200(api: Api) -> None:
    api.world.fault("create_agent", "error200", {"kind": "error200", "error": "RCS601"})
    assert [problem(api.create())[:2] for _ in range(2)] == [(200, "RCS500"), (200, "RCS601")]
    assert api.world.agents() == []


def test_other_not_found_is_not_the_agents(api: Api) -> None:
    number = api.made()
    api.world.fault("get_agent", "other_not_found")
    assert problem(api.get(number)) == (400, "RCS904", "PROV_ERROR", "Brand not found")


def test_slow_arrives_whole(api: Api) -> None:
    number = api.made()
    expected = api.read(number)
    api.world.fault("get_agent", {"kind": "slow", "seconds": 0.001, "chunk": 100})
    assert api.read(number) == expected


def test_a_client_can_leave_a_slow_answer(api: Api) -> None:
    number = api.made()
    api.world.fault("get_agent", {"kind": "slow", "seconds": 0.05})
    with pytest.raises(Dropped):
        api.call("GET", f"/agent/{number}", timeout=0.01)
    _until(lambda: api.world.journal(operation="get_agent")[0].ended is not None)


def test_redirect_goes_where_it_is_told(api: Api) -> None:
    api.world.fault("list_agents", {"kind": "redirect", "url": "http://elsewhere.example/"})
    answer = api.agents()
    assert (answer.status_code, answer.headers["location"]) == (302, "http://elsewhere.example/")


def test_body_is_any_json_or_text_under_200(api: Api) -> None:
    api.world.fault("list_agents", {"kind": "body", "body": [1]}, {"kind": "body", "body": "no json"})
    assert [(api.agents().status_code, api.agents().text)] == [(200, "no json")]


def test_big_is_valid_json_of_that_size(api: Api) -> None:
    api.world.fault("list_agents", {"kind": "big", "bytes": 300_000})
    answer = api.agents()
    assert len(answer.content) == 300_000
    assert answer.json()["code"] == "RCS902"


@pytest.mark.parametrize("word", sorted(set(SHORTHANDS) - {"redirect", "stall", "stall_after", "big"}))
def test_every_word_can_be_scripted_and_fires(api: Api, word: str) -> None:
    number = api.made()
    api.world.fault("get_agent", word)
    with contextlib.suppress(requests.exceptions.RequestException):
        api.get(number)
    assert api.world.pending_faults() == []
    flags = api.world.journal(operation="get_agent")[0].flags
    assert flags == (f"fault:{SHORTHANDS[word]['kind']}",)


def test_every_kind_has_an_effect() -> None:
    from rcs_simulator.faults.effects import EFFECTS

    assert set(EFFECTS) == set(DEFAULTS)
