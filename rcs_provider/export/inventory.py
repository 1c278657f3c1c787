"""Reads an account: every live agent and its testers, with calls that change nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rcs_provider.core.errors import Unclear
from rcs_provider.core.kind import trying
from rcs_provider.core.phone import e164
from rcs_provider.objects.agent.lookup import fetch, is_deleted, number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rcs_provider.api.client import Api, Client, Row, Say

_READERS: Final = 8
"""Agents that are read side by side; the rate limit spaces the calls."""


@dataclass(frozen=True)
class Seen:
    """One live agent: its number, its answer as it came, and the rows of its testers by their E.164 digits."""

    number: str
    row: Row
    testers: dict[str, Row]


@dataclass(frozen=True)
class Survey:
    """An account: its live agents in the order of their numbers, and the numbers of the deleted ones."""

    agents: tuple[Seen, ...]
    deleted: tuple[str, ...]


def survey(client: Client, say: Say, told: Callable[[int, int], None] = lambda _done, _of: None) -> Survey:
    """Reads the whole account: the list of agents, then of each live one the agent and its testers.

    Args:
        client: of the account; the time limit of an operation counts for each agent.
        say: hears of calls that are repeated.
        told: hears after each agent how many are done, and of how many.

    Raises:
        RcsError: a call failed; a survey with a gap would be taken for the whole.
    """
    with trying("read the account"):
        live, deleted = _numbers(client.api(say).list_agents())

    def read(number: str) -> Seen | None:
        return _seen(client.api(say), number)

    found: list[Seen | None] = []
    with ThreadPoolExecutor(_READERS) as readers:
        for one in readers.map(read, live):
            found.append(one)
            told(len(found), len(live))
    gone = [number for number, one in zip(live, found, strict=True) if one is None]
    return Survey(tuple(each for each in found if each is not None), tuple(_sorted([*deleted, *gone])))


def _numbers(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """Numbers of the live agents and of the deleted ones."""
    found: tuple[set[str], set[str]] = (set(), set())
    for row in rows:
        number = number_of(row)
        if number is None:
            raise Unclear("the list holds an agent without a number")
        found[is_deleted(row)].add(number)
    return _sorted(found[False]), _sorted(found[True])


def _sorted(numbers: Sequence[str] | set[str]) -> list[str]:
    return sorted(numbers, key=lambda number: (len(number), number))


def _seen(api: Api, number: str) -> Seen | None:
    with trying(f"read agent {number}"):
        row = fetch(api, number)
    if row is None:
        return None
    with trying(f"read the testers of agent {number}"):
        rows = api.list_testers(number)
        testers = {e164(each.get("phoneno")): each for each in rows}
        if any(str(each.get("agent_no") or number) != number for each in rows) or "" in testers:
            raise Unclear("a row names another agent, or no phone number")
    return Seen(number, row, dict(sorted(testers.items())))
