"""The limit of calls a second, which all calls of a client share. Safe for threads."""

from __future__ import annotations

import threading
import time


class Pace:
    """Spaces calls evenly: at most so many a second, whoever makes them."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1.0 / per_second
        self._lock = threading.Lock()
        self._next = 0.0

    def delay(self) -> float:
        """Seconds that the caller has to wait for its turn, which this call takes."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._gap
            return turn - now

    def give_back(self) -> None:
        """Lets somebody else have a turn that was of no use."""
        with self._lock:
            self._next -= self._gap
