"""What is said of wrong inputs: at which path, in what order, and with which name that was meant."""

from __future__ import annotations

from typing import Any

import pytest
from proves import proves
from samples import with_value
from toy_table import SHOP, TABLE

from rcs_provider.core import validation
from rcs_provider.core.errors import Problem
from rcs_provider.core.fields import UNKNOWN


def _of(inputs: dict[str, Any]) -> list[Problem]:
    return list(validation.problems(TABLE, inputs))


def test_sound_inputs_have_no_problem() -> None:
    assert _of(SHOP) == []


@proves("B3")
def test_an_entry_that_is_not_a_mapping_is_told_the_keys_that_it_must_have() -> None:
    reason = "must be a mapping with `label`, `free` and `number`"
    assert _of({**SHOP, "contacts": ["919876543210"]}) == [Problem("contacts[0]", reason)]


@proves("E2")
@pytest.mark.parametrize("path", ["", "contacts[0]", "link", "links[0]", "owner"])
def test_an_unknown_name_is_refused_where_it_stands(path: str) -> None:
    place = f"{path}.zzz" if path else "zzz"
    (found,) = _of(with_value(SHOP, place, "x"))
    assert found.path == place
    assert found.reason.startswith("unknown field; there are ")


@proves("E2")
@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("colour", "color"),
        ("pictrue", "picture"),
        ("contacts[0].lable", "label"),
        ("owner.owner_nmae", "owner_name"),
        ("link.adress", "address"),
    ],
)
def test_a_misspelt_name_is_told_the_right_one(path: str, meant: str) -> None:
    assert _of(with_value(SHOP, path, "x")) == [Problem(path, f"unknown field; did you mean {meant}?")]


@proves("E2")
def test_a_missing_name_is_meant_rather_than_one_that_may_be_left_out() -> None:
    inputs = {**SHOP, "owner": {"owner_number": "8032"}}
    assert Problem("owner.owner_number", "unknown field; did you mean owner_no?") in _of(inputs)
    inputs["owner"]["owner_no"] = "8032"
    assert _of(inputs) == [Problem("owner.owner_number", "unknown field; did you mean owner_name?")]


def test_a_very_long_unknown_name_is_answered_at_once() -> None:
    assert len(_of({**SHOP, "x" * 100_000: 1})) == 1


@proves("E18")
def test_all_mistakes_are_found_at_once_with_their_paths_in_the_order_of_the_table() -> None:
    inputs = {
        **SHOP,
        "color": "red",
        "name": "x" * 41,
        "surprise": 1,
        "region": "MARS",
        "contacts": [{"label": "Call", "free": "yes", "number": "no"}, {"label": "Office"}],
    }
    del inputs["code"]
    assert [each.path for each in _of(inputs)] == [
        "name", "code", "contacts[0].free", "contacts[0].number", "contacts[1].free", "contacts[1].number", "color",
        "region", "surprise",
    ]  # fmt: skip


@proves("D25")
def test_known_mistakes_beside_what_is_not_known_yet_are_still_found() -> None:
    inputs = with_value(with_value(SHOP, "contacts[0].number", UNKNOWN), "contacts[0].label", " ")
    assert _of({**inputs, "color": UNKNOWN}) == [Problem("contacts[0].label", "must not be blank")]


@proves("D25")
def test_a_list_with_an_entry_that_is_not_known_yet_keeps_its_limit() -> None:
    assert _of({**SHOP, "links": [UNKNOWN] * 4}) == [Problem("links", "has 4 entries, at most 3 are allowed")]
