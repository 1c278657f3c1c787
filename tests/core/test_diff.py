"""What a change of inputs means."""

from __future__ import annotations

from typing import Any

import pytest
from proves import proves
from samples import ALL_INPUTS, LEAST, declared, row_of

from rcs_provider.core import codec, diff
from rcs_provider.core.diff import Change, Plan
from rcs_provider.core.fields import UNKNOWN, Role
from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.objects.tester.fields import TABLE as TESTER

OTHER: dict[str, Any] = {
    "agent_type": "2",
    "display_name": "Help",
    "logo_url": "https://www.example.com/logo2.png",
    "hero_url": "https://www.example.com/hero2.jpg",
    "service_code": "HELP",
    "description": "Answers more questions",
    "phones": [],
    "emails": [],
    "privacy": {"label_text": "Privacy", "website": "https://www.example.com/p"},
    "terms_conditions": {"label_text": "Terms", "website": "https://www.example.com/t"},
    "color": "#000000",
    "billing_category": "CONVERSATIONAL",
    "agent_use_case": "OTP",
    "hosting_region": "EUROPE",
    "website": [],
    "brand_details": {"brand_no": "9"},
    "rcs_provider_id": "2",
    "default_locale": "fr",
    "agent_test_url": "https://www.example.com/other",
    "end_point_config": "LOCAL",
    "primary_interaction_type": "OTHER",
    "languages": ["French"],
    "initial_status": "DRAFT",
    "deletion_policy": "retain",
    "on_existing": "error",
    "pod": "na",
    "sid": "HXIN0000000002IN",
}


def _state(inputs: dict[str, Any], **live: Any) -> dict[str, Any]:
    return codec.state_of(TABLE, inputs, codec.decoded(TABLE, row_of(inputs, **live)), {})


def test_a_program_that_declares_what_is_stored_changes_nothing() -> None:
    inputs = declared(ALL_INPUTS)
    assert diff.plan(TABLE, _state(inputs), inputs) == Plan()


@proves("D3", "D4")
@pytest.mark.parametrize("name", [each.name for each in TABLE.inputs])
def test_a_change_of_each_field_means_what_its_role_says(name: str) -> None:
    inputs = declared(ALL_INPUTS)
    plan = diff.plan(TABLE, _state(inputs), {**inputs, name: OTHER[name]})
    role = TABLE[name].role
    assert plan.changes == (
        Change(TABLE[name], replace=role is Role.REPLACE, call=role not in (Role.REPLACE, Role.SETTING)),
    )
    assert plan.drifted == ()
    assert plan.calls is (role in (Role.EDITABLE, Role.IMMUTABLE))


def test_the_fields_that_force_a_replacement_are_those_decided() -> None:
    inputs = declared(ALL_INPUTS)
    replacing = [
        name for name, value in OTHER.items() if diff.plan(TABLE, _state(inputs), {**inputs, name: value}).replaces
    ]
    assert sorted(replacing) == ["agent_type", "brand_details", "hosting_region", "rcs_provider_id"]


def test_all_that_changes_is_named_in_the_order_of_the_table() -> None:
    inputs = declared(ALL_INPUTS)
    plan = diff.plan(TABLE, _state(inputs), {**inputs, **OTHER})
    assert [each.field.name for each in plan.changes] == [each.name for each in TABLE.inputs]
    assert plan.replaces == ["agent_type", "hosting_region", "brand_details", "rcs_provider_id"]


@proves("D25")
@pytest.mark.parametrize("name", [each.name for each in TABLE.inputs])
def test_a_value_of_an_agent_that_is_not_known_yet_is_a_possible_update_and_never_a_replacement(name: str) -> None:
    inputs = declared(ALL_INPUTS)
    plan = diff.plan(TABLE, _state(inputs), {**inputs, name: UNKNOWN})
    assert [each.field.name for each in plan.changes] == [name]
    assert plan.replaces == []


@proves("D25")
@pytest.mark.parametrize("value", [{"brand_no": UNKNOWN}, {"brand_no": "9", "brand_name": UNKNOWN}])
def test_a_nested_value_that_is_not_known_yet_is_no_replacement_either(value: dict[str, Any]) -> None:
    inputs = declared(ALL_INPUTS)
    assert diff.plan(TABLE, _state(inputs), {**inputs, "brand_details": value}).replaces == []


@proves("D25")
@pytest.mark.parametrize(("name", "replaces"), [("agent_no", ["agent_no"]), ("phoneno", []), ("resend", [])])
def test_an_agent_number_that_is_not_known_yet_replaces_the_tester_and_nothing_else_does(
    name: str, replaces: list[str]
) -> None:
    inputs = {"agent_no": "71732", "phoneno": "919000000001", "resend": "1", "pod": "in", "sid": "s"}
    state = codec.state_of(TESTER, inputs, {}, {})
    plan = diff.plan(TESTER, state, {**inputs, name: UNKNOWN})
    assert plan.replaces == replaces
    assert [each.field.name for each in plan.changes] == [name]


@proves("B10")
@pytest.mark.parametrize("name", ["agent_no", "phoneno"])
def test_another_agent_or_another_phone_replaces_a_tester(name: str) -> None:
    inputs = {"agent_no": "71732", "phoneno": "919000000001"}
    plan = diff.plan(TESTER, codec.state_of(TESTER, inputs, {}, {}), {**inputs, name: "919000000002"})
    assert plan.replaces == [name]


@proves("B10")
@pytest.mark.parametrize("spelling", ["+919000000001", "+91 90000 00001", "(91) 9000-000.001"])
def test_formatting_of_a_testers_phone_is_no_change(spelling: str) -> None:
    inputs = {"agent_no": "71732", "phoneno": "919000000001"}
    assert diff.plan(TESTER, codec.state_of(TESTER, inputs, {}, {}), {**inputs, "phoneno": spelling}) == Plan()


def test_a_change_that_kaleyra_does_not_know_needs_no_call() -> None:
    inputs = declared(ALL_INPUTS)
    plan = diff.plan(TABLE, _state(inputs), {**inputs, "deletion_policy": "prevent"})
    assert [each.field.name for each in plan.changes] == ["deletion_policy"]
    assert not plan.calls


def test_declaring_the_value_that_kaleyra_has_already_makes_nothing_anew() -> None:
    inputs = declared(LEAST)
    state = _state(inputs, brand_details={"brand_no": "8032", "brand_name": "Example"})
    plan = diff.plan(TABLE, state, {**inputs, "brand_details": {"brand_no": "8032", "brand_name": "Example"}})
    assert plan.replaces == []
    assert not plan.calls


def test_leaving_out_a_restricted_value_that_was_declared_makes_nothing_anew() -> None:
    inputs = declared(ALL_INPUTS)
    plan = diff.plan(TABLE, _state(inputs), declared(ALL_INPUTS, brand_details={"brand_no": "8032"}))
    assert [each.field.name for each in plan.changes] == ["brand_details"]
    assert plan.replaces == []


@pytest.mark.parametrize(
    ("name", "live"),
    [("hosting_region", "EUROPE"), ("agent_type", "2"), ("rcs_provider_id", 3), ("brand_details", {"brand_no": "9"})],
)
def test_drift_of_a_restricted_field_never_replaces_and_needs_a_call_that_will_be_refused(name: str, live: Any) -> None:
    inputs = declared(LEAST)
    plan = diff.plan(TABLE, _state(inputs, **{name: live}), inputs)
    assert (plan.changes, plan.replaces) == ((), [])
    assert [each.name for each in plan.drifted] == [name]
    assert plan.calls


def test_following_the_drift_of_a_restricted_field_makes_nothing_anew() -> None:
    inputs = declared(LEAST)
    plan = diff.plan(TABLE, _state(inputs, hosting_region="EUROPE"), {**inputs, "hosting_region": "EUROPE"})
    assert plan.replaces == []
    assert plan.drifted == ()
    assert not plan.calls


def test_going_somewhere_else_than_the_drift_replaces() -> None:
    inputs = declared(LEAST)
    plan = diff.plan(TABLE, _state(inputs, hosting_region="EUROPE"), {**inputs, "hosting_region": "NORTH_AMERICA"})
    assert plan.replaces == ["hosting_region"]


def test_drift_of_an_editable_field_shows_as_exactly_that_field() -> None:
    inputs = declared(LEAST)
    plan = diff.plan(TABLE, _state(inputs, description="Other"), inputs)
    assert plan.changes == (Change(TABLE["description"]),)


@proves("B2")
def test_a_status_that_moves_on_by_itself_is_no_change() -> None:
    inputs = declared(LEAST)
    assert diff.plan(TABLE, _state(inputs, status="PENDING_APPROVAL", integration_status=True), inputs) == Plan()


@pytest.mark.parametrize(
    ("value", "unknown"),
    [(UNKNOWN, True), ({"a": [{"b": UNKNOWN}]}, True), ([[UNKNOWN]], True), ({"a": "UNKNOWN"}, False), ([], False)],
)
def test_what_is_not_known_yet_is_found_at_any_depth(value: Any, unknown: bool) -> None:
    assert diff.contains_unknown(value) is unknown
