"""One object's life in plain data: normalising, validating and planning, for both kinds."""

from __future__ import annotations

from typing import Any

import pytest
from fakes import settings
from proves import proves
from samples import ALL_INPUTS, LEAST, PHONE, SID, copied, declared, with_value

from rcs_provider.core import check, codec, diff
from rcs_provider.core.errors import ApiError, Refusal, trying
from rcs_provider.core.fields import UNKNOWN
from rcs_provider.core.settings import load_settings
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.tester.life import TESTER

HERE = settings()
STORED = check.completed(AGENT, HERE, {}, copied(dict(ALL_INPUTS)))


def _problems(old: dict[str, Any], program: dict[str, Any]) -> list[str]:
    inputs = check.completed(AGENT, HERE, old, program)
    return [str(each) for each in check.problems(AGENT, HERE, old, inputs)]


# normalising


def test_inputs_are_stored_with_the_account_and_the_defaults() -> None:
    found = check.completed(AGENT, HERE, {}, copied(dict(LEAST)))
    assert found == {**LEAST, "rcs_provider_id": "1", "pod": "in", "sid": SID, "deletion_policy": "prevent"}


def test_inputs_without_settings_are_stored_without_an_account() -> None:
    found = check.completed(AGENT, load_settings({}.get, {}), {}, copied(dict(LEAST)))
    assert "pod" not in found
    assert "sid" not in found


@proves("D16")
def test_the_spelling_already_stored_is_kept() -> None:
    new = {**copied(dict(ALL_INPUTS)), "color": "#494E0D", "languages": ["Hindi", "English"], "agent_type": 1.0}
    assert check.completed(AGENT, HERE, STORED, new) == STORED


@proves("B10")
@pytest.mark.parametrize("spelling", [919000000001.0, "+919000000001", "+91 90000 00001"])
def test_a_testers_number_keeps_its_first_spelling(spelling: Any) -> None:
    old = check.completed(TESTER, HERE, {}, {"agent_no": "71732", "phoneno": PHONE})
    assert check.completed(TESTER, HERE, old, {"agent_no": 71732.0, "phoneno": spelling}) == old


@proves("B3")
@pytest.mark.parametrize("spelling", ["call 919000000001", "9190000x00001"])
def test_a_number_that_is_none_is_refused_though_its_digits_are_those_stored(spelling: str) -> None:
    old = check.completed(TESTER, HERE, {}, {"agent_no": "71732", "phoneno": PHONE})
    inputs = check.completed(TESTER, HERE, old, {"agent_no": "71732", "phoneno": spelling})
    assert [each.path for each in check.problems(TESTER, HERE, old, inputs)] == ["phoneno"]


def test_normalising_twice_changes_nothing_more() -> None:
    assert check.completed(AGENT, HERE, {}, STORED) == STORED
    assert check.completed(AGENT, HERE, STORED, STORED) == STORED


def test_what_a_read_returns_is_accepted_by_check() -> None:
    """Whatever `read` gives as inputs may come back as a program."""
    assert _problems({}, codec.inputs_of(AGENT.table, codec.state_of(AGENT.table, STORED, {}, {}))) == []


# validating


def test_a_full_program_has_no_problem() -> None:
    assert _problems({}, copied(dict(ALL_INPUTS))) == []
    assert _problems(STORED, copied(dict(ALL_INPUTS))) == []


@proves("E18")
def test_mistakes_of_the_schema_and_of_the_rules_come_together() -> None:
    program = {**copied(dict(LEAST)), "color": "red", "emails": []}
    assert _problems({}, program) == [
        "color: must be # and six hexadecimal digits, such as #494e0d",
        "phones, emails: at least one phone or e-mail is required",
    ]


@proves("E2")
@pytest.mark.parametrize("path", ["privacy.websit", "brand_details.brand_nr", "phones[0].lable_text"])
def test_a_misspelt_nested_name_is_a_mistake_of_an_update_too(path: str) -> None:
    program = with_value(ALL_INPUTS, path, "https://www.example.com")
    for old in ({}, STORED):
        assert [each.split(":")[0] for each in _problems(old, program)] == [path]


def test_broken_settings_are_told_instead_of_guessing_what_follows_from_them() -> None:
    broken = load_settings({"pod": "eu"}.get, {})
    inputs = check.completed(AGENT, broken, {}, copied(dict(LEAST)))
    assert [str(each) for each in check.problems(AGENT, broken, {}, inputs)] == [
        "kaleyra:pod must be in or na",
        "kaleyra:sid is not set: run `pulumi config set kaleyra:sid YOUR_SID`, or set KALEYRA_SID",
    ]


@proves("B6", "E11")
def test_another_account_is_a_mistake_naming_both() -> None:
    found = _problems({**STORED, "pod": "na"}, copied(dict(ALL_INPUTS)))
    assert len(found) == 1
    assert "this agent lives in pod na, but kaleyra:pod is in" in found[0]


# what cannot change


def test_languages_cannot_change_after_creation() -> None:
    found = _problems(STORED, {**copied(dict(ALL_INPUTS)), "languages": ["French"]})
    assert len(found) == 1
    assert found[0].startswith("languages: cannot change after creation")


def test_languages_may_be_declared_on_a_new_agent_left_out_later_or_be_unknown() -> None:
    without = {name: value for name, value in copied(dict(ALL_INPUTS)).items() if name != "languages"}
    assert _problems(STORED, without) == []
    assert _problems(STORED, {**copied(dict(ALL_INPUTS)), "languages": UNKNOWN}) == []
    assert _problems(STORED, {**copied(dict(ALL_INPUTS)), "languages": ["English", UNKNOWN]}) == []


def test_languages_may_change_together_with_a_replacement() -> None:
    assert _problems(STORED, {**copied(dict(ALL_INPUTS)), "languages": ["French"], "hosting_region": "EUROPE"}) == []


# planning


def test_plans_are_made_from_state_alone() -> None:
    state = codec.state_of(AGENT.table, STORED, {}, {})
    plan = diff.plan(AGENT.table, state, {**STORED, "description": "Other"})
    assert [each.field.name for each in plan.changes] == ["description"]


def test_advice_comes_from_the_table_and_from_the_hints() -> None:
    inputs = declared(ALL_INPUTS, agent_type="3", agent_test_url="http://wwww.basket.com")
    assert [each.path for each in check.advice(AGENT, HERE, inputs)] == ["agent_type", "agent_test_url"]
    assert check.advice(AGENT, HERE, declared(LEAST)) == []


REAL = {"website": "https://www.acme.in/example.com", "label_text": "Page"}


@proves("B3")
@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({}, []),
        ({"logo_url": "https://cdn.EXAMPLE.com/logo.png"}, ["logo_url"]),
        ({"hero_url": "https://pictures.example:8080/hero.png"}, ["hero_url"]),
        ({"website": [REAL, {**REAL, "website": "http://example.org"}]}, ["website"]),
        ({"emails": [{"email": "a@mail.example.net"}], "terms_conditions": UNKNOWN}, ["emails"]),
        ({"privacy": REAL, "logo_url": "https://myexample.com/logo.test"}, []),
        ({"brand_details": {"brand_no": "10001"}}, ["brand_details"]),
        ({"brand_details": UNKNOWN, "logo_url": UNKNOWN}, []),
        (
            {"brand_details": {"brand_no": "10001"}, "privacy": {"website": "https://x.invalid/"}},
            ["privacy, brand_details"],
        ),
    ],
)
def test_values_of_the_example_are_told_at_kaleyras_own_address(changes: dict[str, Any], paths: list[str]) -> None:
    real = {"logo_url": "https://www.acme.in/logo.png", "privacy": REAL, "color": "#0b5cad", "agent_type": "1"}
    own = settings(endpoint=None)
    assert [", ".join(each.paths) for each in check.advice(AGENT, own, {**real, **changes})] == paths
    assert check.advice(AGENT, HERE, {**real, **changes}) == []


ODD = {"description": "x" * 101, "emails": None}
"""What no program may declare and an agent may have all the same: a long text, and no contact at all."""


@proves("B17")
def test_what_kaleyra_has_passes_with_a_warning_while_it_stays_as_it_is() -> None:
    stored = declared(LEAST, **ODD)
    assert check.problems(AGENT, settings(), stored, declared(LEAST, **ODD, color="#000000")) == []
    wrong, kept = check.judged(AGENT, settings(), stored, stored)
    assert (wrong, [", ".join(each.paths) for each in kept]) == ([], ["description", "phones, emails"])
    assert all(str(each).endswith("; it passes, as it is stored so") for each in kept)


@proves("B17")
@pytest.mark.parametrize("changed", [{"description": "y" * 102}, {"website": "none"}])
def test_what_is_changed_has_to_be_right(changed: dict[str, object]) -> None:
    found = check.problems(AGENT, settings(), declared(LEAST, **ODD), declared(LEAST, **{**ODD, **changed}))
    assert [each.path for each in found] == list(changed)


@proves("B17")
def test_nothing_is_stored_of_an_agent_that_is_made_anew() -> None:
    found = check.problems(AGENT, settings(), {}, declared(LEAST, **ODD))
    assert [each.paths for each in found] == [("description",), ("phones", "emails")]


# messages


@proves("E19")
@pytest.mark.parametrize("error", [Refusal("no", "Do this."), ApiError("no", "Do this.", status=400)])
def test_what_was_tried_stands_at_the_head_of_the_message(error: Refusal | ApiError) -> None:
    with pytest.raises(type(error), match="could not read agent 1: no") as caught, trying("read agent 1"):
        raise error
    assert str(caught.value).endswith(" Do this.")


def test_an_error_that_is_none_of_ours_passes_untouched() -> None:
    with pytest.raises(ZeroDivisionError), trying("divide"):
        _ = 1 // 0
