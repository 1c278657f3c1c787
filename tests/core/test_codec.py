"""From inputs to bodies, from answers to state, and from state back to inputs."""

from __future__ import annotations

import copy
import math
from typing import Any

import pytest
from fakes import every
from hypothesis import given
from hypothesis import strategies as st
from proves import proves
from samples import ALL_INPUTS, LEAST, NEVER_READ, NUMBER, declared, row_of, with_value

from rcs_provider.core import codec, diff
from rcs_provider.core.compare import same
from rcs_provider.core.errors import Unclear
from rcs_provider.core.fields import UNKNOWN, Compare, Field, Type
from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.objects.tester.fields import TABLE as TESTER

WORDS = st.text(min_size=1, max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def _values(field: Field) -> st.SearchStrategy[Any]:
    if field.fields is not None:
        return _objects(field.fields.inputs)
    if field.item is not None:
        return st.lists(_values(field.item), max_size=3)
    if field.type is Type.FLAG:
        return st.booleans()
    if field.compare is Compare.DIGITS or field.numeric:
        return st.from_regex(r"\+?[1-9][0-9 ]{2,10}[0-9]", fullmatch=True)
    if field.compare is Compare.IMAGE:
        return st.from_regex(r"https://[a-z]{1,5}\.example/[a-z]{1,9}\.png", fullmatch=True)
    return WORDS


def _objects(fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    needed = {each.name: _values(each) for each in fields if each.required}
    spare = {each.name: _values(each) for each in fields if not each.required}
    return st.fixed_dictionaries(needed, optional=spare)


INPUTS = _objects(TABLE.inputs)


def _respelt(field: Field, value: Any) -> Any:
    """A value as Kaleyra may answer it: the same, in another spelling."""
    if field.fields is not None:
        return {name: _respelt(field.fields[name], each) for name, each in value.items() if field.fields[name].returned}
    if field.item is not None:
        return [_respelt(field.item, each) for each in reversed(value)]
    if field.compare is Compare.DIGITS:
        return "+" + "".join(each for each in value if each.isdigit())
    if field.compare is Compare.IMAGE:
        return "https://cdn.example/1769590576110-" + value.rsplit("/", 1)[-1]
    return value


def _answered(inputs: dict[str, Any]) -> dict[str, Any]:
    return {each.key: _respelt(each, inputs[each.name]) for each in TABLE.sent if each.returned and each.name in inputs}


# inputs as the wire brings them


def test_nulls_and_engine_keys_are_dropped_at_every_level() -> None:
    dirty = {
        **LEAST,
        "phones": None,
        "__provider": "x",
        "brand_details": {"brand_no": "8032", "brand_name": None, "__x": 1},
    }
    assert codec.plain(TABLE, dirty) == {**LEAST, "brand_details": {"brand_no": "8032"}}


@pytest.mark.parametrize("number", [8032, 8032.0])
def test_a_number_in_a_field_of_digits_becomes_its_text(number: float) -> None:
    dirty = with_value(ALL_INPUTS, "phones[0].number", number)
    assert codec.plain(TABLE, dirty)["phones"][0]["number"] == "8032"
    assert codec.plain(TABLE, {"brand_details": {"brand_no": number}}) == {"brand_details": {"brand_no": "8032"}}


def test_every_field_of_digits_takes_a_number_for_its_text() -> None:
    numeric = [path for table in (TABLE, TESTER) for path, _ in every(table, lambda each: each.numeric)]
    assert numeric == [
        "agent_type", "service_code", "phones[0].number", "phones[0].country_code", "brand_details.brand_no",
        "rcs_provider_id", "agent_no", "phoneno",
    ]  # fmt: skip


@pytest.mark.parametrize("value", [True, 1.5, "1.0", [1.0], {"a": 1.0}])
def test_what_is_no_whole_number_is_left_for_validation(value: Any) -> None:
    assert codec.plain(TABLE, {"agent_type": value}) == {"agent_type": value}


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_a_number_without_digits_is_left_for_validation(value: float) -> None:
    found = codec.plain(TABLE, {"agent_type": value})["agent_type"]
    assert found is value or (math.isnan(value) and math.isnan(found))


@proves("D25")
def test_what_is_not_known_yet_passes_through() -> None:
    dirty = {"agent_type": UNKNOWN, "brand_details": {"brand_no": UNKNOWN}, "phones": [UNKNOWN, {"number": UNKNOWN}]}
    assert codec.plain(TABLE, dirty) == dirty


def test_defaults_fill_only_what_is_left_out() -> None:
    assert codec.with_defaults(TABLE, {})["rcs_provider_id"] == "1"
    assert codec.with_defaults(TABLE, {"rcs_provider_id": "3"})["rcs_provider_id"] == "3"
    assert codec.with_defaults(TABLE, {}) == {"rcs_provider_id": "1"}


def test_defaults_of_nested_blocks_are_filled_in_too() -> None:
    phones = [{"number": "1"}, {"number": "2", "country_code": "91"}, UNKNOWN]
    assert codec.with_defaults(TABLE, {"phones": phones})["phones"] == [
        {"number": "1", "country_code": ""}, {"number": "2", "country_code": "91"}, UNKNOWN,
    ]  # fmt: skip
    assert codec.with_defaults(TABLE, {"phones": UNKNOWN})["phones"] is UNKNOWN


@proves("D16")
def test_the_stored_spelling_is_kept_where_the_meaning_is_the_same() -> None:
    old = declared(ALL_INPUTS)
    new = {**copy.deepcopy(old), "color": "#494E0D", "phones": old["phones"][::-1], "display_name": "Help"}
    assert codec.respelt(TABLE, old, new) == {**old, "display_name": "Help"}


@proves("E2")
@pytest.mark.parametrize("path", ["privacy", "brand_details", "phones[0]"])
def test_an_unknown_nested_name_stays_visible_to_validation_though_the_rest_is_as_stored(path: str) -> None:
    old = declared(ALL_INPUTS)
    head = path.split("[", maxsplit=1)[0]
    value = old[head][0] if "[" in path else old[head]
    new = with_value(old, path, {**value, "websit": "https://www.example.com"})
    assert codec.respelt(TABLE, old, new) == new


@proves("D25")
def test_what_is_not_known_yet_is_not_replaced_by_the_stored_value() -> None:
    old = declared(ALL_INPUTS)
    assert codec.respelt(TABLE, old, {**old, "color": UNKNOWN})["color"] is UNKNOWN


# bodies


def test_a_create_sends_every_declared_field_that_the_api_knows_and_nothing_else() -> None:
    inputs = declared(ALL_INPUTS)
    ours = ("deletion_policy", "on_existing", "pod", "sid")
    body = {name: value for name, value in inputs.items() if name not in ours}
    office = {**inputs["phones"][1], "number": "+919000000001"}
    assert codec.create_body(TABLE, inputs) == {**body, "phones": [inputs["phones"][0], office]}


def test_an_initial_status_is_sent_with_the_create_alone_and_no_answer_is_read_as_one() -> None:
    inputs = declared(LEAST, initial_status="DRAFT")
    assert codec.create_body(TABLE, inputs)["status"] == "DRAFT"
    live = row_of(declared(LEAST), status="ACTIVE")
    state = codec.state_of(TABLE, inputs, codec.decoded(TABLE, live), {})
    assert (state["status"], state["initial_status"]) == ("ACTIVE", "DRAFT")
    assert codec.inputs_of(TABLE, state) == inputs
    assert codec.update_body(TABLE, live, state, {**inputs, "initial_status": "PENDING"})["status"] == "ACTIVE"
    assert "status" not in codec.update_body(TABLE, row_of(declared(LEAST), status=None), state, inputs)


def test_a_create_leaves_out_what_is_not_declared() -> None:
    assert set(codec.create_body(TABLE, declared(LEAST))) == {*LEAST, "rcs_provider_id"}


@pytest.mark.parametrize(
    ("name", "live"),
    [
        ("rcs_provider_id", 1),
        ("rcs_provider_id", "3"),
        ("hosting_region", "asia_pacific"),
        ("agent_type", 2.0),
        ("brand_details", {"brand_no": "8032", "provider_brand_no": "", "brand_name": None, "more": [1]}),
    ],
)
def test_an_update_echoes_restricted_values_in_the_servers_own_spelling_and_type(name: str, live: Any) -> None:
    inputs = declared(LEAST)
    body = codec.update_body(TABLE, row_of(inputs, **{name: live}), {}, inputs)
    assert body[name] == live
    assert type(body[name]) is type(live)


def test_an_update_sends_back_what_it_does_not_know_and_what_nobody_declared() -> None:
    inputs = declared(LEAST)
    live = row_of(inputs, strange={"deep": [1, None]}, verification_state="VERIFICATION_STATE_UNVERIFIED")
    body = codec.update_body(TABLE, live, {}, {**inputs, "description": "New words"})
    assert body == {**live, "description": "New words"}


def test_an_update_names_no_verification_where_the_answer_holds_none() -> None:
    inputs = declared(LEAST)
    body = codec.update_body(TABLE, row_of(inputs), {"verification_state": "X", "verification_name": "Y"}, inputs)
    assert not {"verification_name", "verification_state", "integration_name"} & set(body)


@proves("A5")
def test_fields_that_no_read_returns_are_sent_from_the_state_where_nobody_declares_them() -> None:
    inputs = declared(LEAST)
    state = {"default_locale": "en", "agent_test_url": "https://www.example.com/t", "languages": ["English"]}
    body = codec.update_body(TABLE, row_of(inputs), state, inputs)
    assert {name: body[name] for name in state} == state


def test_fields_of_this_package_are_never_sent() -> None:
    inputs = declared(ALL_INPUTS)
    body = codec.update_body(TABLE, row_of(inputs), {"pod": "in", "sid": "x"}, inputs)
    assert not {"deletion_policy", "on_existing", "pod", "sid"} & set(body)


@pytest.mark.parametrize("name", ["phones", "emails"])
def test_a_contact_list_that_was_declared_and_is_left_out_is_emptied(name: str) -> None:
    inputs = declared(ALL_INPUTS, **{name: None})
    state = codec.state_of(TABLE, declared(ALL_INPUTS), {}, {})
    assert codec.update_body(TABLE, row_of(declared(ALL_INPUTS)), state, inputs)[name] == []


def test_a_contact_list_that_was_never_declared_stays_as_it_is() -> None:
    inputs = declared(LEAST)
    live = row_of(inputs, phones=[{"label_text": "Call", "is_toll_free": True, "number": "1800"}])
    state = codec.state_of(TABLE, inputs, {}, {})
    assert codec.update_body(TABLE, live, state, inputs)["phones"] == live["phones"]


def test_another_picture_goes_out_though_its_file_has_the_same_name() -> None:
    inputs, live = (
        declared(ALL_INPUTS),
        row_of(declared(ALL_INPUTS), logo_url="https://cdn.example/1769590576110-logo.png"),
    )
    state = codec.state_of(TABLE, inputs, codec.decoded(TABLE, live), {})
    assert codec.update_body(TABLE, live, state, inputs)["logo_url"] == live["logo_url"]
    assert codec.update_body(TABLE, live, {}, inputs)["logo_url"] == live["logo_url"]
    new = {**inputs, "logo_url": "https://www.example.com/new/logo.png"}
    assert codec.update_body(TABLE, live, state, new)["logo_url"] == new["logo_url"]


@given(inputs=INPUTS, unknown=st.dictionaries(WORDS.map("x_{}".format), JSON, max_size=4), restricted=JSON)
def test_an_update_of_any_agent_keeps_whatever_means_the_same_as_the_answer_has_it(
    inputs: dict[str, Any], unknown: dict[str, Any], restricted: Any
) -> None:
    ours = dict.fromkeys(("hosting_region", "agent_type", "rcs_provider_id", "brand_details"), restricted)
    live = {**_answered(inputs), **ours, **unknown}
    body = codec.update_body(TABLE, live, {}, inputs)
    assert all(body[name] is live[name] for name in (*ours, *unknown))
    editable = [each for each in TABLE.sent if not each.restricted and each.name in inputs]
    for each in editable:
        sent, hidden = body[each.name], each.name == "phones" or not each.returned
        assert same(each, inputs[each.name], sent, live=True)
        assert hidden or sent == live[each.name]


# answers


def test_an_answer_is_read_in_the_types_of_the_table() -> None:
    answer = {
        "id": "u", "agent_number": 71732, "rcs_provider_id": 1, "integration_status": "FALSE", "status": "Active",
        "agent_type": 2.0, "phones": [{"number": 918000, "is_toll_free": "true", "label_text": "Call"}],
    }  # fmt: skip
    assert codec.decoded(TABLE, answer) == {
        "uuid": "u", "agent_number": "71732", "rcs_provider_id": "1", "integration_status": False, "status": "Active",
        "agent_type": "2", "phones": [{"number": "918000", "is_toll_free": True, "label_text": "Call"}],
    }  # fmt: skip


def test_an_empty_text_or_null_in_an_answer_means_not_reported() -> None:
    answer = {"default_locale": "", "status": None, "brand_details": {"brand_no": "1", "brand_name": ""}, "emails": []}
    assert codec.decoded(TABLE, answer) == {"brand_details": {"brand_no": "1"}, "emails": []}


@proves("A4")
def test_keys_that_no_page_names_are_left_out_of_the_state() -> None:
    assert codec.decoded(TABLE, {"color": "#000000", "surprise": 1}) == {"color": "#000000"}


@pytest.mark.parametrize(
    "answer",
    [
        {"color": {}},
        {"color": True},
        {"phones": "call"},
        {"phones": ["call"]},
        {"privacy": []},
        {"integration_status": "perhaps"},
        {"integration_status": 3},
    ],
)
def test_a_value_of_a_type_that_the_field_cannot_have_is_an_unclear_answer(answer: dict[str, Any]) -> None:
    with pytest.raises(Unclear, match=r"^unexpected answer: `\w+` is not (a string|a list|an object|true or false)$"):
        codec.decoded(TABLE, answer)


@pytest.mark.parametrize("value", ["0", 0, 0.0, "7.5"])
def test_a_number_may_come_as_text(value: Any) -> None:
    assert codec.decoded(TESTER, {"carrierid": value}) == {"carrierid": float(value)}


@pytest.mark.parametrize("value", [10**400, "many", True, [1]], ids=["huge", "word", "truth", "list"])
def test_a_number_that_is_none_is_an_unclear_answer(value: Any) -> None:
    with pytest.raises(Unclear):
        codec.decoded(TESTER, {"carrierid": value})


@given(st.dictionaries(st.sampled_from([each.key for each in (*TABLE, *TESTER)]), JSON, max_size=8))
def test_any_answer_is_read_or_is_unclear(answer: dict[str, Any]) -> None:
    for table in (TABLE, TESTER):
        try:
            found = codec.decoded(table, answer)
        except Unclear:
            continue
        assert set(found) <= {each.name for each in table}


# state and back


@proves("P5")
@given(INPUTS)
def test_inputs_come_back_from_state_as_they_went_in(inputs: dict[str, Any]) -> None:
    assert codec.inputs_of(TABLE, codec.state_of(TABLE, inputs, {}, {})) == inputs


@proves("D1")
@given(INPUTS)
def test_an_answer_in_other_spellings_gives_the_declared_inputs_back_and_an_empty_plan(
    inputs: dict[str, Any],
) -> None:
    live = codec.decoded(TABLE, _answered(inputs))
    state = codec.state_of(TABLE, inputs, live, {})
    assert codec.inputs_of(TABLE, state) == inputs
    assert diff.plan(TABLE, state, inputs) == diff.Plan()


@given(inputs=INPUTS, other=INPUTS)
def test_any_drift_is_a_state_whose_inputs_name_exactly_what_was_declared(
    inputs: dict[str, Any], other: dict[str, Any]
) -> None:
    state = codec.state_of(TABLE, inputs, codec.decoded(TABLE, _answered(other)), {})
    found = codec.inputs_of(TABLE, state)
    assert set(found) == set(inputs)
    assert all(
        found[each.name] == inputs[each.name] for each in TABLE.inputs if each.restricted and each.name in inputs
    )
    assert diff.plan(TABLE, state, inputs).replaces == []


@given(inputs=INPUTS, kept=INPUTS)
def test_reading_twice_gives_the_same_state(inputs: dict[str, Any], kept: dict[str, Any]) -> None:
    live = codec.decoded(TABLE, _answered(inputs))
    once = codec.state_of(TABLE, inputs, live, kept)
    assert codec.state_of(TABLE, codec.inputs_of(TABLE, once), live, once) == once


@proves("D17")
@pytest.mark.parametrize("name", NEVER_READ)
def test_a_value_that_no_read_returns_keeps_the_declared_one(name: str) -> None:
    inputs = declared(ALL_INPUTS)
    state = codec.state_of(TABLE, inputs, codec.decoded(TABLE, row_of(inputs)), {})
    assert state[name] == inputs[name]


@proves("D17")
@pytest.mark.parametrize("name", NEVER_READ)
def test_a_value_that_nobody_declares_is_kept_from_the_last_update(name: str) -> None:
    inputs = declared(LEAST)
    live = codec.decoded(TABLE, row_of(inputs))
    assert codec.state_of(TABLE, inputs, live, {name: "kept"})[name] == "kept"
    assert name not in codec.inputs_of(TABLE, codec.state_of(TABLE, inputs, live, {name: "kept"}))


@proves("A4")
def test_what_only_kaleyra_sets_is_in_the_state_and_in_no_inputs() -> None:
    inputs = declared(LEAST)
    state = codec.state_of(TABLE, inputs, codec.decoded(TABLE, row_of(inputs)), {})
    assert (state["agent_number"], state["status"], state["integration_status"]) == (NUMBER, "ACTIVE", False)
    assert codec.inputs_of(TABLE, state) == inputs


def test_drift_of_an_editable_field_is_in_the_inputs_that_a_read_returns() -> None:
    inputs = declared(LEAST)
    state = codec.state_of(TABLE, inputs, codec.decoded(TABLE, row_of(inputs, description="Other")), {})
    assert codec.inputs_of(TABLE, state) == {**inputs, "description": "Other"}


def test_drift_of_a_restricted_field_is_in_the_state_and_never_in_the_inputs() -> None:
    inputs = declared(LEAST)
    state = codec.state_of(TABLE, inputs, codec.decoded(TABLE, row_of(inputs, hosting_region="EUROPE")), {})
    assert state["hosting_region"] == "EUROPE"
    assert state[codec.DECLARED] == {"hosting_region": "ASIA_PACIFIC"}
    assert codec.inputs_of(TABLE, state) == inputs


def test_keys_of_a_block_that_nobody_declared_are_in_the_state_and_not_in_the_inputs() -> None:
    inputs = declared(LEAST)
    live = codec.decoded(TABLE, row_of(inputs, brand_details={"brand_no": "8032", "brand_name": "Example"}))
    state = codec.state_of(TABLE, inputs, live, {})
    assert state["brand_details"] == {"brand_no": "8032", "brand_name": "Example"}
    assert codec.inputs_of(TABLE, state)["brand_details"] == {"brand_no": "8032"}


@proves("P5")
def test_an_object_that_is_only_looked_at_is_told_apart_from_one_that_is_managed() -> None:
    assert not codec.is_managed({"color": "#000000"})
    assert codec.is_managed(codec.state_of(TABLE, declared(LEAST), {}, {}))


def test_a_state_does_not_list_what_is_declared_where_that_is_all_it_holds() -> None:
    inputs = declared(ALL_INPUTS)
    state = codec.state_of(TABLE, inputs, codec.decoded(TABLE, row_of(inputs)), {})
    assert (state[codec.MANAGED], codec.DECLARED in state) == ("*", False)
    assert codec.inputs_of(TABLE, state) == inputs


@pytest.mark.parametrize("form", [sorted, lambda _names: "*"], ids=["listed", "all"])
def test_a_list_that_was_declared_and_is_not_any_more_is_emptied(form: Any) -> None:
    state = {"phones": [{"label_text": "Call", "number": "911234567890"}], "color": "#494e0d"}
    body = codec.update_body(TABLE, {"color": "#494e0d"}, {**state, codec.MANAGED: form(state)}, {"color": "#000000"})
    assert body == {"color": "#000000", "phones": []}


def test_inputs_of_a_state_without_what_it_names_leave_that_out() -> None:
    state = {codec.MANAGED: ["color", "privacy.website", "gone", "color.deep"], "color": "#000000", "privacy": {}}
    assert codec.inputs_of(TABLE, state) == {"color": "#000000", "privacy": {}}


def test_what_a_restricted_field_is_compared_by_is_its_normal_form() -> None:
    inputs = declared(LEAST)
    live = codec.decoded(TABLE, row_of(inputs, rcs_provider_id=1, agent_type=1))
    assert list(codec.drifted(TABLE, inputs, live)) == []
    assert all(same(TABLE[name], inputs[name], live[name], live=True) for name in ("rcs_provider_id", "agent_type"))
