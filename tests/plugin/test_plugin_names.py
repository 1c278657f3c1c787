"""Names on the wire of the plugin, and in what it says."""

from __future__ import annotations

import pytest
from samples import ALL_INPUTS

from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.plugin.names import foreign, from_wire, spoken, to_wire


def test_names_are_camel_case_on_the_wire_and_ours_inside_to_the_bottom() -> None:
    sent = to_wire(TABLE, ALL_INPUTS)
    assert sent["emails"] == [{"labelText": "Write", "isPrimary": True, "email": "support@example.com"}]
    assert sent["brandDetails"]["providerBrandNo"] == "Brand_1"
    assert from_wire(TABLE, sent) == ALL_INPUTS


def test_what_the_dynamic_face_stored_is_read_as_well() -> None:
    assert from_wire(TABLE, ALL_INPUTS) == ALL_INPUTS


def test_our_own_marks_keep_what_they_hold() -> None:
    state = {"__managed": ["display_name"], "__declared": {"agent_type": "1", "brand_details": {"brand_no": "1"}}}
    assert to_wire(TABLE, state) == from_wire(TABLE, state) == state


def test_a_name_of_ours_in_a_program_is_told_from_the_one_that_is_meant() -> None:
    given = {"display_name": "x", "emails": [{"label_text": "x", "email": "y"}], "color": "#000000"}
    assert [str(each) for each in foreign(TABLE, given)] == [
        "display_name: unknown field; did you mean displayName?",
        "emails[0].label_text: unknown field; did you mean labelText?",
    ]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("phones[0].label_text: is required", "phones[0].labelText: is required"),
        ('its deletion_policy is "retain"', 'its deletionPolicy is "retain"'),
        ("service_code SUPPORT is declared twice", "serviceCode SUPPORT is declared twice"),
        ("on_existing is adopt_identical", "onExisting is adopt_identical"),
        ("run `pulumi up --replace URN`", "run `pulumi up --replace URN`"),
    ],
)
def test_a_message_names_fields_as_other_languages_do(said: str, heard: str) -> None:
    assert spoken(said) == heard
