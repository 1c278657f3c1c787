"""The end of a provider's process whose engine is gone.

The engine ends its providers. If it is killed, it cannot, and the SDK's server would wait forever for the next call.
The shell script that started the server lives on as well, so the server keeps its parent. The sign of the end is that
nothing listens at the engine's address any more.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_PAUSE: Final = 1.0
"""Seconds between two connections."""
_PATIENCE: Final = 5.0
"""Seconds to wait for a connection: some systems take two to refuse one."""
_MISSES: Final = 2
"""Failed connections in a row after which the engine counts as gone."""
_CHANGED: Final = threading.Condition()
_UNDER_WAY: Final[list[object]] = []
"""One entry for each call of the engine that is being answered."""
_LAST_END: Final[list[float]] = [time.monotonic()]
"""When the last call was answered, as its only entry."""


@contextmanager
def under_way() -> Generator[None]:
    """Context of an answer to a call of the engine: the process does not end meanwhile."""
    one = object()
    with _CHANGED:
        _UNDER_WAY.append(one)
    try:
        yield
    finally:
        with _CHANGED:
            _UNDER_WAY.remove(one)
            _LAST_END[:] = [time.monotonic()]
            _CHANGED.notify_all()


def resting() -> float:
    """Seconds since the last call of the engine was answered; 0 while one is under way."""
    with _CHANGED:
        return 0.0 if _UNDER_WAY else time.monotonic() - _LAST_END[-1]


@cache
def end_with_engine(address: str, hurry: Callable[[], object], last: Callable[[], object]) -> None:
    """Ends this process once nothing listens at the engine's address and the current calls are finished.

    Args:
        address: host and port.
        hurry: called before the wait for the current calls, so that they are not repeated any more.
        last: called at the very end; functions that are registered for the exit are not.
    """
    threading.Thread(target=_follow, args=(address, hurry, last), name="engine", daemon=True).start()


def _follow(address: str, hurry: Callable[[], object], last: Callable[[], object]) -> None:
    misses = 0
    while misses < _MISSES:
        time.sleep(_PAUSE)
        misses = misses + 1 if _is_gone(address) else 0
    hurry()
    with _CHANGED:
        _CHANGED.wait_for(lambda: not _UNDER_WAY)
    last()
    os._exit(0)  # the main thread waits for a signal, which a process in the background may ignore


def _is_gone(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=_PATIENCE).close()
    except ConnectionRefusedError:
        return True
    except (OSError, ValueError):  # that tells nothing
        return False
    return False
