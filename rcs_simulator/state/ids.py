"""Ids and agent numbers: the same again for the same seed and the same calls (C16)."""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rcs_simulator.state.storage import Storage

FIRST_NUMBER = 10_000
NUMBER_SPREAD = 50_000
LONGEST_STEP = 40


def digest(*parts: object) -> bytes:
    """Return 32 bytes that depend on the parts alone."""
    return hashlib.sha256("|".join(str(part) for part in parts).encode()).digest()


def stamp(*parts: object) -> int:
    """Return 13 digits that look like an upload time in milliseconds."""
    return 1_700_000_000_000 + int.from_bytes(digest(*parts)[:6], "big") % 99_000_000_000


class Ids:
    """The ids and agent numbers that one pod gives.

    Args:
        storage: keeps the counters.
        seed: any number; another seed gives other ids.
    """

    def __init__(self, storage: Storage, seed: int) -> None:
        self.storage = storage
        self.seed = seed

    def _next(self, name: str, step: int = 1, start: int = 0) -> int:
        value = int(self.storage.setting(name, start)) + step
        self.storage.put_setting(name, value)
        return value

    def uuid(self) -> str:
        """Return the next UUID (version 4 in form)."""
        count = self._next("uuids")
        return str(uuid.UUID(bytes=digest(self.seed, self.storage.pod, "uuid", count)[:16], version=4))

    def number(self) -> str:
        """Return the next agent number: a str of five or more digits, larger than all before."""
        last = self._last()
        step = 1 + digest(self.seed, self.storage.pod, last)[0] % LONGEST_STEP
        return str(self._next("last_number", step, last))

    def _last(self) -> int:
        first = FIRST_NUMBER + int.from_bytes(digest(self.seed, self.storage.pod)[:4], "big") % NUMBER_SPREAD
        return int(self.storage.setting("last_number", first))

    def reserve(self, number: str) -> None:
        """Make all further numbers larger than this one."""
        if number.isdigit() and int(number) > self._last():
            self.storage.put_setting("last_number", int(number))
