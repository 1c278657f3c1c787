"""What a create refuses, in which words, and what it lets pass (C10)."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sim_client import BODY, Api, problem

from rcs_simulator.api.errors import ApiError
from rcs_simulator.api.switches import Switches
from rcs_simulator.api.validation import check_create, is_url, parse

MANDATORY = sorted(
    set(BODY)
    - {"default_locale", "agent_test_url", "end_point_config", "primary_interaction_type", "status", "languages"}
    - {"phones", "emails"}
)
PHONE: dict[str, Any] = BODY["phones"][0]
EMAIL: dict[str, Any] = BODY["emails"][0]
SITE: dict[str, Any] = BODY["website"][0]


@pytest.mark.parametrize("name", MANDATORY)
def test_each_mandatory_field_is_missed(api: Api, name: str) -> None:
    text = f"missing required fields: {name}"
    assert problem(api.create(**{name: None})) == (400, "RCS904", "MISSING_REQUIRED_FIELDS", text)


def test_all_missing_fields_are_named_at_once(api: Api) -> None:
    answer = api.call("POST", "/agent", json={})
    assert set(problem(answer)[3].removeprefix("missing required fields: ").split(", ")) == set(MANDATORY)


@pytest.mark.parametrize("name", ["display_name", "service_code", "description"])
def test_an_empty_text_counts_as_missing(api: Api, name: str) -> None:
    assert problem(api.create(**{name: ""}))[2] == "MISSING_REQUIRED_FIELDS"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"phones": [{**PHONE, "number": ""}]}, "phones.number"),
        ({"phones": [{name: PHONE[name] for name in PHONE if name != "country_code"}]}, "phones.country_code"),
        ({"emails": [{"label_text": "x", "email": "a@example.com"}]}, "emails.is_primary"),
        ({"privacy": {"label_text": "x"}}, "privacy.website"),
        ({"terms_conditions": {"website": "https://a.example"}}, "terms_conditions.label_text"),
        ({"website": [{"website": "https://a.example"}]}, "website.label_text"),
        ({"brand_details": {"brand_name": "x"}}, "brand_details.brand_no"),
    ],
)
def test_inner_fields_are_missed_by_path(api: Api, changes: dict[str, Any], path: str) -> None:
    assert problem(api.create(**changes))[3] == f"missing required fields: {path}"


def test_optional_parts_may_be_left_out(api: Api) -> None:
    optional = dict.fromkeys(("default_locale", "agent_test_url", "end_point_config", "languages", "status"))
    assert api.create(**optional, privacy={"website": "https://a.example"}, website=[]).ok


def test_a_contact_is_required(api: Api) -> None:
    expected = (400, "RCS904", "CONTACT_REQUIRED", "Either phone or email must be provided")
    assert problem(api.create(phones=[], emails=[])) == expected
    assert problem(api.create(phones=None, emails=None)) == expected
    assert api.create(phones=None).ok


@pytest.mark.parametrize("name", ["phones", "emails", "website"])
def test_three_entries_are_the_most(api: Api, name: str) -> None:
    entry = BODY[name][0]
    assert api.create(**{name: [entry] * 3}).ok
    assert problem(api.create(**{name: [entry] * 4}, service_code="x"))[2] == "FIELD_VALUE_ERROR"


def test_a_description_has_at_most_100_characters(api: Api) -> None:
    assert api.create(description="é" * 100).ok
    assert problem(api.create(description="é" * 101, service_code="x"))[2] == "FIELD_VALUE_ERROR"


def test_a_brand_name_has_at_most_50_characters(api: Api) -> None:
    assert problem(api.create(brand_details={"brand_no": "1", "brand_name": "x" * 51}))[2] == "FIELD_VALUE_ERROR"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {"agent_test_url": "www.example.com"},
            "invalid URL format for field 'agent_test_url': www.example.com (example url - https://www.testurl.com)",
        ),
        ({"logo_url": "https://a.example/logo.gif"}, "invalid image URL for field 'logo_url'"),
        ({"hero_url": "hero.png"}, "invalid image URL for field 'hero_url'"),
        ({"emails": [{**EMAIL, "email": "nobody"}]}, "invalid email format for field 'email'"),
        ({"color": "red"}, "invalid color format for field 'color'"),
        (
            {"website": [{**SITE, "website": "x y"}]},
            "invalid URL format for field 'website': x y (example url - https://www.testurl.com)",
        ),
    ],
)
def test_formats_are_checked(api: Api, changes: dict[str, Any], text: str) -> None:
    assert problem(api.create(**changes)) == (400, "RCS904", "INVALID_FIELD_FORMAT", text)


def test_a_listed_value_is_refused_with_its_list(api: Api) -> None:
    text = (
        "invalid value for 'agent_use_case': INVALID_USE_CASE."
        " Allowed values: TRANSACTIONAL, PROMOTIONAL, OTP, MULTI_USE, AGENT_USE_CASE_UNSPECIFIED"
    )
    assert problem(api.create(agent_use_case="INVALID_USE_CASE"))[2:] == ("FIELD_VALUE_ERROR", text)


@pytest.mark.parametrize("name", ["agent_type", "billing_category", "hosting_region", "status"])
def test_each_list_is_checked(api: Api, name: str) -> None:
    assert problem(api.create(**{name: "NONE"}))[2] == "FIELD_VALUE_ERROR"


def test_every_value_in_the_create_pages_lists_is_accepted(api: Api) -> None:
    listed = {
        "agent_type": ["1", "2"],
        "billing_category": ["CONVERSATIONAL", "NON-CONVERSATIONAL", "SINGLE_MESSAGE"],
        "hosting_region": ["NORTH_AMERICA", "EUROPE", "ASIA_PACIFIC", "HOSTING_REGION_UNSPECIFIED"],
    }
    for name, values in listed.items():
        for value in values:
            assert api.create(**{name: value}, service_code=f"{name}-{value}").ok


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b'{"a": 1,}', "invalid character '}' looking for beginning of object key string"),
        (b"", "unexpected end of JSON input"),
        (b"nothing", "invalid character 'n' looking for beginning of value"),
        (b"[]", "json: cannot unmarshal array into an object"),
        (b'{"display_name": 5}', "json: cannot unmarshal number into field display_name of type string"),
        (b'{"phones": [5]}', "json: cannot unmarshal number into field phones of type object"),
        (b'{"phones": "x"}', "json: cannot unmarshal string into field phones of type array"),
        (b'{"rcs_provider_id": true}', "json: cannot unmarshal bool into field rcs_provider_id of type string/number"),
        (b"\xff", None),
    ],
)
def test_a_body_that_is_no_fitting_json_is_rcs701(api: Api, raw: bytes, text: str | None) -> None:
    answer = problem(api.call("POST", "/agent", data=raw))
    assert answer[:3] == (400, "RCS701", "INVALID_JSON_PAYLOAD")
    assert text in (None, answer[3])


def test_a_host_with_a_broken_bracket_is_no_url() -> None:
    assert not is_url("https://[broken")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=4)
)
BODIES = st.dictionaries(st.sampled_from(sorted(BODY)), JSON | st.dictionaries(st.sampled_from(sorted(PHONE)), JSON))


@settings(max_examples=200, deadline=None)
@given(changes=BODIES)
def test_no_body_makes_validation_fail_in_any_way_but_a_refusal(changes: dict[str, Any]) -> None:
    with contextlib.suppress(ApiError):
        check_create(parse(json.dumps({**BODY, **changes}).encode()), Switches())
