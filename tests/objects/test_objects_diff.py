"""What a change of each field of each kind means."""

from __future__ import annotations

from typing import Any

import pytest
from proves import proves
from samples import ALL_INPUTS, NUMBER, PHONE, TESTER_INPUTS, TESTER_ROW, declared, row_of

from rcs_provider.core import codec, diff
from rcs_provider.core.diff import Change, Plan
from rcs_provider.core.fields import UNKNOWN, Field, Role, Table
from rcs_provider.objects import OBJECTS
from rcs_provider.objects.tester.fields import TABLE as TESTER

OTHER_AGENT: dict[str, Any] = {
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


INPUTS = {"agent": declared(ALL_INPUTS), "tester": {**TESTER_INPUTS, "on_existing": "adopt"}}
ROWS = {"agent": row_of(INPUTS["agent"]), "tester": TESTER_ROW}
OTHERS = {
    "agent": OTHER_AGENT,
    "tester": {
        "agent_no": "71733",
        "phoneno": "919000000002",
        "resend": "2",
        "on_existing": "error",
        "pod": "na",
        "sid": "HXIN0000000002IN",
    },
}
REPLACING = {
    "agent": ["agent_type", "hosting_region", "brand_details", "rcs_provider_id"],
    "tester": ["agent_no", "phoneno"],
}

KINDS = pytest.mark.parametrize(("kind", "table"), [(each.name, each.table) for each in OBJECTS])
FIELDS = pytest.mark.parametrize(
    ("kind", "table", "field"),
    [
        pytest.param(each.name, each.table, field, id=f"{each.name}.{field.name}")
        for each in OBJECTS
        for field in each.table.inputs
    ],
)


def _plan(kind: str, table: Table, **changes: Any) -> Plan:
    inputs = INPUTS[kind]
    state = codec.state_of(table, inputs, codec.decoded(table, ROWS[kind]), {})
    return diff.plan(table, state, {**inputs, **changes})


@proves("D3", "D4")
@FIELDS
def test_a_change_of_each_field_means_what_its_role_says(kind: str, table: Table, field: Field) -> None:
    plan = _plan(kind, table, **{field.name: OTHERS[kind][field.name]})
    assert plan.changes == (
        Change(field, replace=field.role is Role.REPLACE, call=field.role not in (Role.REPLACE, Role.SETTING)),
    )
    assert plan.drifted == ()
    assert plan.calls is (field.role in (Role.EDITABLE, Role.IMMUTABLE))


@KINDS
def test_the_fields_that_force_a_replacement_are_those_decided(kind: str, table: Table) -> None:
    replacing = [name for name, value in OTHERS[kind].items() if _plan(kind, table, **{name: value}).replaces]
    assert sorted(replacing) == sorted(REPLACING[kind])


@KINDS
def test_all_that_changes_is_named_in_the_order_of_the_table(kind: str, table: Table) -> None:
    plan = _plan(kind, table, **OTHERS[kind])
    assert [each.field.name for each in plan.changes] == [each.name for each in table.inputs]
    assert plan.replaces == REPLACING[kind]


@proves("D25")
@FIELDS
def test_a_value_that_is_not_known_yet_is_a_possible_update_and_replaces_nothing_but_the_tester_of_an_agent(
    kind: str, table: Table, field: Field
) -> None:
    plan = _plan(kind, table, **{field.name: UNKNOWN})
    assert [each.field.name for each in plan.changes] == [field.name]
    assert plan.replaces == (["agent_no"] if (kind, field.name) == ("tester", "agent_no") else [])


@proves("B10")
@pytest.mark.parametrize("name", ["agent_no", "phoneno"])
def test_another_agent_or_another_phone_replaces_a_tester(name: str) -> None:
    inputs = {"agent_no": NUMBER, "phoneno": PHONE}
    plan = diff.plan(TESTER, codec.state_of(TESTER, inputs, {}, {}), {**inputs, name: "919000000002"})
    assert plan.replaces == [name]


@proves("B10")
@pytest.mark.parametrize("spelling", ["+919000000001", "+91 90000 00001", "(91) 9000-000.001"])
def test_formatting_of_a_testers_phone_is_no_change(spelling: str) -> None:
    inputs = {"agent_no": NUMBER, "phoneno": PHONE}
    assert diff.plan(TESTER, codec.state_of(TESTER, inputs, {}, {}), {**inputs, "phoneno": spelling}) == Plan()
