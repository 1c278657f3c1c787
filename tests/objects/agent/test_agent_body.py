"""What a create and an update of an agent send, and what is known of it afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from proves import proves
from samples import ALL_INPUTS, LEAST, NEVER_READ, NUMBER, declared, row_of

from rcs_provider.core import codec
from rcs_provider.core.compare import same
from rcs_provider.objects.agent.fields import TABLE


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


def test_what_a_restricted_field_is_compared_by_is_its_normal_form() -> None:
    inputs = declared(LEAST)
    live = codec.decoded(TABLE, row_of(inputs, rcs_provider_id=1, agent_type=1))
    assert list(codec.drifted(TABLE, inputs, live)) == []
    assert all(same(TABLE[name], inputs[name], live[name], live=True) for name in ("rcs_provider_id", "agent_type"))
