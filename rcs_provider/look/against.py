"""Agents beside those of another source, from which they may differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rcs_provider.objects.agent.life import AGENT

from .agent import Agent, Step
from .compared import changes

if TYPE_CHECKING:
    from collections.abc import Sequence


def against(agents: Sequence[Agent], others: Sequence[Agent], *, live: bool = False) -> list[Agent]:
    """The agents with what the others have of each; one belongs to another by its service code, else by its name.

    Args:
        agents: as they will be.
        others: as they are. What only they have goes away, unless they are the account's, where it is left alone.
        live: the others are the account's.
    """
    by_code = {_code(each): each for each in others if _code(each)}
    by_name = {} if live else {each.name: each for each in others}
    found: list[Agent] = []
    used: list[Agent] = []
    for each in agents:
        other = by_code.get(_code(each)) or by_name.get(each.name)
        free = other if other is not None and all(other is not taken for taken in used) else None
        used += [] if free is None else [free]
        found.append(_compared(each, free, live=live))
    left = [] if live else [each for each in others if all(each is not taken for taken in used)]
    return found + [replace(each, after=None, before=each.after, step=Step.LEAVING) for each in left]


def _code(agent: Agent) -> Any:
    return agent.shown.get(AGENT.key)


def _compared(agent: Agent, other: Agent | None, *, live: bool) -> Agent:
    if other is None or other.after is None:
        return replace(agent, step=Step.NEW)
    differs = changes(other.after, agent.after or {}, live=live)
    step = Step.CHANGED if differs else Step.SAME
    return replace(agent, before=other.after, step=step, live=live, verified=agent.verified or other.verified)
