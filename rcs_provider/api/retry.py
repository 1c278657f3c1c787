"""Whether a call may be made again after an error, and how long to wait before."""

from __future__ import annotations

import random
import threading
import time
from email.utils import parsedate_to_datetime
from typing import Final

from rcs_provider.core.errors import ApiError, NotSent, RcsError, TransportError

_BACKOFF: Final = 0.5
_BACKOFF_MAX: Final = 20.0
_ASKED_MAX: Final = 86400.0
"""Seconds of a Retry-After at the most: no operation may take longer."""


class Repeats:
    """The tries that one call has left.

    Waits grow exponentially, with jitter, up to a cap; a Retry-After can only lengthen one.

    Args:
        after: the errors after which the call may be made again.
        most: repeats at the most.
    """

    def __init__(self, after: tuple[type[RcsError], ...], most: int) -> None:
        self._after = after
        self._most = most
        self._made = 0

    def pause(self, error: RcsError) -> float | None:
        """Seconds to wait before the call is made again, or None where it must not be; takes one of the tries."""
        if self._made >= self._most or not may_repeat(self._after, error):
            return None
        seconds = max(_backoff(self._made), _asked_for(error))
        self._made += 1
        return seconds

    def __str__(self) -> str:
        return f"try {self._made + 1} of {self._most + 1}"


def _backoff(made: int) -> float:
    """Seconds before a repeat, by how many there were: many calls at the same moment would only meet again."""
    jitter = random.random() * _BACKOFF  # noqa: S311
    growing = _BACKOFF * 2 ** min(made, 9) + jitter  # the cap is far below, and no float holds 2 to any power
    return min(growing, _BACKOFF_MAX) if made else _BACKOFF - jitter / 2


def _asked_for(error: RcsError) -> float:
    """Seconds of a Retry-After, which is a number or a date; 0 where there is none, or none that can be read."""
    text = error.retry_after.strip() if isinstance(error, ApiError) else ""
    try:
        seconds = int(text) if text.isdecimal() else parsedate_to_datetime(text).timestamp() - time.time()
    except (ValueError, OverflowError):
        return 0.0
    return min(seconds, _ASKED_MAX)


def may_repeat(after: tuple[type[RcsError], ...], error: RcsError) -> bool:
    """Whether a call that may be made again after some errors may be after this one, and whether that can help."""
    return isinstance(error, after) and not (isinstance(error, TransportError) and error.lasting)


def is_unreached(error: RcsError) -> bool:
    """Whether nobody was reached, so that every other call would fare alike: refused, no such host, no way there."""
    return isinstance(error, NotSent) and not error.lasting


class Outage:
    """A host that no call of the process reaches. Safe for threads.

    The calls share one window of tries: all of them wait for the same moment, and once the tries are used up, each call
    tries once. A call that comes through ends it.

    Args:
        most: repeats at the most.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._guard = threading.Lock()
        self._repeats: Repeats | None = None
        self._next: float | None = None

    def pause(self, error: RcsError, began: float, now: float) -> float | None:
        """Seconds until the next try of all calls, or None where there is none.

        Args:
            error: that nobody was reached.
            began: moment at which the try went out.
            now: moment at which it failed.
        """
        with self._guard:
            if self._repeats is None:
                self._repeats, self._next = Repeats((NotSent,), self._most), began
            # Who fails first at the common moment sets the next one; tries that went out before it join that.
            if self._next is not None and began >= self._next:
                pause = self._repeats.pause(error)
                self._next = None if pause is None else now + pause
            return None if self._next is None else max(0.0, self._next - now)

    def over(self) -> None:
        """Somebody was reached."""
        if self._repeats is not None:
            with self._guard:
                self._repeats = None
