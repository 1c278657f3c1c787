"""Script: faults fire once and in order, for the calls that they are for (C3)."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from proves import proves
from sim_client import Api, names

from rcs_simulator import World, WorldError

Dropped = requests.exceptions.ConnectionError


@proves("C3")
def test_faults_fire_once_in_order_and_pending_tells_the_rest(api: Api) -> None:
    api.world.fault("create_agent", 503, "ok", "lost")
    assert api.create().status_code == 503
    assert api.create().status_code == 200
    assert [one["kind"] for one in api.world.pending_faults()] == ["lost"]
    with pytest.raises(Dropped):
        api.create(service_code="LOST")
    assert api.world.pending_faults() == []
    assert api.create(service_code="AFTER").ok
    assert names(api.world) == ["GROCER", "LOST", "AFTER"]


def test_a_fault_waits_for_its_operation(api: Api) -> None:
    api.world.fault("delete_agent", 500)
    number = api.made()
    assert api.get(number).ok
    assert api.delete(number).status_code == 500
    assert names(api.world) == ["GROCER"]


def test_any_meets_every_operation_in_the_order_of_the_script(api: Api) -> None:
    api.world.fault("any", 503)
    api.world.fault("list_agents", 500, 502)
    assert [api.agents().status_code for _ in range(4)] == [503, 500, 502, 400]


def test_faults_of_one_operation_do_not_hold_up_another(api: Api) -> None:
    api.world.fault("create_agent", 503)
    api.world.fault("list_agents", 500)
    assert api.agents().status_code == 500


def test_a_filter_hits_only_that_object(api: Api) -> None:
    first, second = api.made(), api.made(service_code="SECOND")
    api.world.fault("get_agent", 500, agent_number=second)
    api.world.fault("get_agent", 503, service_code="GROCER")
    api.world.fault("create_agent", "close", service_code="THIRD")
    api.world.fault("register_tester", {"kind": "status", "status": 429}, phoneno="919530000093")
    assert [api.get(number).status_code for number in (second, second, first, first)] == [500, 200, 503, 200]
    assert api.create(service_code="FOURTH").ok
    with pytest.raises(Dropped):
        api.create(service_code="THIRD")
    assert [api.register(first, f"91953000009{digit}").status_code for digit in (2, 3)] == [200, 429]
    assert api.world.pending_faults() == []


def test_clearing_drops_the_script(api: Api) -> None:
    api.world.fault("any", 500)
    api.world.clear_faults()
    assert api.world.pending_faults() == []
    assert api.create().ok


@pytest.mark.parametrize(
    ("operation", "fault", "said"),
    [
        ("no_such", "lost", "unknown operation 'no_such'"),
        ("create_agent", "boom", "unknown fault 'boom'"),
        ("create_agent", {"kind": "boom"}, "unknown fault 'boom'"),
        ("create_agent", {"kind": "lost", "seconds": 1}, "does not take seconds"),
        ("create_agent", {"kind": "redirect"}, "needs a url"),
        ("create_agent", {"kind": "status", "error": "RCS999"}, "unknown error 'RCS999'"),
    ],
)
def test_a_wrong_fault_is_refused_by_name_and_nothing_is_added(
    world: World, operation: str, fault: Any, said: str
) -> None:
    with pytest.raises(WorldError, match=said):
        world.fault(operation, "ok", fault)
    assert world.pending_faults() == []
