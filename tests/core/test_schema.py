"""The JSON Schema of inputs is a function of the table."""

from __future__ import annotations

import jsonschema
import pytest
from toy_table import SHOP, TABLE

from rcs_provider.core.schema import of_field, of_inputs


def test_a_field_alone_has_a_schema_too() -> None:
    assert of_field(TABLE["code"])["type"] == "string"


def test_what_is_not_required_may_be_left_out_and_only_the_choices_of_a_closed_list_are_named() -> None:
    schema = of_inputs(TABLE)
    assert schema["required"] == ["name", "code", "picture", "link", "color", "region", "owner"]
    assert schema["properties"]["region"]["enum"] == ["NORTH", "SOUTH", "WEST"]
    assert "enum" not in schema["properties"]["plan"]


@pytest.mark.parametrize(
    ("name", "value"), [("name", "x" * 41), ("links", SHOP["links"] * 4), ("region", "UP"), ("no", 1)]
)
def test_inputs_fit_the_schema_unless_they_pass_a_limit(name: str, value: object) -> None:
    schema = of_inputs(TABLE)
    jsonschema.validate(SHOP, schema, jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**SHOP, name: value}, schema, jsonschema.Draft202012Validator)
