"""What holds for any API of this kind, the real one too: only calls that read (C14)."""

from __future__ import annotations

from typing import Any

import pytest
from contract_target import Target, sample, shape
from proves import proves

ENVELOPE = ["code", "message", "data", "error"]


def agents(target: Target) -> list[dict[str, Any]]:
    status, answer = target.call("GET", "/agents")
    if status == 400 and answer["code"] == "RCS904":
        pytest.skip("the account has no agent")
    assert status == 200
    return list(answer["data"])


@proves("C14", "D20")
def test_the_list_is_a_success_envelope(anywhere: Target) -> None:
    agents(anywhere)
    answer = anywhere.call("GET", "/agents")[1]
    assert list(answer) == ENVELOPE
    assert (answer["code"], answer["error"]) == ("RCS902", {})


@proves("C14", "D20")
def test_a_read_has_the_keys_and_types_of_the_sample(anywhere: Target) -> None:
    expected = {key: kind for key, kind in shape(sample("get_agent/success")["data"]) if isinstance(kind, str)}
    for one in agents(anywhere)[:5]:
        status, answer = anywhere.call("GET", f"/agent/{one['agent_number']}")
        assert (status, answer["code"]) == (200, "RCS902")
        found = {key: kind for key, kind in shape(answer["data"]) if key in expected}
        assert found == expected
        assert answer["data"]["agent_number"] == one["agent_number"]


@proves("C14", "D20")
def test_an_unknown_number_is_the_documented_not_found(anywhere: Target) -> None:
    assert anywhere.call("GET", "/agent/999999999") == (400, sample("get_agent/not_found"))


@proves("C14", "D20")
def test_a_wrong_key_is_refused_with_the_documented_code(anywhere: Target) -> None:
    status, answer = anywhere.call("GET", "/agents", headers={"api-key": "wrong"})
    assert (status, answer) == (401, sample("create_agent/incorrect_api_key"))


@proves("C14", "D20")
def test_a_wrong_sid_is_refused_with_the_documented_code(anywhere: Target) -> None:
    status, answer = anywhere.call("GET", f"{anywhere.root}/v1/WRONG/rcs/agents")
    assert (status, answer) == (401, sample("create_agent/incorrect_sid"))


@proves("C14", "D20")
def test_a_wrong_method_is_refused_with_the_documented_code(anywhere: Target) -> None:
    assert anywhere.call("GET", "/agent") == (405, sample("update_agent/method_not_allowed"))


@proves("C14", "D20")
def test_tester_rows_have_the_keys_and_types_of_the_sample(anywhere: Target) -> None:
    expected = shape(sample("list_testers/success")[0])
    for one in agents(anywhere)[:5]:
        path = "/agenttester/testersbyagent"
        status, rows = anywhere.call("GET", path, params={"agent_number": one["agent_number"]})
        assert status == 200
        assert [shape(row) for row in rows] == [expected] * len(rows)
