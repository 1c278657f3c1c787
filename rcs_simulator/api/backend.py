"""Backend: what the API of one pod knows, which every operation is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_simulator.api.accounts import Accounts
from rcs_simulator.api.agents import Agents
from rcs_simulator.api.switches import Switches
from rcs_simulator.api.testers import Testers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcs_simulator.state.clock import Clock
    from rcs_simulator.state.ids import Ids
    from rcs_simulator.state.storage import Storage


class Backend:
    """Accounts, agents and testers of one pod, and the switches that say how its API behaves."""

    def __init__(self, storage: Storage, ids: Ids, clock: Clock) -> None:
        self.storage = storage
        self.accounts = Accounts(storage)
        self.agents = Agents(storage, ids, clock)
        self.testers = Testers(storage, ids, clock)
        self.load()

    def load(self) -> None:
        """Read again from storage what is kept in memory."""
        self.switches = Switches().changed(self.storage.setting("switches", {}))
        self.accounts.load()

    def set(self, values: Mapping[str, Any]) -> None:
        """Set switches.

        Raises:
            SwitchError: an unknown switch or value; then nothing is set.
        """
        self.switches = self.switches.changed(values)
        self.storage.put_setting("switches", self.switches.values())
