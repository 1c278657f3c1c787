"""Locks by name. Safe for threads."""

from __future__ import annotations

import threading
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator


class Locks:
    """One lock per name."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: defaultdict[Any, threading.RLock] = defaultdict(threading.RLock)

    @contextmanager
    def held(self, name: Any) -> Generator[None]:
        """Holds the lock of that name."""
        with self._guard:
            lock = self._locks[name]
        with lock:
            yield
