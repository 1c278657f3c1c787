"""Clock: a pod's time, which can be moved forward, so that quotas and transitions need no waiting."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rcs_simulator.state.storage import Storage


class Clock:
    """The time of one pod: the real one plus what was skipped."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    @property
    def skipped(self) -> float:
        """Seconds that were skipped so far."""
        return float(self.storage.setting("skipped", 0.0))

    def now(self) -> float:
        """Return the time in seconds since 1970."""
        return time.time() + self.skipped

    def skip(self, seconds: float) -> None:
        """Move the time forward."""
        self.storage.put_setting("skipped", self.skipped + seconds)
