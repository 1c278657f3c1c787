"""From inputs to state, from answers to state, and from state back to inputs."""

from __future__ import annotations

import copy
import math
from typing import Any

import pytest
from proves import proves
from samples import with_value
from toy_table import SHOP, TABLE, shop_row

from rcs_provider.core import codec
from rcs_provider.core.errors import Unclear
from rcs_provider.core.fields import UNKNOWN

BARE = {name: value for name, value in SHOP.items() if name != "contacts"}


# inputs as the wire brings them


def test_nulls_and_engine_keys_are_dropped_at_every_level() -> None:
    dirty = {
        **BARE,
        "contacts": None,
        "__provider": "x",
        "owner": {"owner_no": "8032", "owner_name": None, "__x": 1},
    }
    assert codec.plain(TABLE, dirty) == {**BARE, "owner": {"owner_no": "8032"}}


@pytest.mark.parametrize("number", [8032, 8032.0])
def test_a_number_in_a_field_of_digits_becomes_its_text(number: float) -> None:
    dirty = with_value(SHOP, "contacts[0].number", number)
    assert codec.plain(TABLE, dirty)["contacts"][0]["number"] == "8032"
    assert codec.plain(TABLE, {"owner": {"owner_no": number}}) == {"owner": {"owner_no": "8032"}}


@pytest.mark.parametrize("value", [True, 1.5, "1.0", [1.0], {"a": 1.0}])
def test_what_is_no_whole_number_is_left_for_validation(value: Any) -> None:
    assert codec.plain(TABLE, {"code": value}) == {"code": value}


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_a_number_without_digits_is_left_for_validation(value: float) -> None:
    found = codec.plain(TABLE, {"code": value})["code"]
    assert found is value or (math.isnan(value) and math.isnan(found))


@proves("D25")
def test_what_is_not_known_yet_passes_through() -> None:
    dirty = {"code": UNKNOWN, "owner": {"owner_no": UNKNOWN}, "contacts": [UNKNOWN, {"number": UNKNOWN}]}
    assert codec.plain(TABLE, dirty) == dirty


def test_defaults_fill_only_what_is_left_out() -> None:
    assert codec.with_defaults(TABLE, {})["series"] == "1"
    assert codec.with_defaults(TABLE, {"series": "3"})["series"] == "3"
    assert codec.with_defaults(TABLE, {}) == {"series": "1"}


def test_defaults_of_nested_blocks_are_filled_in_too() -> None:
    contacts = [{"number": "1"}, {"number": "2", "country_code": "91"}, UNKNOWN]
    assert codec.with_defaults(TABLE, {"contacts": contacts})["contacts"] == [
        {"number": "1", "country_code": ""}, {"number": "2", "country_code": "91"}, UNKNOWN,
    ]  # fmt: skip
    assert codec.with_defaults(TABLE, {"contacts": UNKNOWN})["contacts"] is UNKNOWN


@proves("D16")
def test_the_stored_spelling_is_kept_where_the_meaning_is_the_same() -> None:
    old = SHOP
    new = {**copy.deepcopy(old), "color": "#494E0D", "contacts": old["contacts"][::-1], "name": "Help"}
    assert codec.respelt(TABLE, old, new) == {**old, "name": "Help"}


@proves("E2")
@pytest.mark.parametrize("path", ["link", "owner", "contacts[0]"])
def test_an_unknown_nested_name_stays_visible_to_validation_though_the_rest_is_as_stored(path: str) -> None:
    old = SHOP
    head = path.split("[", maxsplit=1)[0]
    value = old[head][0] if "[" in path else old[head]
    new = with_value(old, path, {**value, "addres": "https://www.example.com"})
    assert codec.respelt(TABLE, old, new) == new


@proves("D25")
def test_what_is_not_known_yet_is_not_replaced_by_the_stored_value() -> None:
    old = SHOP
    assert codec.respelt(TABLE, old, {**old, "color": UNKNOWN})["color"] is UNKNOWN


# answers


def test_an_answer_is_read_in_the_types_of_the_table() -> None:
    answer = {
        "id": "u", "code": 71732, "series": 1.0, "is_open": "FALSE", "status": "Active",
        "region": "NORTH", "contacts": [{"number": 918000, "free": "true", "label": "Call"}],
    }  # fmt: skip
    assert codec.decoded(TABLE, answer) == {
        "uuid": "u", "code": "71732", "series": "1", "is_open": False, "status": "Active",
        "region": "NORTH", "contacts": [{"number": "918000", "free": True, "label": "Call"}],
    }  # fmt: skip


def test_an_empty_text_or_null_in_an_answer_means_not_reported() -> None:
    answer = {"plan": "", "status": None, "owner": {"owner_no": "1", "owner_name": ""}, "links": []}
    assert codec.decoded(TABLE, answer) == {"owner": {"owner_no": "1"}, "links": []}


@proves("A4")
def test_keys_that_no_page_names_are_left_out_of_the_state() -> None:
    assert codec.decoded(TABLE, {"color": "#000000", "surprise": 1}) == {"color": "#000000"}


@pytest.mark.parametrize(
    "answer",
    [
        {"color": {}},
        {"color": True},
        {"contacts": "call"},
        {"contacts": ["call"]},
        {"link": []},
        {"is_open": "perhaps"},
        {"is_open": 3},
    ],
)
def test_a_value_of_a_type_that_the_field_cannot_have_is_an_unclear_answer(answer: dict[str, Any]) -> None:
    with pytest.raises(Unclear, match=r"^unexpected answer: `\w+` is not (a string|a list|an object|true or false)$"):
        codec.decoded(TABLE, answer)


@pytest.mark.parametrize("value", ["0", 0, 0.0, "7.5"])
def test_a_number_may_come_as_text(value: Any) -> None:
    assert codec.decoded(TABLE, {"rating": value}) == {"rating": float(value)}


@pytest.mark.parametrize("value", [10**400, "many", True, [1]], ids=["huge", "word", "truth", "list"])
def test_a_number_that_is_none_is_an_unclear_answer(value: Any) -> None:
    with pytest.raises(Unclear):
        codec.decoded(TABLE, {"rating": value})


# state and back


def test_drift_of_an_editable_field_is_in_the_inputs_that_a_read_returns() -> None:
    inputs = SHOP
    state = codec.state_of(TABLE, inputs, codec.decoded(TABLE, shop_row(name="Other")), {})
    assert codec.inputs_of(TABLE, state) == {**inputs, "name": "Other"}


def test_drift_of_a_restricted_field_is_in_the_state_and_never_in_the_inputs() -> None:
    inputs = SHOP
    state = codec.state_of(TABLE, inputs, codec.decoded(TABLE, shop_row(region="SOUTH")), {})
    assert state["region"] == "SOUTH"
    assert state[codec.DECLARED] == {"region": "NORTH"}
    assert codec.inputs_of(TABLE, state) == inputs


def test_keys_of_a_block_that_nobody_declared_are_in_the_state_and_not_in_the_inputs() -> None:
    inputs = {**SHOP, "owner": {"owner_no": "8032"}}
    live = codec.decoded(TABLE, shop_row(owner={"owner_no": "8032", "owner_name": "Example"}))
    state = codec.state_of(TABLE, inputs, live, {})
    assert state["owner"] == {"owner_no": "8032", "owner_name": "Example"}
    assert codec.inputs_of(TABLE, state)["owner"] == {"owner_no": "8032"}


@proves("P5")
def test_an_object_that_is_only_looked_at_is_told_apart_from_one_that_is_managed() -> None:
    assert not codec.is_managed({"color": "#000000"})
    assert codec.is_managed(codec.state_of(TABLE, SHOP, {}, {}))


def test_a_state_does_not_list_what_is_declared_where_that_is_all_it_holds() -> None:
    inputs = SHOP
    state = codec.state_of(TABLE, inputs, codec.decoded(TABLE, shop_row()), {})
    assert (state[codec.MANAGED], codec.DECLARED in state) == ("*", False)
    assert codec.inputs_of(TABLE, state) == inputs


@pytest.mark.parametrize("form", [sorted, lambda _names: "*"], ids=["listed", "all"])
def test_a_list_that_was_declared_and_is_not_any_more_is_emptied(form: Any) -> None:
    state = {"contacts": [{"label": "Call", "number": "911234567890"}], "color": "#494e0d"}
    body = codec.update_body(TABLE, {"color": "#494e0d"}, {**state, codec.MANAGED: form(state)}, {"color": "#000000"})
    assert body == {"color": "#000000", "contacts": []}


def test_inputs_of_a_state_without_what_it_names_leave_that_out() -> None:
    state = {codec.MANAGED: ["color", "link.address", "gone", "color.deep"], "color": "#000000", "link": {}}
    assert codec.inputs_of(TABLE, state) == {"color": "#000000", "link": {}}
