"""What `pulumi preview --json` prints, as agents; tests/engine/test_look.py has it printed."""

from __future__ import annotations

from typing import Any

import pytest
from looks import SUPPORT

from rcs_provider.core.fields import UNKNOWN
from rcs_provider.core.names import camel, renamed
from rcs_provider.look import Step, preview
from rcs_provider.objects.agent.life import AGENT

LATER = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
TOKENS = (AGENT.token, AGENT.package_token)


def step(op: str, name: str = "support", token: str = AGENT.token, **states: Any) -> dict[str, Any]:
    whole = {key: {"inputs": value} for key, value in states.items()}
    return {"op": op, "urn": f"urn:pulumi:dev::proof::{token}::{name}", **whole}


def agents(*steps: dict[str, Any]) -> list[Any]:
    return preview.agents({"steps": list(steps)})


@pytest.mark.parametrize("token", TOKENS)
def test_both_faces_give_inputs_by_our_names(token: str) -> None:
    inputs = dict(SUPPORT) if token == AGENT.token else renamed(SUPPORT, camel)
    (found,) = agents(step("create", token=token, newState={**inputs, "__provider": "gASV"}))
    assert (found.name, found.after, found.before, found.step) == ("support", SUPPORT, None, Step.NEW)


def test_what_happens_is_told_from_the_step_that_holds_both_states() -> None:
    old, new = dict(SUPPORT), {**SUPPORT, "description": "x"}
    found = agents(
        step("same", "same", oldState=old, newState=old),
        step("update", "update", oldState=old, newState=new),
        step("create-replacement", "moves", oldState=old, newState=new),
        step("replace", "moves", oldState=old, newState=new),
        step("delete-replaced", "moves", oldState=old),
        step("delete", "goes", oldState=old),
        step("read", "looked-up", newState=old),
    )
    assert {each.name: each.step for each in found} == {
        "same": Step.SAME,
        "update": Step.CHANGED,
        "moves": Step.REPLACED,
        "goes": Step.LEAVING,
    }
    assert [each.name for each in found if each.after is None] == ["goes"]
    assert [each.name for each in found] == sorted(each.name for each in found)


def test_what_is_not_an_agent_is_left_out() -> None:
    others = ["pulumi:pulumi:Stack", "pulumi-python:dynamic/rcs:RcsTester", "kaleyra:rcs:Tester"]
    assert agents(*(step("create", token=each, newState={}) for each in others), {"urn": 7}, {}) == []
    inside = step("create", token=f"my:module:Component${AGENT.token}", newState=dict(SUPPORT))
    assert len(agents(inside)) == 1


def test_unknown_and_secret_values_are_neither_shown_nor_taken_for_text() -> None:
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": '"canary"'}
    (found,) = agents(step("create", newState={**SUPPORT, "description": LATER, "privacy": secret}))
    assert (found.after["description"], found.after["privacy"]) == (UNKNOWN, "[secret]")
    assert "canary" not in str(found)


def test_an_answer_that_state_holds_verifies() -> None:
    one = step("same", oldState=dict(SUPPORT), newState=dict(SUPPORT))
    one["oldState"]["outputs"] = {"verificationState": "VERIFICATION_STATE_VERIFIED"}
    assert agents(one)[0].verified


def test_the_stack_and_the_first_error_are_told() -> None:
    errors = [{"severity": "warning", "message": "w"}, {"severity": "error", "message": "color: bad\n"}]
    document = {"steps": [step("create", newState={})], "diagnostics": errors}
    assert (preview.stack_of(document), preview.failure(document)) == ("dev", "color: bad")
    assert (preview.stack_of({}), preview.failure({}), preview.agents({})) == ("", "", [])


@pytest.mark.parametrize(
    "document", [None, [], "x", {}, {"config": {}}, {"steps": 7}, {"steps": [7, None, {"urn": "x"}]}]
)
def test_a_document_of_another_shape_is_told_apart_and_breaks_nothing(document: Any) -> None:
    assert preview.is_preview(document) is (isinstance(document, dict) and "steps" in document)
    assert preview.agents(document) == []
