"""What a change of inputs means."""

from __future__ import annotations

from typing import Any

import pytest
from proves import proves
from toy_table import SHOP, TABLE, shop_row

from rcs_provider.core import codec, diff
from rcs_provider.core.diff import Change, Plan
from rcs_provider.core.fields import UNKNOWN


def _plan(inputs: dict[str, Any], declared: dict[str, Any] = SHOP, **live: Any) -> Plan:
    """The plan for a shop that is stored as it was declared, whose last answer had some values of its own."""
    state = codec.state_of(TABLE, declared, codec.decoded(TABLE, shop_row(**live)), {})
    return diff.plan(TABLE, state, inputs)


def test_a_program_that_declares_what_is_stored_changes_nothing() -> None:
    assert _plan(SHOP) == Plan()


@proves("D25")
@pytest.mark.parametrize("value", [{"owner_no": UNKNOWN}, {"owner_no": "9", "owner_name": UNKNOWN}])
def test_a_nested_value_that_is_not_known_yet_is_no_replacement(value: dict[str, Any]) -> None:
    assert _plan({**SHOP, "owner": value}).replaces == []


def test_a_change_of_a_setting_needs_no_call() -> None:
    plan = _plan({**SHOP, "policy": "drop"})
    assert [each.field.name for each in plan.changes] == ["policy"]
    assert not plan.calls


LEAST = {**SHOP, "owner": {"owner_no": "8032"}}


def test_declaring_the_value_that_the_api_has_already_makes_nothing_anew() -> None:
    plan = _plan(SHOP, LEAST)
    assert plan.replaces == []
    assert not plan.calls


def test_leaving_out_a_restricted_value_that_was_declared_makes_nothing_anew() -> None:
    plan = _plan(LEAST)
    assert [each.field.name for each in plan.changes] == ["owner"]
    assert plan.replaces == []


@pytest.mark.parametrize(("name", "live"), [("region", "SOUTH"), ("series", 3), ("owner", {"owner_no": "9"})])
def test_drift_of_a_restricted_field_never_replaces_and_needs_a_call_that_will_be_refused(name: str, live: Any) -> None:
    plan = _plan(LEAST, LEAST, **{name: live})
    assert (plan.changes, plan.replaces) == ((), [])
    assert [each.name for each in plan.drifted] == [name]
    assert plan.calls


def test_following_the_drift_of_a_restricted_field_makes_nothing_anew() -> None:
    plan = _plan({**SHOP, "region": "SOUTH"}, region="SOUTH")
    assert plan.replaces == []
    assert plan.drifted == ()
    assert not plan.calls


def test_going_somewhere_else_than_the_drift_replaces() -> None:
    assert _plan({**SHOP, "region": "WEST"}, region="SOUTH").replaces == ["region"]


def test_drift_of_an_editable_field_shows_as_exactly_that_field() -> None:
    assert _plan(SHOP, name="Other").changes == (Change(TABLE["name"]),)


@proves("B2")
def test_a_status_that_moves_on_by_itself_is_no_change() -> None:
    assert _plan(SHOP, status="CLOSED", is_open=False) == Plan()


@pytest.mark.parametrize(
    ("value", "unknown"),
    [(UNKNOWN, True), ({"a": [{"b": UNKNOWN}]}, True), ([[UNKNOWN]], True), ({"a": "UNKNOWN"}, False), ([], False)],
)
def test_what_is_not_known_yet_is_found_at_any_depth(value: Any, unknown: bool) -> None:
    assert diff.contains_unknown(value) is unknown
