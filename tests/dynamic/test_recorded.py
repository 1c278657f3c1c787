"""What stands in the recorded states of released versions is what this one reads."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import dill
import pytest
from proves import proves

from rcs_provider import RcsAgent, RcsTester
from rcs_provider.dynamic import pickled
from rcs_provider.dynamic.provider import RcsProvider

STATES = sorted(Path(__file__).parents[1].joinpath("engine", "recorded").glob("*/*/state.json"))
KINDS = {"RcsAgent": "agent", "RcsTester": "tester"}


def providers(state: Path) -> dict[str, set[str]]:
    """By kind, what a state holds of its provider."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS.values()}
    resources: list[dict[str, Any]] = json.loads(state.read_text())["deployment"]["resources"]
    for each in resources:
        kind = KINDS.get(each["type"].rpartition(":")[2])
        if kind:
            found[kind] |= {each["inputs"]["__provider"], each["outputs"]["__provider"]}
    return found


@proves("D18")
def test_there_is_a_recorded_state() -> None:
    assert {each.parent.name for each in STATES} == {"settled", "unsettled"}


@proves("D18", "P2", "P3")
@pytest.mark.parametrize("state", STATES, ids=lambda each: "-".join(each.parts[-3:-1]))
def test_the_providers_in_a_recorded_state_load_and_are_what_this_version_writes(state: Path) -> None:
    for kind, texts in providers(state).items():
        assert texts <= {pickled(kind)}
        for text in texts:
            found = dill.loads(base64.b64decode(text))  # noqa: S301 - a file of these tests
            assert (type(found), found._kind) == (RcsProvider, kind)


@proves("E4")
def test_the_type_tokens_in_recorded_states_are_those_of_today() -> None:
    tokens = {
        str(each["type"])
        for state in STATES
        for each in json.loads(state.read_text())["deployment"]["resources"]
        if each["type"].startswith("pulumi-python:")
    }
    assert tokens == {f"pulumi-python:{each._resource_type_name}" for each in (RcsAgent, RcsTester)}


@proves("E9")
@pytest.mark.parametrize("state", STATES, ids=lambda each: "-".join(each.parts[-3:-1]))
def test_a_recorded_state_holds_no_key_and_no_path_of_a_machine(state: Path) -> None:
    text = state.read_text()
    assert "simulated-key" not in text
    assert "sourcePosition" not in text
    assert "stackTrace" not in text
