"""Whether a call may be made again after an error, and how long to wait before."""

from __future__ import annotations

import random
from typing import Any, Final

from .errors import ApiError, NotSent, RcsError, ServerError, Throttled, Unclear

_BACKOFF: Final = 0.5
_BACKOFF_MAX: Final = 20.0


class Repeats:
    """The tries that one call has left.

    Waits grow exponentially, with jitter, as urllib3 counts them; a Retry-After can only lengthen one.

    Args:
        method: the HTTP verb.
        most: repeats at the most.
    """

    def __init__(self, method: str, most: int) -> None:
        from urllib3.util.retry import Retry  # noqa: PLC0415 - only a process that makes calls pays for it

        self._method = method
        self._retry = Retry(total=most, backoff_factor=_BACKOFF, backoff_max=_BACKOFF_MAX, backoff_jitter=_BACKOFF)

    def pause(self, error: RcsError) -> float | None:
        """Seconds to wait before the call is made again, or None where it must not be; takes one of the tries."""
        if not may_repeat(self._method, error) or not self._retry.total:
            return None
        self._retry = self._retry.increment(self._method, "/", response=_COUNTED)
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


def may_repeat(method: str, error: RcsError) -> bool:
    """Whether repeating is safe: reads always, writes only where the first try provably did nothing, POST never."""
    if method == "GET":
        return isinstance(error, (NotSent, Unclear, Throttled, ServerError))
    return method in ("PUT", "DELETE") and isinstance(error, (NotSent, Throttled))


class _Counted:
    """What urllib3 wants to see of an answer when it counts one."""

    status = 503

    def get_redirect_location(self) -> bool:
        """Nothing is redirected."""
        return False


_COUNTED: Final[Any] = _Counted()
