"""Agents and testers as data of a stack."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest
from programs import Registered, run
from proves import proves
from samples import LEAST, PHONE

from rcs_provider import stack_data


def _declared(agents: Any = None, testers: Any = None) -> Registered:
    data = {"rcs:agents": agents, "rcs:testers": testers}
    config = {name: json.dumps(value) for name, value in data.items() if value is not None}
    return run(lambda: stack_data.declare() and None, config=config)


def _arguments(testers: Any) -> dict[str, Any]:
    seen = _declared({"support": dict(LEAST)}, testers).of("pulumi-python:dynamic/rcs:RcsTester")
    return {each.name: (each.inputs["agent_no"], each.inputs["phoneno"]) for each in seen}


def test_a_tester_names_its_agent_by_the_agents_key() -> None:
    assert _arguments({"pilot": {"agent": "support", "phoneno": PHONE}}) == {"pilot": ("support-id", PHONE)}


def test_a_tester_may_name_an_agent_of_elsewhere_by_its_number() -> None:
    assert _arguments({"pilot": {"agent_no": "71732", "phoneno": PHONE}}) == {"pilot": ("71732", PHONE)}


NAMELESS = [{"agent": "offers"}, {}, None, {"agent": "offers", "agent_no": "71732"}, {"agent": ["support"]}]


@pytest.mark.parametrize("data", NAMELESS)
def test_a_tester_of_no_agent_is_refused_with_the_agents_that_there_are(data: Any) -> None:
    with pytest.raises(pulumi.RunError, match=r"tester pilot .*; the agents of this stack are: support"):
        _arguments({"pilot": data})


def test_a_stack_without_data_makes_nothing() -> None:
    assert _declared().resources == []


@proves("E22")
@pytest.mark.parametrize("text", ["canary", "[7]", '{"canary": 7}', '"canary"', "7"])
@pytest.mark.parametrize("section", ["agents", "testers"])
def test_data_of_another_shape_is_refused_without_being_shown(section: str, text: str) -> None:
    with pytest.raises(pulumi.RunError, match=f"^rcs:{section}: must be a mapping of names to mappings$"):
        run(lambda: stack_data.declare() and None, config={f"rcs:{section}": text})


@pytest.mark.parametrize("text", ["", "null", "{}"])
def test_an_empty_section_makes_nothing(text: str) -> None:
    config = {"rcs:agents": text, "rcs:testers": text}
    assert run(lambda: stack_data.declare() and None, config=config).resources == []
