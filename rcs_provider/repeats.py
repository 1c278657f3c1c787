"""Whether a call may be made again after an error, and how long to wait before."""

from __future__ import annotations

import random
import threading
from typing import Any, Final

from .errors import ApiError, NotSent, RcsError, TransportError

_BACKOFF: Final = 0.5
_BACKOFF_MAX: Final = 20.0


class Repeats:
    """The tries that one call has left.

    Waits grow exponentially, with jitter, as urllib3 counts them; a Retry-After can only lengthen one.

    Args:
        after: the errors after which the call may be made again.
        most: repeats at the most.
    """

    def __init__(self, after: tuple[type[RcsError], ...], most: int) -> None:
        from urllib3.util.retry import Retry  # noqa: PLC0415 - only a process that makes calls pays for it

        self._after = after
        self._retry = Retry(total=most, backoff_factor=_BACKOFF, backoff_max=_BACKOFF_MAX, backoff_jitter=_BACKOFF)

    def pause(self, error: RcsError) -> float | None:
        """Seconds to wait before the call is made again, or None where it must not be; takes one of the tries."""
        if not may_repeat(self._after, error) or not self._retry.total:
            return None
        self._retry = self._retry.increment(response=_COUNTED)
        # urllib3 repeats for the first time at once; many at the same moment would only meet again.
        seconds = self._retry.get_backoff_time() or random.uniform(_BACKOFF / 2, _BACKOFF)  # noqa: S311
        return max(seconds, self._asked_for(error))

    def _asked_for(self, error: RcsError) -> float:
        if not isinstance(error, ApiError) or not error.retry_after:
            return 0.0
        try:
            return self._retry.parse_retry_after(error.retry_after)
        except Exception:  # noqa: BLE001 - urllib3 raises its own class for a malformed header
            return 0.0


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


class _Counted:
    """What urllib3 wants to see of an answer when it counts one."""

    status = 503

    def get_redirect_location(self) -> bool:
        """Nothing is redirected."""
        return False


_COUNTED: Final[Any] = _Counted()
