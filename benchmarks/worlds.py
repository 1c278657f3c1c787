"""What every peer deploys, and the simulator that it deploys to: a process of its own that counts what it answers."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING, Any, Final

from rcs_simulator import Simulator, World
from rcs_simulator.faults.connection import ClientConnection
from tests.support.samples import LEAST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from rcs_simulator import Entry
    from rcs_simulator.api.answers import Answer

AGENT: Final[dict[str, Any]] = {
    **{name: value for name, value in LEAST.items() if name != "service_code"},
    "phones": [],
    "rcs_provider_id": "1",
}
"""What every agent has, but for its service code; peers send nothing by default, so the defaults stand here."""

CHANGED: Final = {"description": "Answers other questions"}
"""What an update changes."""


def declared(size: int, testers: int, **changes: Any) -> list[dict[str, Any]]:
    """Agents with a service code of their own each: `[{"agent": {...}, "testers": [phone, ...]}]`."""
    return [
        {
            "agent": {**AGENT, "service_code": f"CODE{place}", **changes},
            "testers": [f"9190{place * testers + each:08}" for each in range(testers)],
        }
        for place in range(size)
    ]


@dataclass(frozen=True)
class Traffic:
    """What went over the wire in a phase.

    Attributes:
        calls: by operation.
        size: bytes of the bodies, both ways.
        at_once: calls at the most that were being answered at the same moment.
    """

    calls: dict[str, int]
    size: int
    at_once: int


class Meter:
    """A world whose traffic is counted phase by phase.

    Args:
        world: it, served by another process.
        answered: bytes of all answers so far, shared with that process.
    """

    def __init__(self, world: World, answered: Any) -> None:
        self.world = world
        self._answered = answered
        self._before = 0

    def begin(self) -> None:
        """Forgets what was counted."""
        self.world.clear_journal()
        self._before = self._answered.value

    def read(self) -> Traffic:
        """What went over the wire since then."""
        size = self._answered.value - self._before
        journal = self.world.journal()
        sent = sum(int(each.headers.get("content-length", 0)) for each in journal)
        calls = Counter(each.operation or f"{each.method} {each.path}" for each in journal)
        return Traffic(dict(sorted(calls.items())), sent + size, at_once(journal))


def at_once(journal: list[Entry]) -> int:
    """How many calls were being answered at the same moment, at the most."""
    # A call that ends in the moment in which another starts comes first.
    turns = sorted(turn for each in journal for turn in ((each.started, 1), (each.ended or inf, -1)))
    return max(accumulate((change for _, change in turns), initial=0))


@contextmanager
def metered(**switches: Any) -> Iterator[Meter]:
    """A fresh simulator in a process of its own, with its switches set."""
    start = multiprocessing.get_context("spawn")
    answered, (ours, theirs) = start.Value("q", 0), start.Pipe()
    process = start.Process(target=_serve, args=(theirs, answered), daemon=True)
    process.start()
    try:
        world = World(ours.recv())
        world.set(**switches)
        yield Meter(world, answered)
    finally:
        ours.send("end")
        process.join()


def _serve(pipe: Connection, answered: Any) -> None:
    start = ClientConnection.start

    async def counted(connection: ClientConnection, answer: Answer) -> None:
        if not connection.scope["path"].startswith("/_admin"):
            answered.value += len(answer.body)
        await start(connection, answer)

    ClientConnection.start = counted  # type: ignore[method-assign]
    with Simulator() as running:
        pipe.send(running.url("in"))
        pipe.recv()
