"""Accounts: which API keys belong to which SID; a SID and a key are checked as a pair."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from rcs_simulator.api.errors import MissingKeyError, UnknownKeyError, UnknownSidError

if TYPE_CHECKING:
    from rcs_simulator.state.storage import Storage

DEFAULTS = {
    "in": {"SIMULATEDIN01": ["simulated-key-in"]},
    "na": {"SIMULATEDNA01": ["simulated-key-na"]},
}


class Accounts:
    """The accounts of one pod: `{sid: [key, ...]}`; a SID may have several keys."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.load()

    def load(self) -> None:
        """Read the accounts again from storage."""
        self.table: dict[str, list[str]] = self.storage.setting("accounts", DEFAULTS[self.storage.pod])

    def put(self, table: dict[str, list[str]]) -> None:
        """Replace all accounts.

        Raises:
            ValueError: the table is not `{sid: [key, ...]}` with at least one account.
        """
        valid = bool(table) and all(isinstance(keys, list) and keys for keys in table.values())  # pyright: ignore[reportUnnecessaryIsInstance]
        if not valid:
            raise ValueError("accounts must be {sid: [key, ...]} with at least one account")
        self.storage.put_setting("accounts", table)
        self.load()

    def check(self, sid: str, key: str | None) -> None:
        """Check a SID and a key as a pair. Source: "Create an Agent", samples "Incorrect SID" and "Incorrect API-Key".

        Raises:
            UnknownSidError: no such SID in this pod.
            MissingKeyError: no key was sent.
            UnknownKeyError: the key is not one of that SID.
        """
        if sid not in self.table:
            raise UnknownSidError
        if not key:
            raise MissingKeyError
        if not any(hmac.compare_digest(key.encode(), known.encode()) for known in self.table[sid]):
            raise UnknownKeyError
