"""How many calls the SDK's server of dynamic providers answers at once.

It is made with four workers, whatever `--parallel` says, and has no option for more. Its pool starts a worker when a
call comes and there are fewer than its limit; a provider's method runs in one of them, so the pool is on its stack.

More of them help while some wait. Where none does they only hand Python's lock to each other, which makes a refresh
over a fast connection a tenth slower: the limit stays until something is waited for.
"""

from __future__ import annotations

import inspect
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_LIMIT: Final = "_max_workers"
_IDLE: Final = "_idle_semaphore"


def raiser(workers: int) -> Callable[[], None]:
    """What raises the limit of the pool that runs this thread, whichever thread calls it.

    It never raises an error: where the SDK or Python looks different, the limit stays.
    """
    with suppress(Exception):
        return partial(_allow, _pool(), workers)
    return _nothing


def _nothing() -> None:
    """There is no pool."""


def _allow(pool: ThreadPoolExecutor, workers: int) -> None:
    with suppress(Exception):
        inside: dict[str, Any] = vars(pool)
        before, idle = inside[_LIMIT], inside[_IDLE]
        if type(before) is int and before < workers:
            inside[_LIMIT] = workers
            # Calls that wait already start no worker any more: each of these starts one, and does nothing.
            for _ in range(workers - before):
                _take_all(idle)
                pool.submit(int)


def _take_all(idle: Any) -> None:
    """Empties the pool's count of idle workers.

    Up to Python 3.11 it counts one for each call that had to wait, and no worker would be started for as many calls.
    """
    while idle.acquire(blocking=False):
        pass


def _pool() -> ThreadPoolExecutor:
    """The pool whose worker this thread is.

    Raises:
        LookupError: there is none.
    """
    frame = inspect.currentframe()
    while frame is not None:
        if frame.f_code.co_name == "_worker":
            reference: Any = frame.f_locals["executor_reference"]
            pool: object = reference()
            if isinstance(pool, ThreadPoolExecutor):
                return pool
        frame = frame.f_back
    raise LookupError
