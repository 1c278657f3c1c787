"""Script: the faults of one pod that have not happened yet, in order, each for the calls of one operation (C3)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rcs_simulator.faults.kinds import FILTERS, OPERATIONS, FaultError, parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rcs_simulator.state.storage import Storage


@dataclass(frozen=True)
class Scripted:
    """One fault in the script: `seq` is its place, `operation` the calls that it is for."""

    seq: int
    operation: str
    fault: dict[str, Any]

    def is_for(self, operation: str, facts: Mapping[str, str | None]) -> bool:
        """Return whether this fault is for a call of that operation about that agent or tester."""
        if self.operation not in (operation, "any"):
            return False
        return all(str(self.fault[name]) == facts.get(name) for name in FILTERS if name in self.fault)


class Script:
    """The script of one pod: what has not fired yet, in order."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.load()

    def load(self) -> None:
        """Read the script again from storage."""
        found = self.storage.rows("SELECT seq, operation, fault FROM faults WHERE pod = ? ORDER BY seq")
        self.waiting = [Scripted(seq, operation, json.loads(fault)) for seq, operation, fault in found]

    def add(self, operation: str, faults: Sequence[str | int | Mapping[str, Any]]) -> None:
        """Append faults to an operation's script; `any` stands for every operation.

        Raises:
            FaultError: unknown operation or fault; then nothing is added.
        """
        if operation not in (*OPERATIONS, "any"):
            raise FaultError(f"unknown operation {operation!r}; known: {', '.join((*OPERATIONS, 'any'))}")
        parsed = [parse(fault) for fault in faults]
        with self.storage.transaction():
            for fault in parsed:
                sql = "INSERT INTO faults (pod, operation, fault) VALUES (?, ?, ?)"
                seq = self.storage.insert(sql, (operation, json.dumps(fault)))
                self.waiting.append(Scripted(seq, operation, fault))

    def take(self, operation: str, facts: Mapping[str, str | None]) -> dict[str, Any]:
        """Return the first fault that is for a call, and remove it from the script; `{}` if there is none."""
        for scripted in self.waiting:
            if scripted.is_for(operation, facts):
                self.waiting.remove(scripted)
                self.storage.rows("DELETE FROM faults WHERE pod = ? AND seq = ?", (scripted.seq,))
                return scripted.fault
        return {}

    def pending(self) -> list[dict[str, Any]]:
        """Return what has not fired: `[{"operation": str, "kind": str, ...}]`, in order."""
        return [{"operation": scripted.operation, **scripted.fault} for scripted in self.waiting]

    def clear(self) -> None:
        """Drop the script."""
        self.storage.rows("DELETE FROM faults WHERE pod = ?")
        self.load()
