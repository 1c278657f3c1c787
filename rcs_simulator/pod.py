"""Pod: everything that the server of one pod knows.

A pod is one of Kaleyra's regions, each with a server, accounts and agents of its own. A simulator has one of each.
What a test calls a world (`rcs_simulator.World`) is a pod of a running simulator, seen from outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rcs_simulator.api.backend import Backend
from rcs_simulator.faults.script import Script
from rcs_simulator.state.clock import Clock
from rcs_simulator.state.ids import Ids
from rcs_simulator.state.journal import Journal
from rcs_simulator.state.storage import Storage

if TYPE_CHECKING:
    import sqlite3

PODS = ("in", "na")


class Pod:
    """One pod, `in` or `na`; nothing is shared between two (C12).

    Args:
        name: `in` or `na`.
        connection: the database, which may hold the other pod, too.
        seed: what ids and numbers are derived from.
    """

    def __init__(self, name: str, connection: sqlite3.Connection, seed: int) -> None:
        self.name = name
        self.seed = seed
        self.storage = Storage(connection, name)
        self.clock = Clock(self.storage)
        self.backend = Backend(self.storage, Ids(self.storage, seed), self.clock)
        self.faults = Script(self.storage)
        self.journal = Journal(self.storage)

    def reset(self) -> None:
        """Forget everything: agents, testers, journal, faults, switches, accounts, counters, skipped time."""
        self.storage.clear()
        for part in (self.backend, self.faults, self.journal):
            part.load()
