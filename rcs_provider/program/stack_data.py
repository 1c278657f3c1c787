"""Agents and testers as data: what a stack's configuration lists under `rcs:agents` and `rcs:testers`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pulumi

from rcs_provider.core.fields import is_block
from rcs_provider.objects import stack_keys

from . import stack_config
from .agent import RcsAgent
from .tester import RcsTester

if TYPE_CHECKING:
    from collections.abc import Mapping

_READ_BY_CONSTRUCTOR: Final = ("deletion_policy",)
"""Stays plain: a policy that is an output would be known too late to protect the agent or not."""


def declare() -> tuple[dict[str, RcsAgent], dict[str, RcsTester]]:
    """Makes the agents and testers of the stack's configuration, and exports them as `agents` and `testers`.

    Pulumi tells a program only which keys of the configuration hold a secret. So one secret under `rcs:agents` or
    `rcs:testers` makes every value under that key a secret, the names and `deletion_policy` excepted.

    Returns:
        The resources by their keys in the data, for a program that goes on with them.

    Raises:
        pulumi.RunError: a tester names an agent that the data does not hold, or the data is not where it has to be.
    """
    stack_config.warn_of_unknown_settings()
    listed, invited = (_section(name) for name in stack_keys.SECTIONS)
    for key, data in invited.items():
        _require_agent(key, data, listed)
    agents = {key: RcsAgent(key, _arguments("agents", data)) for key, data in listed.items()}
    testers = {key: RcsTester(key, _with_number(data, agents)) for key, data in invited.items()}
    _export(agents, testers)
    return agents, testers


def _section(name: str) -> dict[str, dict[str, Any]]:
    """The data of one section; nothing at all counts as no entries, and an entry without values as one that lacks them.

    The SDK's own reading of objects would print the text of a wrong one, which may be a secret.
    """
    if key := stack_keys.misplaced(name, stack_config.everything()):
        raise pulumi.RunError(stack_keys.refusal(name, key))
    text = pulumi.Config("rcs").get(name)
    try:
        found = json.loads(text) if text else None
    except ValueError:
        found = text
    if found is None:
        return {}
    if not is_block(found) or not all(each is None or is_block(each) for each in found.values()):
        raise pulumi.RunError(f"rcs:{name}: {stack_keys.SHAPE}")
    return {key: each or {} for key, each in found.items()}


def _is_secret(section: str) -> bool:
    return pulumi.runtime.is_config_secret(f"rcs:{section}")


def _arguments(section: str, data: Mapping[str, Any]) -> Any:
    """The arguments of one agent or tester, secret where the section holds a secret."""
    if not _is_secret(section):
        return dict(data)
    return {
        name: value if value is None or name in _READ_BY_CONSTRUCTOR else pulumi.Output.secret(value)
        for name, value in data.items()
    }


def _require_agent(key: str, data: Mapping[str, Any], agents: Mapping[str, Any]) -> None:
    named = stack_keys.AGENT_KEY in data or "agent_no" not in data
    if named and str(data.get(stack_keys.AGENT_KEY)) not in agents:
        known = ", ".join(agents) or "none"
        silent = stack_keys.AGENT_KEY not in data or _is_secret("testers")
        shown = "no agent of this stack" if silent else f"the agent {data[stack_keys.AGENT_KEY]}"
        raise pulumi.RunError(f"tester {key} names {shown}; the agents of this stack are: {known}")


def _with_number(data: Mapping[str, Any], agents: Mapping[str, RcsAgent]) -> Any:
    rest = _arguments("testers", {name: value for name, value in data.items() if name != stack_keys.AGENT_KEY})
    return (
        {**rest, "agent_no": agents[str(data[stack_keys.AGENT_KEY])].agent_number}
        if stack_keys.AGENT_KEY in data
        else rest
    )


def _export(agents: Mapping[str, RcsAgent], testers: Mapping[str, RcsTester]) -> None:
    pulumi.export(
        "agents",
        {k: {"number": a.agent_number, "service_code": a.service_code, "status": a.status} for k, a in agents.items()},
    )
    # The answer to a registration holds no status; the next refresh fills it in.
    states = {key: tester.status.apply(lambda status: status or "invitation sent") for key, tester in testers.items()}
    pulumi.export(
        "testers",
        {k: {"agent_no": t.agent_no, "phoneno": t.phoneno, "status": states[k]} for k, t in testers.items()},
    )
