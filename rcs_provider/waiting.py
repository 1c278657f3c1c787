"""Pauses, and calls that take long: whoever could do something meanwhile hears of them."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .alarms import Alarms

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_MOMENT: Final = 0.02
"""Seconds: where nothing takes longer, four workers make two hundred calls a second and more."""
_IDLE: Final = _MOMENT / 4
"""Seconds of CPU: a process that took more in a moment was not waiting, and more workers would only be in its way."""
_WHILE: Final = 0.05
"""Seconds after which a call is waited for, however busy the process is."""
_PATIENCE: Final = 5.0
"""Seconds without an answer after which the resource's row says so."""
_ALARMS: Final = Alarms()


@dataclass
class Waiting:
    """How one process waits. Safe for threads.

    Attributes:
        sleep: waits that many seconds.
        on_wait: is called where a pause or a call takes longer than a moment, from any thread; never raises. While the
            process is busy a call has to take longer than that.
    """

    sleep: Callable[[float], object] = time.sleep
    on_wait: Callable[[], object] = field(default=lambda: None)

    def pause(self, seconds: float) -> None:
        """Waits that long."""
        if seconds > _MOMENT:
            self.on_wait()
        self.sleep(seconds)

    @contextmanager
    def answer(self, overdue: Callable[[], object]) -> Generator[None]:
        """Around a call; `overdue` is called where somebody who watches should be told that there is no answer yet."""
        now, busy = time.monotonic(), time.process_time()

        def if_idle() -> None:
            if time.process_time() - busy < _IDLE:
                self.on_wait()

        with (
            _ALARMS.until_left(now + _MOMENT, if_idle),
            _ALARMS.until_left(now + _WHILE, self.on_wait),
            _ALARMS.until_left(now + _PATIENCE, overdue),
        ):
            yield
