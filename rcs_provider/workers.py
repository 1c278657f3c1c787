"""How many calls the SDK's server of dynamic providers answers at once.

It is made with four workers, whatever `--parallel` says, and has no option for more. Its pool starts a worker when a
call comes and there are fewer than its limit; a provider's method runs in one of them, so the pool is on its stack.
"""

from __future__ import annotations

import inspect
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final

_LIMIT: Final = "_max_workers"


def allow(workers: int) -> None:
    """Raises the limit of the pool that runs this thread; where the SDK or Python looks different, it stays."""
    with suppress(Exception):
        pool: dict[str, Any] = vars(_pool())
        if type(pool[_LIMIT]) is int and pool[_LIMIT] < workers:
            pool[_LIMIT] = workers


def _pool() -> object:
    """The pool whose worker this thread is, or None."""
    frame = inspect.currentframe()
    while frame is not None:
        if frame.f_code.co_name == "_worker":
            reference: Any = frame.f_locals["executor_reference"]
            pool: object = reference()
            return pool if isinstance(pool, ThreadPoolExecutor) else None
        frame = frame.f_back
    return None
