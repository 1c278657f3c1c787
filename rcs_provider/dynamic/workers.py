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


def raise_limit(workers: int) -> None:
    """Raises the limit of the pool whose worker this thread is.

    It never raises an error: where the SDK or Python looks different, the limit stays.
    """
    with suppress(Exception):
        pool = _pool()
        inside: dict[str, Any] = vars(pool)
        before = inside[_LIMIT]
        if type(before) is int and before < workers:
            inside[_LIMIT] = workers
            # Calls that wait already start no worker any more: each of these starts one, and does nothing.
            for _ in range(workers - before):
                pool.submit(int)


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
