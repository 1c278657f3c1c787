"""Journal: every request with what became of it, without secrets (C6, C7)."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rcs_simulator.state.storage import Storage

SECRET_HEADERS = frozenset({"api-key", "authorization", "proxy-authorization", "cookie", "x-api-key"})
SHORTEST_SECRET = 6
BODY_LIMIT = 20_000
KEPT = 200_000


@dataclass
class Line:
    """One request while it is being written down; its fields are those of `control.world.Entry`."""

    number: int
    started: float
    method: str
    path: str
    query: dict[str, str]
    operation: str | None
    headers: dict[str, str]
    body: Any = None
    ended: float | None = None
    status: int | None = None
    flags: list[str] = field(default_factory=list[str])
    agent_number: str | None = None
    service_code: str | None = None
    phoneno: str | None = None


def masked(secret: str) -> str:
    """Return what the journal shows for a secret: enough to tell two apart, not enough to use one."""
    return f"*** sha256:{hashlib.sha256(secret.encode()).hexdigest()[:8]}"


def redacted(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers without their secrets."""
    return {name: masked(value) if name in SECRET_HEADERS else value for name, value in headers.items()}


class Journal:
    """The journal of one pod; the newest 200,000 entries are kept."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.load()

    def load(self) -> None:
        """Find out where the stored journal ends."""
        found = self.storage.rows("SELECT MAX(number) FROM journal WHERE pod = ?")
        self.last = int(found[0][0] or 0)

    def begin(self, entry: Line, secrets: Iterable[str]) -> None:
        """Write an entry down before its request is handled, and give it its number and start."""
        self.last += 1
        entry.number, entry.started = self.last, time.monotonic()
        text = self._text(entry, secrets)
        self.storage.rows("INSERT INTO journal VALUES (?, ?, ?)", (entry.number, text))
        if entry.number % 1000 == 0:
            self.storage.rows("DELETE FROM journal WHERE pod = ? AND number <= ?", (entry.number - KEPT,))

    def end(self, entry: Line, secrets: Iterable[str]) -> None:
        """Write down how a request ended."""
        entry.ended = time.monotonic()
        sql = "UPDATE journal SET entry = ?2 WHERE pod = ?1 AND number = ?3"
        self.storage.rows(sql, (self._text(entry, secrets), entry.number))

    def _text(self, entry: Line, secrets: Iterable[str]) -> str:
        text = json.dumps(vars(entry), ensure_ascii=False)
        for secret in secrets:
            if len(secret) >= SHORTEST_SECRET and secret in text:
                text = text.replace(secret, "***")
        return text

    def entries(self, **wanted: str | None) -> list[dict[str, Any]]:
        """Return the entries whose fields have the wanted values, in order; None stands for any value."""
        found = self.storage.rows("SELECT entry FROM journal WHERE pod = ? ORDER BY number")
        asked = {name: value for name, value in wanted.items() if value is not None}
        entries: list[dict[str, Any]] = [json.loads(text) for (text,) in found]
        return [entry for entry in entries if all(entry.get(name) == value for name, value in asked.items())]

    def clear(self) -> None:
        """Drop all entries; numbers go on."""
        self.storage.rows("DELETE FROM journal WHERE pod = ?")
