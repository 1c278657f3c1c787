"""One world: everything that a pod's server knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_simulator.accounts import Accounts
from rcs_simulator.agents import Agents
from rcs_simulator.faults import Faults
from rcs_simulator.identities import Identities
from rcs_simulator.journal import Journal
from rcs_simulator.storage import Storage
from rcs_simulator.switches import Switches
from rcs_simulator.testers import Testers

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

PODS = ("in", "na")


class Pod:
    """One world, `in` or `na`; nothing is shared between two (C12).

    Args:
        name: `in` or `na`.
        connection: the database, which may hold the other world, too.
        seed: what ids and numbers are derived from.
    """

    def __init__(self, name: str, connection: sqlite3.Connection, seed: int) -> None:
        self.name = name
        self.seed = seed
        self.storage = Storage(connection, name)
        self.identities = Identities(self.storage, seed)
        self.agents = Agents(self.storage, self.identities)
        self.testers = Testers(self.storage, self.identities)
        self.accounts = Accounts(self.storage)
        self.faults = Faults(self.storage)
        self.journal = Journal(self.storage)
        self.load()

    def load(self) -> None:
        """Read again from storage what is kept in memory."""
        self.switches = Switches().changed(self.storage.setting("switches", {}))
        for part in (self.accounts, self.faults, self.journal):
            part.load()

    def set(self, values: Mapping[str, Any]) -> None:
        """Set switches.

        Raises:
            SwitchError: an unknown switch or value; then nothing is set.
        """
        self.switches = self.switches.changed(values)
        self.storage.put_setting("switches", self.switches.values())

    def reset(self) -> None:
        """Forget everything: objects, journal, faults, switches, accounts, counters, skipped time."""
        self.storage.clear()
        self.load()
