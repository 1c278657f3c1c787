"""Names that an export gives to resources."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rcs_provider.export import names

NUMBERS = some.integers(1, 99999).map(str)
CODES = some.dictionaries(NUMBERS, some.text(max_size=8), max_size=12)


def test_a_service_code_is_the_name_as_it_stands() -> None:
    assert names.of_keys({"1": "SUPPORT", "2": "support", "3": "30"}, "agent") == {
        "1": "SUPPORT",
        "2": "support",
        "3": "30",
    }


@pytest.mark.parametrize(
    ("code", "name"), [("a b", "a-b-7"), ("ops/é", "ops-7"), ("", "agent-7"), ("::", "agent-7"), ("-x-", "x-7")]
)
def test_what_no_name_may_hold_is_left_out_and_the_number_tells_the_rest_apart(code: str, name: str) -> None:
    assert names.of_keys({"7": code}, "agent") == {"7": name}


def test_a_code_that_looks_like_a_made_name_gets_its_number_too() -> None:
    assert names.of_keys({"7": "a b", "8": "a-b-7"}, "agent") == {"7": "a-b-7-7", "8": "a-b-7-8"}


@given(CODES)
def test_no_two_agents_get_one_name_and_every_name_fits_the_engine(codes: dict[str, str]) -> None:
    found = names.of_keys(codes, "agent")
    assert len(set(found.values())) == len(codes)
    assert not any("::" in name or not name.isascii() or not name for name in found.values())


@given(CODES)
def test_the_order_of_the_answers_decides_no_name(codes: dict[str, str]) -> None:
    assert names.of_keys(dict(reversed(codes.items())), "agent") == names.of_keys(codes, "agent")


def test_a_testers_name_shows_no_more_than_two_digits_of_its_number() -> None:
    name = names.of_child("SUPPORT", "919876543210")
    assert name == "SUPPORT-10-92b507"
    assert names.of_child("SUPPORT", "919876543110") != name


@given(some.lists(some.text(min_size=1, max_size=6), unique=True, max_size=12))
def test_variables_are_python_names_and_no_two_are_the_same(given_names: list[str]) -> None:
    found = names.of_variables(given_names)
    assert len(set(found.values())) == len(given_names)
    assert all(name.isidentifier() and not keyword.iskeyword(name) for name in found.values())


def test_names_that_differ_in_case_become_two_variables() -> None:
    assert names.of_variables(["A", "a", "class", "7x"]) == {
        "A": "a",
        "a": "a_2",
        "class": "agent_class",
        "7x": "agent_7x",
    }
