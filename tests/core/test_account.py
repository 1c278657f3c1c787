"""Which account an object lives in: no call ever goes to another one."""

from __future__ import annotations

import pytest
from fakes import settings
from proves import proves
from samples import SID

from rcs_provider.core.account import AccountFields, account_problems, require_account
from rcs_provider.core.errors import ConfigError, Refusal
from rcs_provider.core.fields import table
from rcs_provider.core.settings import ACCOUNT, load_settings

HERE = {"pod": "in", "sid": SID}


def test_an_object_of_the_same_account_passes() -> None:
    require_account("agent", settings(), HERE)


def test_an_object_that_names_no_account_is_taken_for_one_of_this() -> None:
    require_account("agent", settings(), {})
    assert list(account_problems("agent", settings(), {}, {})) == []


@proves("B6", "E11")
@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"pod": "na", "sid": SID}, "this agent lives in pod na, but kaleyra:pod is in"),
        (
            {"pod": "in", "sid": "HXIN0000000002IN"},
            f"this agent lives in sid HXIN0000000002IN, but kaleyra:sid is {SID}",
        ),
    ],
)
def test_an_object_of_another_account_is_refused_naming_both(state: dict[str, str], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        require_account("agent", settings(), state)


@proves("B6")
def test_pod_and_sid_are_both_told_at_once() -> None:
    found = list(account_problems("tester", settings(), {"pod": "na", "sid": "OTHER"}, {}))
    assert [each.path for each in found] == ["", ""]
    assert len(found) == 2


@proves("B6")
def test_a_pod_that_the_program_itself_declares_is_refused_like_any_other() -> None:
    found = list(account_problems("agent", settings(), {}, {"pod": "na"}))
    assert "lives in pod na" in found[0].reason


def test_settings_that_are_not_sound_are_told_before_anything_else() -> None:
    with pytest.raises(ConfigError, match="kaleyra:pod is not set"):
        require_account("agent", load_settings({}.get, {}), {"pod": "na"})


def test_the_fields_of_the_account_are_the_settings_that_tell_one_from_another() -> None:
    assert [each.name for each in table(AccountFields)] == list(ACCOUNT)
