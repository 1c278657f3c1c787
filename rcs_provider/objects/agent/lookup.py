"""Finding an agent at Kaleyra: by number, by service code, and knowing when it is gone."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.compare import same
from rcs_provider.core.errors import NotFound, RcsError, Refusal, Unclear
from rcs_provider.core.fields import ABSENT

from .fields import TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcs_provider.api.client import Api, LiveAgents, Row
    from rcs_provider.core.fields import Field
    from rcs_provider.core.kind import Inputs

_POLLS: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between two looks for an agent that was just made: a minute in all."""
_PATIENCE: Final = 3.0
"""Seconds to wait for the POSTs of other agents: with the default settings, sixteen of them take one."""


def is_deleted(row: Mapping[str, Any]) -> bool:
    """A deleted agent stays readable, with status DELETED."""
    return str(row.get("status", "")).upper() == "DELETED"


def says_gone(error: NotFound, number: str) -> bool:
    """Whether a not-found is about this agent, rather than about something else or another one."""
    named = re.findall(r"\d{3,}", error.words)
    return re.search(r"\bagent\b", error.words, re.IGNORECASE) is not None and (not named or number in named)


def agent_with(number: str) -> str:
    """What the processes of a run call an agent by its number."""
    return f"agent {number}"


def declared_with(service_code: str) -> str:
    """What no two resources of one account may declare."""
    return f"service_code {service_code}"


def fetch(api: Api, number: str) -> Row | None:
    """The agent as the API answers it, or None where it is gone; everything else raises."""
    try:
        row = api.get_agent(number)
    except NotFound as error:
        if says_gone(error, number):
            return None
        raise
    return None if is_deleted(row) else row


def number_of(row: Mapping[str, Any]) -> str | None:
    """The agent's number in an answer, as text, or None."""
    number = row.get("agent_number")
    text = str(int(number)) if isinstance(number, float) else str(number or "")
    return text if text.strip() else None


def known_before(api: Api, service_code: str) -> str | None:
    """Number of the live agent with a service code, by the list of agents that this process fetched first."""
    return _only(api.client.agents.since(0.0, lambda: _by_code(api)), service_code)


def known_now(api: Api, service_code: str) -> str | None:
    """Number of the live agent with a service code, by a list that is fetched after this moment.

    Agents that are being made at the same time are waited for a little, as one list then shows them all.
    """
    now = time.monotonic()
    patience = min(_PATIENCE, (api.deadline - now) / 4)
    return _only(api.client.agents.since(now, lambda: _by_code(api), patience), service_code)


def holder_of(api: Api, service_code: str) -> str | None:
    """Number of the live agent that has a service code, where that can be found out."""
    try:
        return known_now(api, service_code)
    except RcsError:
        return None


def await_made(api: Api, service_code: str) -> str | None:
    """Number of the live agent with a service code that was just made; the list may catch up late.

    Waiters share the list calls. None where it has not shown up within a minute, or the operation's time.
    """
    for pause in (*_POLLS, None):
        found = known_now(api, service_code)
        if found is not None:
            return found
        if pause is None or not api.wait(pause):
            break
        api.say("waiting for the new agent to show up in the list", ephemeral=True)
    return None


def _by_code(api: Api) -> LiveAgents:
    """The list as many waiters look into it: each by its own code."""
    found: dict[str, list[Row]] = {}
    for row in api.list_agents():
        if not is_deleted(row):
            found.setdefault(str(row.get("service_code")), []).append(row)
    return found


def _only(agents: LiveAgents, service_code: str) -> str | None:
    numbers = {number_of(row) for row in agents.get(service_code, ())}
    if len(numbers) > 1:
        raise Refusal(
            f"{len(numbers)} live agents have service_code {service_code}: {', '.join(sorted(map(str, numbers)))}",
            "Which one is meant cannot be told: delete the others, or use another code.",
        )
    if None in numbers:
        raise Unclear(f"the list holds service_code {service_code} without the agent's number")
    return next(iter(numbers), None)


def read_back(api: Api, number: str) -> Row:
    """A new agent as the API has it; that it is not found at first is waited out for a minute.

    Raises:
        NotFound: it is still not found.
    """
    for pause in _POLLS:
        try:
            return api.get_agent(number)
        except NotFound:
            if not api.wait(pause):
                break
    return api.get_agent(number)


def differences(inputs: Inputs, live: Mapping[str, Any]) -> list[Field]:
    """Declared fields that a decoded answer holds another value of; what it leaves out is unknown."""
    return [
        each
        for each in TABLE.sent
        if not same(each, inputs.get(each.name, ABSENT), live.get(each.name, ABSENT), live=True)
    ]
