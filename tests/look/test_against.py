"""Agents beside those of another source: which belongs to which."""

from __future__ import annotations

from typing import Any

from looks import SUPPORT

from rcs_provider.look import Agent, Step
from rcs_provider.look.against import against
from rcs_provider.look.agent import says_verified


def agent(name: str, code: str, **more: Any) -> Agent:
    return Agent(name, {**SUPPORT, "service_code": code, **more})


def steps(found: list[Agent]) -> dict[str, Step]:
    return {each.name: each.step for each in found}


def test_agents_belong_together_by_their_code_and_else_by_their_name() -> None:
    ours = [agent("same", "A"), agent("other-name", "B", description="x"), agent("key", "C2"), agent("new", "D")]
    theirs = [agent("same", "A"), agent("name", "B"), agent("key", "C"), agent("old", "E")]
    found = against(ours, theirs)
    assert steps(found) == {
        "same": Step.SAME,
        "other-name": Step.CHANGED,
        "key": Step.CHANGED,
        "new": Step.NEW,
        "old": Step.LEAVING,
    }


def test_what_only_the_account_has_is_left_alone_and_a_name_means_nothing_there() -> None:
    found = against([agent("key", "A")], [agent("key", "B"), agent("other", "C")], live=True)
    assert steps(found) == {"key": Step.NEW}


def test_one_agent_belongs_to_one_alone() -> None:
    assert steps(against([agent("a", "A"), agent("b", "A")], [agent("a", "A")])) == {"a": Step.SAME, "b": Step.NEW}


def test_only_words_of_an_answer_verify() -> None:
    said = [{"verification_state": "VERIFICATION_STATE_VERIFIED"}, {"status": "launched"}]
    silent = [{"verification_state": "VERIFICATION_STATE_UNVERIFIED", "status": "ACTIVE"}, {}, {"status": None}]
    assert [says_verified(each) for each in (*said, *silent)] == [True, True, False, False, False]
