"""Something that is to happen unless a call ends first, for many calls at once on one thread.

Each call has two time limits that no library keeps. A timer of the standard library is a thread for each of them, which
costs as much as half of a call does.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator


@dataclass(order=True)
class _Alarm:
    moment: float
    act: Callable[[], object] | None = field(compare=False)


class Alarms:
    """Safe for threads. What is to be done must not block for long, as other alarms wait for it, and must not raise."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[_Alarm] = []
        self._thread: threading.Thread | None = None

    @contextmanager
    def until_left(self, moment: float, act: Callable[[], object]) -> Generator[None]:
        """Calls `act` at a moment of `time.monotonic`, unless the block is left before; then it is forgotten."""
        alarm = _Alarm(moment, act)
        self._add(alarm)
        try:
            yield
        finally:
            alarm.act = None

    def _add(self, alarm: _Alarm) -> None:
        with self._changed:
            heappush(self._waiting, alarm)
            if self._thread is None:
                self._thread = threading.Thread(target=self._ring, name="alarms", daemon=True)
                self._thread.start()
            elif self._waiting[0] is alarm:
                self._changed.notify()

    def _ring(self) -> None:
        while True:
            act = self._next().act
            if act is not None:
                act()

    def _next(self) -> _Alarm:
        """The next alarm whose moment has come."""
        with self._changed:
            while (left := self._left()) is None or left > 0:
                self._changed.wait(left)
            return heappop(self._waiting)

    def _left(self) -> float | None:
        """Seconds until the next alarm; None where there is none.

        Nearly all are forgotten by then: to wake up for each of them would take Python's lock from the calls.
        """
        while self._waiting and self._waiting[0].act is None:
            heappop(self._waiting)
        return self._waiting[0].moment - time.monotonic() if self._waiting else None
