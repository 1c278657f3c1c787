"""The JSON Schema of the inputs of each kind, and what it holds of the pages."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from proves import proves
from samples import ALL_INPUTS, LEAST, declared

from rcs_provider.core.fields import Role, Table
from rcs_provider.core.schema import DIALECT, of_inputs
from rcs_provider.core.validation import FORMATS
from rcs_provider.objects import OBJECTS
from rcs_provider.objects.agent.fields import TABLE as AGENT
from rcs_provider.objects.tester.fields import TABLE as TESTER

TABLES = pytest.mark.parametrize("table", [each.table for each in OBJECTS], ids=[each.name for each in OBJECTS])


def _objects(schema: dict[str, Any]) -> list[dict[str, Any]]:
    inner = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    found = [schema] if schema.get("type") == "object" else []
    return found + [each for one in inner for each in _objects(one)]


@TABLES
def test_the_schema_is_a_valid_draft_2020_12_document(table: Table) -> None:
    schema = of_inputs(table)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT == jsonschema.Draft202012Validator.META_SCHEMA["$id"]


@TABLES
def test_the_schema_is_plain_json(table: Table) -> None:
    schema = of_inputs(table)
    assert json.loads(json.dumps(schema)) == schema


@TABLES
def test_no_object_of_the_schema_takes_an_unknown_name(table: Table) -> None:
    objects = _objects(of_inputs(table))
    assert objects
    assert all(each["additionalProperties"] is False for each in objects)


@proves("A4")
@TABLES
def test_fields_that_only_kaleyra_sets_are_no_part_of_the_schema(table: Table) -> None:
    assert list(of_inputs(table)["properties"]) == [each.name for each in table if each.role is not Role.READ_ONLY]


@TABLES
def test_every_property_says_what_a_change_means(table: Table) -> None:
    properties = of_inputs(table)["properties"]
    assert {name: each["x-rcs-role"] for name, each in properties.items()} == {
        each.name: each.role.name for each in table.inputs
    }


@TABLES
def test_every_format_of_the_schema_is_one_that_validation_knows(table: Table) -> None:
    used = {each.get("format") for one in _objects(of_inputs(table)) for each in one["properties"].values()}
    assert used - {None} <= set(FORMATS)


def test_the_roles_of_an_agent_are_those_decided() -> None:
    properties = of_inputs(AGENT)["properties"]
    by_role = {
        role: sorted(name for name, each in properties.items() if each["x-rcs-role"] == role)
        for role in ("REPLACE", "IMMUTABLE", "SETTING")
    }
    assert by_role == {
        "REPLACE": ["agent_type", "brand_details", "hosting_region", "rcs_provider_id"],
        "IMMUTABLE": ["languages"],
        "SETTING": ["deletion_policy", "initial_status", "on_existing", "pod", "sid"],
    }


def test_the_required_fields_of_an_agent_are_those_of_the_create_page_but_the_provider_and_the_contacts() -> None:
    assert sorted(of_inputs(AGENT)["required"]) == [
        "agent_type", "agent_use_case", "billing_category", "brand_details", "color", "description", "display_name",
        "hero_url", "hosting_region", "logo_url", "pod", "privacy", "service_code", "sid", "terms_conditions",
        "website",
    ]  # fmt: skip


def test_the_required_fields_of_a_tester_are_its_agent_and_its_phone() -> None:
    assert sorted(of_inputs(TESTER)["required"]) == ["agent_no", "phoneno", "pod", "sid"]


def test_a_list_of_the_vendor_that_may_grow_is_no_enumeration() -> None:
    properties = of_inputs(AGENT)["properties"]
    assert "enum" not in properties["billing_category"]
    assert "enum" not in properties["agent_type"]
    assert "enum" not in properties["rcs_provider_id"]
    assert properties["hosting_region"]["enum"] == [
        "NORTH_AMERICA",
        "EUROPE",
        "ASIA_PACIFIC",
        "HOSTING_REGION_UNSPECIFIED",
    ]


def test_limits_stand_in_the_schema_as_documented() -> None:
    properties = of_inputs(AGENT)["properties"]
    assert properties["description"]["maxLength"] == 100
    assert properties["display_name"]["maxLength"] == 40
    assert properties["brand_details"]["properties"]["brand_name"]["maxLength"] == 50
    assert [properties[name]["maxItems"] for name in ("phones", "emails", "website")] == [3, 3, 3]
    assert "maxLength" not in properties["privacy"]["properties"]["label_text"]


@pytest.mark.parametrize("inputs", [declared(LEAST), declared(ALL_INPUTS)], ids=["least", "full"])
def test_the_least_and_the_fullest_inputs_fit(inputs: dict[str, Any]) -> None:
    jsonschema.validate(inputs, of_inputs(AGENT), jsonschema.Draft202012Validator)
