"""Worlds: seeding, patching, export, isolation, determinism, and the admin paths' refusals (C2, C12, C16)."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from proves import proves
from sim_client import Api, problem

import rcs_simulator
from rcs_simulator import Simulator, World, WorldError, WorldLookupError

PHONE = "919530000092"


def test_the_public_names_are_these() -> None:
    assert rcs_simulator.__all__ == ["Entry", "Simulator", "World", "WorldError", "WorldLookupError"]


@proves("C12")
def test_pods_are_separate_worlds(simulator: Simulator, api: Api) -> None:
    other = Api(simulator.world("na"))
    number = api.made()
    assert problem(other.get(number))[3] == "Agent not found"
    assert other.create().ok
    other.world.set(channel_enabled=False)
    other.world.fault("any", 500)
    assert api.read(number)["agent_number"] == number
    assert api.world.pending_faults() == []
    assert len(api.world.journal()) == 2
    other.world.reset()
    assert len(api.world.agents()) == 1
    assert (api.world.sid, other.world.sid) == ("SIMULATEDIN01", "SIMULATEDNA01")
    assert (api.world.api_key, other.world.api_key) == ("simulated-key-in", "simulated-key-na")
    other.session.close()


@proves("C1")
def test_two_simulators_share_nothing(api: Api) -> None:
    with Simulator() as second:
        api.made()
        assert second.world("in").url != api.world.url
        assert second.world("in").agents() == []


def _trace(seed: int) -> list[Any]:
    with Simulator(seed=seed) as running:
        api = Api(running.world("in"))
        numbers = [api.made(service_code=code) for code in ("A", "B")]
        api.world.set(rehost_images=True)
        api.register(numbers[0])
        api.session.close()
        return [api.read(number) for number in numbers] + api.world.testers(numbers[0])


@proves("C16")
def test_ids_and_numbers_derive_from_the_seed() -> None:
    assert _trace(1) == _trace(1)
    assert _trace(1)[0]["id"] != _trace(2)[0]["id"]
    assert _trace(1)[0]["agent_number"] != _trace(2)[0]["agent_number"]


def test_reset_forgets_everything_and_starts_the_numbers_again(api: Api) -> None:
    first = api.made()
    api.register(first)
    api.world.set(latency=0.01)
    api.world.fault("any", 500)
    api.world.set_accounts({"OTHER": ["key"]})
    api.world.reset()
    assert api.world.agents(deleted=True) == api.world.journal() == api.world.pending_faults() == []
    assert (api.world.switches()["latency"], api.world.sid) == (0.0, "SIMULATEDIN01")
    assert api.made() == first
    assert api.world.invitations(first) == 0


def test_a_seeded_agent_is_like_a_created_one(api: Api) -> None:
    number = api.world.seed_agent()
    given = api.world.seed_agent(agent_number="70000", service_code="GIVEN", status="DRAFT", description="x" * 200)
    assert given == "70000"
    assert [one["agent_number"] for one in api.agents().json()["data"]] == [number, given]
    assert (api.read(given)["status"], len(api.read(given)["description"])) == ("DRAFT", 200)
    assert int(api.made()) > 70_000
    assert problem(api.create(service_code="GIVEN"))[2] == "PROV_ERROR"
    with pytest.raises(WorldError, match="70000 exists"):
        api.world.seed_agent(agent_number="70000")


def test_an_agent_can_be_seeded_into_another_account(api: Api) -> None:
    api.world.set_accounts({"SIMULATEDIN01": ["simulated-key-in"], "OTHER": ["key"]})
    number = api.world.seed_agent(sid="OTHER")
    assert problem(api.get(number))[3] == "Agent not found"


def test_any_field_can_be_patched(api: Api) -> None:
    number = api.made()
    api.world.patch_agent(number, hosting_region="EUROPE", status="DELETED", service_code="NEW", extra=[1])
    stored = api.world.agent(number)
    assert (stored["hosting_region"], stored["extra"]) == ("EUROPE", [1])
    assert (api.read(number)["status"], api.world.agents()) == ("DELETED", [])
    assert api.create().ok
    with pytest.raises(WorldError, match="agent_number"):
        api.world.patch_agent(number, agent_number="1")


def test_an_agent_can_vanish(api: Api) -> None:
    number = api.made()
    api.world.remove_agent(number)
    assert problem(api.get(number))[3] == "Agent not found"
    assert api.world.agents(deleted=True) == []


def test_testers_can_be_seeded_patched_and_removed(api: Api) -> None:
    number = api.made()
    api.world.seed_tester(number, PHONE, status="PENDING")
    assert (api.world.invitations(number), api.world.testers(number)[0]["invitations"]) == (0, 0)
    api.world.patch_tester(number, "+" + PHONE, status="APPROVED", agent_no="5")
    row = api.testers(number).json()[0]
    assert (row["status"], row["agent_no"]) == ("APPROVED", "5")
    api.world.remove_tester(number, PHONE)
    assert api.testers(number).json() == []


def test_what_does_not_exist_is_a_lookup_error(world: World) -> None:
    calls: list[Any] = [
        lambda: world.agent("1"),
        lambda: world.patch_agent("1", status="x"),
        lambda: world.remove_agent("1"),
        lambda: world.patch_tester("1", PHONE, status="x"),
        lambda: world.remove_tester("1", PHONE),
    ]
    for call in calls:
        with pytest.raises(WorldLookupError, match="1 "):
            call()


def test_several_keys_of_one_account_are_accepted(api: Api) -> None:
    api.world.set_accounts({"SIMULATEDIN01": ["one", "two"]})
    for key, status in (("one", 400), ("two", 400), ("three", 401)):
        assert api.call("GET", "/agents", headers={"api-key": key}).status_code == status
    for wrong in ({}, {"A": []}, {"A": "key"}):
        with pytest.raises(WorldError, match="accounts must be"):
            api.world.set_accounts(wrong)  # type: ignore[arg-type]


@proves("C2")
def test_a_world_can_be_exported_and_loaded(simulator: Simulator, api: Api) -> None:
    number = api.made()
    api.register(number)
    api.delete(api.made(service_code="GONE"))
    api.world.set(rehost_images=True, list_lag_reads=1)
    api.made(service_code="LAGGING")
    api.world.fault("create_agent", "lost", {"kind": "stall", "seconds": 1, "service_code": "X"})
    before = api.world.export()
    api.world.reset()
    api.world.load(before)
    assert api.world.export() == before
    assert len(api.agents().json()["data"]) == 2
    assert len(api.world.pending_faults()) == 2
    with pytest.raises(WorldError, match="no snapshot of pod na"):
        simulator.world("na").load(before)


def test_a_broken_export_changes_nothing(api: Api) -> None:
    number = api.made()
    with pytest.raises(WorldError, match="agents"):
        api.world.load({"pod": "in", "accounts": {"A": ["b"]}, "switches": {}})
    assert api.read(number)["agent_number"] == number


def test_transitions_have_a_path_of_their_own(api: Api) -> None:
    moved = {"reads": {"reads": 1, "status": "ACTIVE"}, "seconds": None}
    answer = api.session.put(f"{api.world.url}/_admin/transitions", json=moved)
    assert answer.json() == moved
    assert api.world.switches()["status_after_reads"] == moved["reads"]


def test_admin_mistakes_are_answered_with_400(world: World) -> None:
    paths = {"/faults": "POST", "/testers": "POST", "/import": "PUT", "/switches": "PATCH"}
    for path, method in paths.items():
        answer = requests.request(method, f"{world.url}/_admin{path}", data="[1]", timeout=10)
        assert answer.status_code == 400
        assert answer.json()["error"]
    with pytest.raises(WorldError, match="HTTP 404"):
        world._call("GET", "/no-such-path")


def test_switches_describe_themselves(world: World) -> None:
    described = requests.get(f"{world.url}/_admin/switches?describe=1", timeout=10).json()
    assert list(described) == list(world.switches())
    assert requests.get(f"{world.url}/_admin/info", timeout=10).json()["pod"] == "in"


def test_proxies_are_not_used(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert world.agents() == []
