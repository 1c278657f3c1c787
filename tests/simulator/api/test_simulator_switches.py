"""Every switch does what its sentence says (C8, C9, C11); those of testers and views are with those."""

from __future__ import annotations

from typing import Any

import pytest
from proves import proves
from sim_client import BODY, Api, problem

from rcs_simulator import World, WorldError
from rcs_simulator.api.switches import Switches, describe


def test_every_switch_has_a_sentence_and_a_default(world: World) -> None:
    assert world.switches() == Switches().values()
    for row in describe().values():
        assert row["doc"].endswith((".", "}."))
        assert not row["choices"] or row["default"] in row["choices"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"no_such": True},
        {"latency": -1},
        {"latency": "1"},
        {"read_lag": True},
        {"read_lag": -1},
        {"create_returns_number": 1},
        {"old_tester_list": "off"},
        {"initial_status": 5},
        {"status_after_reads": {"status": "ACTIVE"}},
        {"status_after_seconds": 3},
    ],
)
def test_a_wrong_switch_is_refused_by_name_and_nothing_is_set(world: World, wrong: dict[str, Any]) -> None:
    with pytest.raises(WorldError, match=next(iter(wrong))):
        world.set(list_lag_reads=7, **wrong)
    assert world.switches()["list_lag_reads"] == 0


def test_create_returns_number(api: Api) -> None:
    api.world.set(create_returns_number=True)
    data = api.create().json()["data"]
    stored = api.world.agents()[0]
    assert {name: data[name] for name in ("id", "agent_number", "provider_agent_id")}.items() <= stored.items()


def test_put_requires_verification(api: Api) -> None:
    number = api.made()
    api.world.set(put_requires_verification=True)
    assert problem(api.put(number))[3] == "missing required fields: verification_name, verification_state"
    api.world.set(verification_in_answers=True)
    assert api.put(number).ok


def test_agent_status_call(api: Api) -> None:
    number = api.made()
    assert api.verification(number).status_code == 404
    api.world.set(agent_status_call=True, put_requires_verification=True)
    data = api.verification(number).json()["data"]
    assert data == {
        "agent_number": number,
        "verification_name": f"ver__{number}",
        "verification_state": "VERIFICATION_STATE_UNVERIFIED",
    }
    assert api.put(number, **data).ok
    assert problem(api.verification("1"))[3] == "Agent not found"
    assert problem(api.call("GET", "/agentstatus"))[3] == "missing required fields: agent_number"


def test_put_without_color(api: Api) -> None:
    number = api.made()
    api.world.set(put_without_color="refuse")
    assert problem(api.put(number, color=None))[3] == "missing required fields: color"
    api.world.set(put_without_color="empty")
    api.put(number, color=None)
    assert api.world.agent(number)["color"] == ""


def test_validation_order(api: Api) -> None:
    number = api.made()
    wrong = {"display_name": None, "logo_url": "logo", "agent_use_case": "NONE"}
    labels = []
    for order in ("missing_first", "restricted_first"):
        api.world.set(validation_order=order)
        labels += [
            problem(answer)[2]
            for answer in (
                api.create(**wrong),
                api.create(**wrong, service_code="OTHER"),
                api.put(number, **wrong, hosting_region="EUROPE"),
                api.put(number, **wrong),
            )
        ]
    missing, value = "MISSING_REQUIRED_FIELDS", "FIELD_VALUE_ERROR"
    assert labels == [missing] * 4 + ["PROV_ERROR", value, "RESTRICTED_FIELDS_MODIFY_ATTEMPT", value]
    assert problem(api.call("POST", "/agent", json={}))[2] == "CONTACT_REQUIRED"
    assert api.put(number).ok


def test_put_resets_omitted(api: Api) -> None:
    number = api.made()
    api.world.set(put_resets_omitted=False)
    api.put(number, phones=None)
    stored = api.world.agent(number)
    assert (stored["agent_test_url"], len(stored["phones"])) == ("https://www.example.com", 1)


def test_put_updates_languages(api: Api) -> None:
    number = api.made()
    api.put(number, languages=["Tamil"])
    assert api.world.agent(number)["languages"] == ["English", "Hindi"]
    api.world.set(put_updates_languages=True)
    api.put(number, languages=["Tamil"])
    assert api.world.agent(number)["languages"] == ["Tamil"]


def test_agent_type_editable(api: Api) -> None:
    number = api.made()
    api.world.set(agent_type_editable=False)
    assert problem(api.put(number, agent_type="2"))[3].endswith(": agent_type")


def test_edit_while_pending(api: Api) -> None:
    number = api.made()
    api.world.patch_agent(number, verification_state="VERIFICATION_STATE_PENDING")
    assert api.put(number).ok
    api.world.set(edit_while_pending=False)
    assert problem(api.put(number))[2] == "PROV_ERROR"


def test_strict_values(api: Api) -> None:
    api.world.set(strict_values=False)
    assert api.create(agent_use_case="SOMETHING_NEW").ok


def test_label_limit(api: Api) -> None:
    label = {"privacy": {"label_text": "x" * 26, "website": "https://a.example"}}
    assert api.create(**label).ok
    api.world.set(label_limit=True)
    assert problem(api.create(**label, service_code="x"))[2] == "FIELD_VALUE_ERROR"


def test_delete_frees_service_code(api: Api) -> None:
    api.world.set(delete_frees_service_code=False)
    api.delete(api.made())
    assert "already mapped" in problem(api.create())[3]


def test_delete_verified(api: Api) -> None:
    number = api.made()
    api.world.patch_agent(number, verification_state="VERIFICATION_STATE_VERIFIED")
    api.world.set(delete_verified="refuse")
    assert problem(api.delete(number))[2] == "PROV_ERROR"
    assert len(api.world.agents()) == 1
    api.world.set(delete_verified="ok")
    assert api.delete(number).ok


def test_delete_deleted(api: Api) -> None:
    number = api.made()
    api.delete(number)
    api.world.set(delete_deleted="ok")
    assert api.delete(number).ok


def test_list_shows_deleted(api: Api) -> None:
    number = api.made()
    api.delete(number)
    assert [one["status"] for one in api.agents().json()["data"]] == ["DELETED"]
    api.world.set(list_shows_deleted=False)
    assert problem(api.agents())[3] == "No Agents Found"


@proves("C9")
def test_list_lag_reads(api: Api) -> None:
    api.world.seed_agent()
    api.world.set(list_lag_reads=2)
    number = api.made()
    sizes = [len(api.agents().json()["data"]) for _ in range(4)]
    assert sizes == [1, 1, 2, 2]
    assert api.get(number).ok


@proves("C9")
def test_read_lag(api: Api) -> None:
    api.world.set(read_lag=2)
    number = api.made()
    assert [api.get(number).status_code for _ in range(3)] == [400, 400, 200]
    api.put(number, description="New")
    assert [api.read(number)["description"] for _ in range(3)] == [BODY["description"], BODY["description"], "New"]


def test_initial_status(api: Api) -> None:
    api.world.set(initial_status="CREATED")
    assert api.read(api.made(status=None))["status"] == "CREATED"


def test_create_takes_status(api: Api) -> None:
    api.world.set(create_takes_status=False)
    assert api.read(api.made(status="DRAFT"))["status"] == "ACTIVE"


@proves("C8")
def test_status_after_reads(api: Api) -> None:
    moved = {"reads": 2, "status": "ACTIVE", "integration_status": True}
    api.world.set(initial_status="CREATED", status_after_reads=moved)
    number = api.made(status=None)
    seen = [(data["status"], data["integration_status"]) for data in (api.read(number) for _ in range(3))]
    assert seen == [("CREATED", False), ("CREATED", False), ("ACTIVE", True)]
    api.world.patch_agent(number, status="REJECTED")
    assert api.read(number)["status"] == "REJECTED"


@proves("C8")
def test_status_after_seconds(api: Api) -> None:
    api.world.set(initial_status="CREATED", status_after_seconds={"seconds": 60, "status": "ACTIVE"})
    number, other = api.made(status=None), api.made(status=None, service_code="OTHER")
    assert api.read(number)["status"] == "CREATED"
    api.world.skip(61)
    assert api.read(number)["status"] == "ACTIVE"
    api.delete(other)
    assert [one["status"] for one in api.agents().json()["data"]] == ["ACTIVE", "DELETED"]


def test_a_list_lets_time_move_agents(api: Api) -> None:
    api.world.set(initial_status="CREATED", status_after_seconds={"seconds": 60, "status": "ACTIVE"})
    number = api.made(status=None)
    api.world.skip(61)
    assert api.agents().json()["data"][0]["status"] == "ACTIVE"
    assert api.world.agent(number)["status"] == "ACTIVE"


def test_channel_enabled(api: Api) -> None:
    api.world.set(channel_enabled=False)
    disabled = "RCS Channel is not enabled for this User"
    for answer in (api.agents(), api.create(), api.testers("1"), api.delete("1")):
        assert problem(answer) == (400, "RCS601", "RCS_CHANNEL_DISABLED", disabled)


def test_success_statuses(api: Api) -> None:
    api.world.set(create_http=201, update_http=204, delete_http=204, register_http=201)
    created = api.create()
    number = api.world.agents()[0]["agent_number"]
    assert (created.status_code, created.json()["code"]) == (201, "RCS902")
    assert api.register(number).status_code == 201
    updated, deleted = api.put(number), api.delete(number)
    assert [(one.status_code, one.content) for one in (updated, deleted)] == [(204, b""), (204, b"")]


def test_latency(api: Api) -> None:
    api.world.seed_agent()
    api.world.set(latency=0.15)
    api.agents()
    entry = api.world.journal()[-1]
    assert entry.ended is not None
    assert entry.ended - entry.started >= 0.15
