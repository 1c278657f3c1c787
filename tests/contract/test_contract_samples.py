"""The simulator answers what the vendor's own samples show (C10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract_target import SAMPLES, Target, sample, shape

if TYPE_CHECKING:
    from rcs_simulator import World

CREATE: dict[str, Any] = sample("create_agent/request")
UPDATE: dict[str, Any] = sample("update_agent/request")
REGISTER: dict[str, Any] = sample("register_tester/request")


def without(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}


def seed_for_update(world: World) -> str:
    """Seed the agent that the update's sample is about: what is restricted is as the sample echoes it."""
    return world.seed_agent(**{**UPDATE, "languages": ["English"], "rcs_provider_id": str(UPDATE["rcs_provider_id"])})


def test_create_answers_the_sample(simulated: Target) -> None:
    status, answer = simulated.call("POST", "/agent", json=CREATE)
    assert (status, answer) == (200, sample("create_agent/success"))
    assert shape(answer) == shape(sample("create_agent/success"))


def test_read_answers_the_sample_of_a_deleted_agent(simulated: Target, world: World) -> None:
    expected = sample("get_agent/success")
    number = world.seed_agent(**expected["data"])
    status, answer = simulated.call("GET", f"/agent/{number}")
    assert (status, answer) == (200, expected)
    assert shape(answer) == shape(expected)


def test_the_list_holds_what_a_read_holds(simulated: Target, world: World) -> None:
    expected = sample("get_agent/success")
    world.seed_agent(**expected["data"])
    assert simulated.call("GET", "/agents")[1]["data"] == [expected["data"]]


def test_update_answers_the_sample(simulated: Target, world: World) -> None:
    number = seed_for_update(world)
    world.patch_agent(number, description="before", color="#000000")
    status, answer = simulated.call("PUT", f"/agent/{number}", json=UPDATE)
    expected = sample("update_agent/success")
    assert status == 200
    assert shape(answer) == shape(expected)
    differing = {name for name in expected["data"] if answer["data"][name] != expected["data"][name]}
    assert differing == {"description", "phones"}, "the sample's answer has another dot and other masked digits"
    assert (answer["code"], answer["message"], answer["error"]) == ("RCS902", expected["message"], {})


def test_register_answers_the_sample(simulated: Target, world: World) -> None:
    world.seed_agent(agent_number=REGISTER["agent_no"])
    phoneno = REGISTER["phoneno"].replace("X", "0")
    status, answer = simulated.call("POST", "/agenttester/register", json={**REGISTER, "phoneno": phoneno})
    expected = sample("register_tester/success")
    assert status == 200
    assert shape(answer) == shape(expected)
    assert without(answer, "data") == without(expected, "data")


@pytest.mark.parametrize("path", ["/agent/testersbyagent", "/agenttester/testersbyagent"])
def test_the_tester_list_answers_the_sample(simulated: Target, world: World, path: str) -> None:
    expected = sample("list_testers/success")
    world.seed_agent(agent_number="1102")
    world.seed_tester("1102", expected[0]["phoneno"], **without(expected[0], "phoneno"))
    status, answer = simulated.call("GET", path, params={"agent_number": "1102"})
    assert (status, answer) == (200, expected)
    assert shape(answer) == shape(expected)


REFUSED_CREATES = {
    "contact_required": {**CREATE, "phones": [], "emails": []},
    "missing_required_fields": without(CREATE, "rcs_provider_id"),
    "invalid_field_format": {**CREATE, "agent_test_url": "www.example.com"},
    "invalid_allowed_values": {**CREATE, "agent_use_case": "INVALID_USE_CASE"},
}


@pytest.mark.parametrize("name", REFUSED_CREATES)
def test_a_refused_create_answers_the_sample(simulated: Target, name: str) -> None:
    assert simulated.call("POST", "/agent", json=REFUSED_CREATES[name]) == (400, sample(f"create_agent/{name}"))


def test_a_taken_service_code_answers_the_sample(simulated: Target) -> None:
    simulated.call("POST", "/agent", json=CREATE)
    assert simulated.call("POST", "/agent", json=CREATE) == (400, sample("create_agent/service_code_mapped"))


def test_a_wrong_account_answers_the_samples(simulated: Target) -> None:
    wrong = f"{simulated.root}/v1/WRONG/rcs/agent"
    assert simulated.call("POST", wrong, json=CREATE) == (401, sample("create_agent/incorrect_sid"))
    answer = simulated.call("POST", "/agent", json=CREATE, headers={"api-key": "wrong"})
    assert answer == (401, sample("create_agent/incorrect_api_key"))


def test_a_read_of_nothing_answers_the_sample(simulated: Target) -> None:
    assert simulated.call("GET", "/agent/48400") == (400, sample("get_agent/not_found"))


REFUSED_UPDATES = {
    "restricted_fields": {**UPDATE, "rcs_provider_id": 1},
    "invalid_email_format": {**UPDATE, "emails": [{**UPDATE["emails"][0], "email": "nobody"}]},
    "invalid_image_url_format": {**UPDATE, "logo_url": "https://example.com/logo.gif"},
    "missing_required_fields": without(UPDATE, "rcs_provider_id"),
    "invalid_field_format": {**UPDATE, "agent_test_url": "www.example.com"},
    "invalid_allowed_values": {**UPDATE, "agent_use_case": "INVALID_USE_CASE"},
}


@pytest.mark.parametrize("name", REFUSED_UPDATES)
def test_a_refused_update_answers_the_sample(simulated: Target, world: World, name: str) -> None:
    number = seed_for_update(world)
    before = world.agent(number)
    answer = simulated.call("PUT", f"/agent/{number}", json=REFUSED_UPDATES[name])
    assert answer == (400, sample(f"update_agent/{name}"))
    assert world.agent(number) == before


def test_of_two_samples_for_a_url_the_longer_is_answered(simulated: Target, world: World) -> None:
    number = seed_for_update(world)
    answer = simulated.call("PUT", f"/agent/{number}", json=REFUSED_UPDATES["invalid_field_format"])[1]
    shorter = sample("update_agent/invalid_url_format")
    assert answer["error"]["error_message"].startswith(shorter["error"]["error_message"])
    assert without(answer, "error") == without(shorter, "error")


def test_invalid_json_answers_the_sample(simulated: Target, world: World) -> None:
    number = seed_for_update(world)
    assert simulated.call("PUT", f"/agent/{number}", data='{"id": "1",}') == (400, sample("update_agent/invalid_json"))


def test_a_wrong_method_answers_the_sample(simulated: Target) -> None:
    assert simulated.call("PATCH", "/agent/73032") == (405, sample("update_agent/method_not_allowed"))


def test_a_disabled_channel_answers_the_sample(simulated: Target, world: World) -> None:
    world.set(channel_enabled=False)
    assert simulated.call("PUT", "/agent/73032", json=UPDATE) == (400, sample("update_agent/rcs_not_enabled"))


@pytest.mark.parametrize(("code", "name"), [("RCS502", "gateway_error"), ("RCS500", "internal_server_error")])
def test_trouble_behind_the_api_answers_the_samples(simulated: Target, world: World, code: str, name: str) -> None:
    world.fault("update_agent", code)
    assert simulated.call("PUT", "/agent/73032", json=UPDATE) == (500, sample(f"update_agent/{name}"))


def test_every_sample_is_used() -> None:
    from pathlib import Path

    text = Path(__file__).read_text()
    unused = [path for path in SAMPLES.rglob("*.json") if path.stem not in text or path.parent.name not in text]
    assert not unused
