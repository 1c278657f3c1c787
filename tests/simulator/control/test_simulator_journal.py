"""Journal, routes and accounts (C6, C7)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import requests
from proves import proves
from sim_client import BODY, Api, problem

if TYPE_CHECKING:
    from rcs_simulator import World

SECRET = "canary-key-0123456789"  # noqa: S105 - no secret of anything


@proves("C6")
def test_an_entry_says_what_was_asked_and_what_became_of_it(api: Api) -> None:
    number = api.made()
    api.register(number)
    created, registered = api.world.journal()
    assert (created.number, created.method, created.operation, created.status) == (1, "POST", "create_agent", 200)
    assert (created.path, created.query, created.flags) == (f"/v1/{api.world.sid}/rcs/agent", {}, ())
    assert (created.body, created.service_code, created.agent_number) == (BODY, "GROCER", number)
    assert (registered.agent_number, registered.phoneno) == (number, "919530000092")
    assert created.ended is not None
    assert created.started < created.ended < registered.started
    assert not created.overlaps(registered)


def test_the_journal_can_be_searched_and_cleared(api: Api) -> None:
    number = api.made()
    api.read(number)
    api.testers(number)
    assert [entry.operation for entry in api.world.journal(method="GET")] == ["get_agent", "list_testers"]
    assert [entry.method for entry in api.world.journal(operation="create_agent")] == ["POST"]
    path = f"/v1/{api.world.sid}/rcs/agent/{number}"
    assert [entry.number for entry in api.world.journal(path=path)] == [2]
    assert api.world.journal(operation="list_testers")[0].query == {"agent_number": number}
    api.world.clear_journal()
    assert api.world.journal() == []
    api.read(number)
    assert [entry.number for entry in api.world.journal()] == [4]


def test_the_journal_counts(api: Api) -> None:
    api.made()
    answer = api.session.get(f"{api.world.url}/_admin/journal", params={"count": "1", "method": "POST"})
    assert answer.json() == {"count": 1}


def test_keys_never_enter_the_journal(api: Api) -> None:
    headers = {"api-key": SECRET, "Authorization": f"Bearer {SECRET}", "Cookie": f"a={SECRET}"}
    api.call("POST", f"/agent/{SECRET}?k={SECRET}", data=f"<{SECRET}>", headers=headers)
    api.call("POST", "/agent", json={"display_name": api.world.api_key, "service_code": SECRET}, headers=headers)
    text = json.dumps([vars(entry) for entry in api.world.journal()])
    assert SECRET not in text
    assert api.world.api_key not in text
    first = api.world.journal()[0]
    assert first.headers["api-key"].startswith("*** sha256:")
    assert first.headers["authorization"].startswith("*** sha256:")


def test_two_keys_can_be_told_apart(api: Api) -> None:
    api.agents()
    api.call("GET", "/agents", headers={"api-key": SECRET})
    first, second = (entry.headers["api-key"] for entry in api.world.journal())
    assert first != second


def test_a_body_that_is_no_json_is_kept_as_text(api: Api) -> None:
    api.call("POST", "/agent", data="no json")
    assert api.world.journal()[0].body == "no json"


@proves("C7")
@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/x/rcs", "/v1/x/rcs/agent/1/2", "/v1/x/rcs/agents/", "/wsgw/v1/agent"]
)
def test_an_unknown_path_is_a_bare_404_with_a_flag(world: World, path: str) -> None:
    answer = requests.get(world.url + path, timeout=10)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html")
    entry = world.journal()[0]
    assert (entry.operation, entry.status, "unknown_route" in entry.flags) == (None, 404, True)


@proves("C7")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/agent"),
        ("POST", "/agents"),
        ("PATCH", "/agent/1"),
        ("POST", "/agenttester/testersbyagent"),
        ("POST", "/agent/testersbyagent"),
        ("GET", "/agenttester/register"),
        ("DELETE", "/brands"),
        ("POST", "/masters"),
    ],
)
def test_a_wrong_method_is_405_rcs405_with_a_flag(api: Api, method: str, path: str) -> None:
    expected = (405, "RCS405", "METHOD_NOT_ALLOWED", "Method not allowed")
    assert problem(api.call(method, path)) == expected
    entry = api.world.journal()[0]
    assert (entry.operation, entry.flags) == (None, ("wrong_method",))


@proves("C7")
@pytest.mark.parametrize(
    ("sid", "key", "code", "said", "flag"),
    [
        ("WRONG", "simulated-key-in", "RBC001", "record not found", "wrong_sid"),
        ("SIMULATEDNA01", "simulated-key-na", "RBC001", "record not found", "wrong_sid"),
        ("SIMULATEDIN01", "simulated-key-na", "RBC201", "API Key Not Found", "wrong_key"),
        ("SIMULATEDIN01", "", "RBC201", "API Key Not Found", "missing_key"),
        ("SIMULATEDIN01", None, "RBC201", "API Key Not Found", "missing_key"),
    ],
)
def test_sid_and_key_are_checked_as_a_pair(  # noqa: PLR0913, PLR0917 - one case per row
    world: World, sid: str, key: str | None, code: str, said: str, flag: str
) -> None:
    headers = {"Content-Type": "application/json"} | ({} if key is None else {"api-key": key})
    answer = requests.get(f"{world.url}/v1/{sid}/rcs/agents", headers=headers, timeout=10)
    text = "Incorrect SID or API key."
    assert answer.status_code == 401
    assert answer.json() == {"code": code, "message": text, "data": [], "error": {"body": text, "error": said}}
    assert world.journal()[0].flags == (flag,)


def test_a_missing_content_type_is_flagged_only(api: Api) -> None:
    number = api.made()
    assert api.call("GET", f"/agent/{number}", headers={"Content-Type": None}).ok
    assert api.call("GET", f"/agent/{number}", headers={"Content-Type": "application/JSON"}).ok
    assert [entry.flags for entry in api.world.journal(operation="get_agent")] == [("content_type",), ()]


@pytest.mark.parametrize("sent", ["text/plain", "application/jsonx", "application/x-www-form-urlencoded", None])
def test_a_body_of_another_content_type_is_refused(api: Api, sent: str | None) -> None:
    answer = api.call("POST", "/agent", data=json.dumps(BODY), headers={"Content-Type": sent})
    assert problem(answer)[:3] == (400, "RCS701", "INVALID_JSON_PAYLOAD")
    assert "the only allowed Content-Type is application/JSON" in problem(answer)[3]
    assert api.world.journal()[0].flags == ("content_type",)
    assert api.world.agents() == []


def test_a_read_of_another_content_type_is_refused_and_a_charset_is_none(api: Api) -> None:
    number = api.made()
    assert problem(api.call("GET", f"/agent/{number}", headers={"Content-Type": "text/plain"}))[1] == "RCS701"
    assert api.call("GET", f"/agent/{number}", headers={"Content-Type": "Application/JSON; charset=utf-8"}).ok


def test_no_request_of_the_admin_paths_is_in_the_journal(world: World) -> None:
    world.agents()
    world.set(latency=0)
    assert world.journal() == []
