"""A list that many waiters share. Safe for threads."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

T = TypeVar("T")


class SharedLookup(Generic[T]):
    """A value that is fetched once for all who wait for it.

    Whoever needs it as of a moment gets a fetch that started after that moment: one that is under way for an older
    waiter is waited out, and the next one then serves everybody who came in the meantime. Those who are about to change
    what is looked up say so by `changing`, so that one fetch can serve them, too.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._fetching = False
        self._value: tuple[float, T] | None = None
        self._changes = 0
        self._changing = 0

    @contextmanager
    def changing(self) -> Generator[None]:
        """Around a change that is looked for afterwards."""
        with self._condition:
            self._changing += 1
        try:
            yield
        finally:
            with self._condition:
                self._changing -= 1
                self._condition.notify_all()

    def since(self, moment: float, fetch: Callable[[], T], patience: float = 0.0) -> T:
        """The value of a fetch that started at `moment` of `time.monotonic`, or later.

        A failing fetch fails for the one who made it; the next waiter tries again.

        Args:
            moment: as of which the value is needed.
            fetch: gives the value.
            patience: seconds to wait at the most for changes that are under way, before a fetch starts.
        """
        with self._condition:
            self._condition.wait_for(lambda: not self._changing or self._is_fresh(moment), patience)
            while self._fetching and not self._is_fresh(moment):
                self._condition.wait()
            if self._value is not None and self._is_fresh(moment):
                return self._value[1]
            self._fetching = True
        return self._fetched(fetch)

    def _is_fresh(self, moment: float) -> bool:
        return self._value is not None and self._value[0] >= moment

    def _fetched(self, fetch: Callable[[], T]) -> T:
        started, changes = time.monotonic(), self._changes
        found: tuple[float, T] | None = None
        try:
            found = (started, fetch())
            return found[1]
        finally:
            with self._condition:
                self._fetching = False
                if changes == self._changes:  # else it may be of before a change that somebody knows of
                    self._value = found or self._value
                self._condition.notify_all()

    def extend(self, more: T) -> None:
        """Adds to a value that is known; where there is none, the next fetch will find it."""
        with self._condition:
            self._changes += 1
            if self._value is not None:
                started, found = self._value
                self._value = (started, found + more)  # type: ignore[operator]

    def drop(self) -> None:
        """Forgets the value: the next waiter fetches."""
        with self._condition:
            self._changes += 1
            self._value = None
