"""What an agent's table cannot say."""

from __future__ import annotations

from typing import Any

import pytest
from fakes import settings
from proves import proves
from samples import ALL_INPUTS, LEAST, NUMBER, declared, row_of

from rcs_provider.core import codec, diff
from rcs_provider.core.declarable import unreturned
from rcs_provider.core.errors import Refusal
from rcs_provider.core.fields import UNKNOWN
from rcs_provider.objects.agent import rules
from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.numbered.rules import policy_of

PHONE = {"label_text": "Call", "is_toll_free": True, "number": "18001001001"}
WAY_OUT = 'Set "delete" or "retain", run `pulumi up`, and only then change it.'


HERE = settings()


def _state(inputs: dict[str, Any], **live: Any) -> dict[str, Any]:
    return codec.state_of(TABLE, inputs, codec.decoded(TABLE, row_of(inputs, **live)), {})


def _notes(inputs: dict[str, Any], changed: dict[str, Any], **live: Any) -> list[str]:
    state, new = _state(inputs, **live), {**inputs, **changed}
    new = {name: value for name, value in new.items() if value is not None}
    return list(AGENT.notes(state, new, diff.plan(TABLE, state, new)))


def _refuse(inputs: dict[str, Any], changed: dict[str, Any], **live: Any) -> None:
    state, new = _state(inputs, **live), {**inputs, **changed}
    AGENT.refuse(state, new, diff.plan(TABLE, state, new))


@proves("B3")
@pytest.mark.parametrize("inputs", [{}, {"phones": []}, {"emails": []}, {"phones": [], "emails": []}])
def test_an_agent_without_any_contact_is_a_mistake(inputs: dict[str, Any]) -> None:
    found = list(rules.contact_is_given(inputs))
    assert [str(each) for each in found] == ["phones, emails: at least one phone or e-mail is required"]


@proves("B3")
@pytest.mark.parametrize(
    "inputs",
    [
        {"phones": [PHONE]},
        {"emails": [{}]},
        {"phones": [], "emails": [{}]},
        {"phones": UNKNOWN},
        {"emails": UNKNOWN, "phones": []},
        {"phones": [UNKNOWN]},
    ],
)
def test_one_contact_of_either_kind_or_one_not_known_yet_is_enough(inputs: dict[str, Any]) -> None:
    assert list(rules.contact_is_given(inputs)) == []


@pytest.mark.parametrize(("status", "refused"), [("DELETED", 1), (" deleted", 1), ("DRAFT", 0), (UNKNOWN, 0)])
def test_an_agent_is_not_made_as_a_deleted_one(status: Any, refused: int) -> None:
    assert len(list(rules.initial_status_lives({"initial_status": status}))) == refused


def test_a_changed_initial_status_is_a_note_unless_a_new_agent_takes_it() -> None:
    note = "initial_status is sent with a create only: the change is kept in state and makes no call"
    inputs = declared(LEAST, initial_status="DRAFT")
    assert _notes(inputs, {"initial_status": "PENDING"}) == [note]
    assert _notes(inputs, {"initial_status": None}) == [note]
    assert _notes(inputs, {"initial_status": "draft"}) == []
    assert note not in _notes(inputs, {"initial_status": "PENDING", "hosting_region": "EUROPE"})


NEVER_SHOWN = ["agent_test_url", "default_locale", "end_point_config", "languages", "primary_interaction_type"]
OFFICE = {**PHONE, "is_toll_free": False}


@proves("A5")
def test_what_no_answer_shows_of_an_agent_that_was_made_elsewhere_is_named_as_far_as_nobody_declares_it() -> None:
    assert sorted(AGENT.unread({}, {"phones": [OFFICE]})) == sorted(path for path, _ in unreturned(TABLE))
    assert sorted(AGENT.unread({"phones": [OFFICE]}, {})) == sorted([*NEVER_SHOWN, "phones[].country_code"])
    for phone in (PHONE, {**OFFICE, "number": "+9118001001001"}, {**OFFICE, "country_code": "91"}, UNKNOWN):
        assert sorted(AGENT.unread({}, {"phones": [phone]})) == NEVER_SHOWN
    assert AGENT.unread({}, declared(ALL_INPUTS)) == []


@proves("A5")
def test_only_the_first_update_of_an_agent_that_was_made_elsewhere_says_what_it_may_reset() -> None:
    inputs = declared(LEAST)
    state = {**_state(inputs), codec.UNREAD: True}
    plan = diff.plan(TABLE, state, {**inputs, "color": "#000000"})
    (line,) = AGENT.notes(state, {**inputs, "color": "#000000"}, plan)
    assert line.startswith(f"the first update of agent {NUMBER} since it was taken over may reset default_locale, ")
    for changed in ({}, {"on_existing": "error"}):
        assert list(AGENT.notes(state, {**inputs, **changed}, diff.plan(TABLE, state, {**inputs, **changed}))) == []
    assert list(AGENT.notes(_state(inputs), {**inputs, "color": "#000000"}, plan)) == []


@proves("A7")
def test_languages_are_declared_late_only_where_they_may_have_been_there_before() -> None:
    inputs, late = declared(LEAST), {"languages": ["English"]}
    with pytest.raises(Refusal, match="languages cannot change after creation"):
        _refuse(inputs, late)
    state = {**_state(inputs), codec.UNREAD: True}
    AGENT.refuse(state, {**inputs, **late}, diff.plan(TABLE, state, {**inputs, **late}))


@pytest.mark.parametrize(
    ("address", "warned"),
    [
        ("https://www.example.com", False),
        ("http://wwww.basket.com", True),
        ("https://example.com", True),
        (UNKNOWN, False),
    ],
)
def test_a_test_page_that_is_not_https_www_is_a_warning_only(address: Any, warned: bool) -> None:
    assert bool(list(rules.https_test_page(HERE, {"agent_test_url": address}))) is warned
    assert list(rules.https_test_page(HERE, {})) == []


@proves("A7")
@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("retain", f"agent {NUMBER} stays at Kaleyra, unmanaged, and a new one is made"),
        ("delete", f"agent {NUMBER} is deleted, and a new one is made"),
    ],
)
def test_a_replacement_says_which_field_forces_it_and_what_becomes_of_the_agent(policy: str, words: str) -> None:
    inputs = declared(LEAST, deletion_policy=policy)
    notes = _notes(inputs, {"hosting_region": "EUROPE", "service_code": "OTHER"})
    assert len(notes) == 1
    assert notes[0].startswith(f"hosting_region cannot change in place: {words}")


@proves("A7", "D13")
def test_a_replacement_of_an_agent_that_is_protected_is_refused_with_the_way_out() -> None:
    refused = f'^hosting_region cannot change in place, and agent {NUMBER} is protected by deletion_policy "prevent"'
    for inputs in (declared(LEAST), declared(LEAST, deletion_policy="prevent")):
        with pytest.raises(Refusal, match=refused) as caught:
            _refuse(inputs, {"hosting_region": "EUROPE", "deletion_policy": "delete"})
        assert caught.value.hint == WAY_OUT


@proves("A7")
def test_all_fields_that_force_a_replacement_are_named() -> None:
    notes = _notes(declared(LEAST, deletion_policy="delete"), {"hosting_region": "EUROPE", "agent_type": "2"})
    assert notes[0].startswith("agent_type and hosting_region cannot change in place: ")


def test_drift_of_a_restricted_field_says_both_values_and_the_way_out() -> None:
    notes = _notes(declared(LEAST), {}, hosting_region="EUROPE")
    assert notes == [
        (
            "hosting_region is EUROPE at Kaleyra, the program says ASIA_PACIFIC, and no update can change it: "
            "change the program, or make the agent anew with `pulumi up --replace URN`"
        )
    ]


def test_drift_of_a_restricted_block_shows_its_values_in_words() -> None:
    notes = _notes(declared(ALL_INPUTS), {}, brand_details={"brand_no": "9", "brand_name": "Other"})
    assert notes[0].startswith(
        "brand_details is brand_name Other, brand_no 9, provider_brand_no Brand_1 at Kaleyra, "
        "the program says brand_name Example, brand_no 8032, provider_brand_no Brand_1"
    )


def test_changing_the_service_code_warns_that_messages_name_it() -> None:
    assert _notes(declared(LEAST), {"service_code": "OTHER"}) == [
        "service_code changes in place: messages name it as their sender, so change it there too"
    ]


def test_leaving_out_a_field_says_that_kaleyra_keeps_it() -> None:
    assert _notes(declared(ALL_INPUTS), {"default_locale": None}) == [
        "default_locale is no longer managed: Kaleyra keeps its value"
    ]
    assert _notes(declared(ALL_INPUTS), {"phones": None}) == []


@pytest.mark.parametrize("changed", [{}, {"description": "Other"}, {"deletion_policy": "retain"}])
def test_an_ordinary_change_needs_no_words(changed: dict[str, Any]) -> None:
    assert _notes(declared(ALL_INPUTS), changed) == []


VERIFIED = {"verification_state": "VERIFICATION_STATE_VERIFIED"}


@proves("B5")
@pytest.mark.parametrize(
    ("state", "verified"),
    [
        ({}, False),
        ({"verification_state": ""}, False),
        ({"verification_state": "VERIFICATION_STATE_UNVERIFIED"}, False),
        ({"verification_state": "Unverified"}, False),
        ({"verification_state": "VERIFICATION_STATE_UNSPECIFIED"}, False),
        ({"status": "ACTIVE", "integration_status": True}, False),
        ({"verification_state": "VERIFICATION_STATE_VERIFIED"}, True),
        ({"verification_state": "verified"}, True),
        ({"verification_state": "VERIFICATION_STATE_PENDING"}, True),
        ({"verification_state": "VERIFICATION_STATE_SUSPENDED_IN_GMB"}, True),
    ],
)
def test_only_an_answer_that_says_so_makes_an_agent_verified(state: dict[str, Any], verified: bool) -> None:
    assert bool(rules.verification_of(state)) is verified


@proves("B5")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("display_name", "Other"),
        ("logo_url", "https://www.example.com/x.png"),
        ("hero_url", "https://www.example.com/x.jpg"),
    ],
)
def test_a_frozen_field_of_a_verified_agent_is_refused_with_its_name_and_the_state(name: str, value: str) -> None:
    with pytest.raises(Refusal, match=f"{name} cannot change any more: the agent is VERIFICATION_STATE_VERIFIED"):
        _refuse(declared(LEAST), {name: value}, **VERIFIED)
    _refuse(declared(LEAST), {name: value})
    _refuse(declared(LEAST), {name: value}, verification_state="VERIFICATION_STATE_UNVERIFIED")


@proves("B5")
def test_other_fields_of_a_verified_agent_are_left_to_the_server() -> None:
    _refuse(declared(LEAST), {"description": "Other", "color": "#000000"}, **VERIFIED)


@proves("B5")
def test_a_replacement_of_a_verified_agent_may_change_frozen_fields() -> None:
    changed = {"display_name": "Other", "hosting_region": "EUROPE", "service_code": "OTHER"}
    _refuse(declared(LEAST, deletion_policy="retain"), changed, **VERIFIED)


@proves("D25")
@pytest.mark.parametrize("name", ["display_name", "logo_url", "hero_url"])
def test_a_frozen_field_that_is_not_known_yet_is_not_refused_by_a_guess(name: str) -> None:
    _refuse(declared(LEAST), {name: UNKNOWN}, **VERIFIED)


@proves("D13")
def test_a_replacement_under_retain_needs_another_service_code() -> None:
    inputs = declared(LEAST, deletion_policy="retain")
    with pytest.raises(Refusal, match=r'hosting_region needs a new agent.*"retain".*service_code SUPPORT'):
        _refuse(inputs, {"hosting_region": "EUROPE"})
    _refuse(inputs, {"hosting_region": "EUROPE", "service_code": "OTHER"})
    _refuse(declared(LEAST, deletion_policy="delete"), {"hosting_region": "EUROPE"})


@proves("D13")
def test_the_policy_in_force_is_the_one_that_state_holds() -> None:
    assert policy_of(TABLE, _state(declared(LEAST, deletion_policy="delete"))) == "delete"
    assert policy_of(TABLE, _state(declared(LEAST))) == "prevent"


@proves("B4")
@pytest.mark.parametrize(
    ("color", "said"),
    [
        ("#494e0d", ""),
        ("#767676", ""),
        ("#777777", "4.5 to white"),
        ("#FFFF00", "1.1 to white"),
        ("#94e0d", ""),
        (3, ""),
    ],
)
def test_a_colour_with_too_little_contrast_to_white_is_warned_about(color: Any, said: str) -> None:
    found = [str(each) for each in rules.color_is_dark_enough(HERE, {"color": color})]
    assert found == ([f"color: has a contrast of {said}, and Google asks for 4.5"] if said else [])
