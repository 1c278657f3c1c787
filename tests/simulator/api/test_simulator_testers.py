"""Testers: registration, invitations, quotas and both lists."""

from __future__ import annotations

import pytest
from sim_client import Api, problem

ROW = ["phoneno", "test_status", "status", "agent_no", "id", "override_dcs_check", "carrierid"]
PHONE = "919530000092"


def test_registering_answers_what_was_requested(api: Api) -> None:
    number = api.made()
    answer = api.register(number)
    body = answer.json()
    assert (answer.status_code, body["code"], body["error"]) == (200, "RCS902", {})
    assert body["message"] == "Tester registration request sent successfully"
    assert list(body["data"]) == ["phoneno", "agent_no", "id", "override_dcs_check"]
    assert (body["data"]["phoneno"], body["data"]["agent_no"]) == (PHONE, number)


def test_both_lists_are_bare_arrays_with_the_same_rows(api: Api) -> None:
    number = api.made()
    api.register(number)
    rows = api.testers(number).json()
    assert [list(row) for row in rows] == [ROW]
    assert rows == api.testers(number, "/agent/testersbyagent").json()
    assert (rows[0]["status"], rows[0]["test_status"], rows[0]["carrierid"]) == ("ACTIVE", "", 0)


def test_an_agent_without_testers_has_an_empty_list(api: Api) -> None:
    assert api.testers(api.made()).json() == []


def test_registering_twice_keeps_one_row_and_counts_two_invitations(api: Api) -> None:
    number = api.made()
    first, second = (api.register(number).json()["data"]["id"] for _ in range(2))
    assert first == second
    assert len(api.testers(number).json()) == 1
    assert api.world.invitations(number) == 2
    assert api.world.testers(number)[0]["invitations"] == 2


def test_registration_is_checked(api: Api) -> None:
    number = api.made()
    missing = api.call("POST", "/agenttester/register", json={})
    assert problem(missing)[2:] == ("MISSING_REQUIRED_FIELDS", "missing required fields: phoneno, agent_no")
    assert problem(api.register(number, "+919530000092"))[2] == "INVALID_FIELD_FORMAT"
    assert problem(api.register("1"))[3] == "Agent not found"
    assert problem(api.call("POST", "/agenttester/register", data="{"))[1] == "RCS701"
    for wrong in ({"phoneno": 919530000092, "agent_no": number}, {"phoneno": PHONE, "agent_no": int(number)}):
        assert problem(api.call("POST", "/agenttester/register", json=wrong))[1] == "RCS701"
    assert api.world.invitations(number) == 0


def test_a_deleted_agent_takes_no_testers_but_still_lists_them(api: Api) -> None:
    number = api.made()
    api.register(number)
    api.delete(number)
    assert problem(api.register(number, "919530000093"))[3] == "Agent not found"
    assert len(api.testers(number).json()) == 1


def test_the_list_needs_a_known_agent(api: Api) -> None:
    assert problem(api.testers("1"))[3] == "Agent not found"
    missing = api.call("GET", "/agenttester/testersbyagent")
    assert problem(missing)[3] == "missing required fields: agent_number"


def test_twenty_invitations_a_day_are_the_most(api: Api) -> None:
    number, other = api.made(), api.made(service_code="OTHER")
    answers = [api.register(number, f"9195300000{index:02}").status_code for index in range(21)]
    assert answers == [200] * 20 + [429]
    assert problem(api.register(number, "919530000099"))[2] == "RESOURCE_EXHAUSTED"
    assert api.register(other).ok
    api.world.skip(86_401)
    assert api.register(number, "919530000099").ok


def test_two_hundred_invitations_in_all_are_the_most(api: Api) -> None:
    number = api.made()
    api.world.set(tester_total_quota=2)
    assert [api.register(number, f"91953000000{index}").status_code for index in range(3)] == [200, 200, 429]
    api.world.skip(10 * 86_400)
    assert api.register(number, "919530000009").status_code == 429
    assert api.world.switches()["tester_daily_quota"] == 20


def test_duplicate_registration(api: Api) -> None:
    number = api.made()
    api.register(number)
    api.world.set(duplicate_registration="error")
    assert problem(api.register(number))[3] == "Tester already registered"
    assert api.world.invitations(number) == 1
    api.world.set(duplicate_registration="double")
    assert api.register(number).ok
    assert (len(api.testers(number).json()), api.world.invitations(number)) == (2, 2)


@pytest.mark.parametrize(
    ("switch", "path"),
    [("old_tester_list", "/agent/testersbyagent"), ("new_tester_list", "/agenttester/testersbyagent")],
)
def test_tester_lists_can_be_switched_off(api: Api, switch: str, path: str) -> None:
    number = api.made()
    other = next(one for one in ("/agent/testersbyagent", "/agenttester/testersbyagent") if one != path)
    api.world.set(**{switch: "404"})
    gone = api.testers(number, path)
    assert (gone.status_code, gone.headers["content-type"]) == (404, "text/html")
    api.world.set(**{switch: "405"})
    assert problem(api.testers(number, path))[:2] == (405, "RCS405")
    assert api.testers(number, other).json() == []
    assert [entry.flags for entry in api.world.journal(operation="list_testers")] == [
        ("unknown_route",),
        ("wrong_method",),
        (),
    ]


def test_tester_list_envelope(api: Api) -> None:
    number = api.made()
    api.register(number)
    api.world.set(tester_list_envelope=True)
    answer = api.testers(number).json()
    assert (answer["code"], len(answer["data"]), answer["error"]) == ("RCS902", 1, {})


def test_no_testers(api: Api) -> None:
    api.world.set(no_testers="error")
    assert problem(api.testers(api.made())) == (400, "RCS904", "PROV_ERROR", "No Testers Found")


def test_tester_status_and_spelling(api: Api) -> None:
    number = api.made()
    api.world.set(tester_status="PENDING", tester_test_status="INVITED", respell_testers=True)
    api.register(number)
    row = api.testers(number).json()[0]
    assert (row["status"], row["test_status"], row["phoneno"]) == ("PENDING", "INVITED", "+919530000092")


def test_quotas(api: Api) -> None:
    api.world.set(tester_daily_quota=1, tester_total_quota=0)
    assert "0 tester requests per agent" in problem(api.register(api.made()))[3]
