"""The limit of the pool that a provider method runs in."""

from __future__ import annotations

import inspect
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from rcs_provider.dynamic import workers

if TYPE_CHECKING:
    from collections.abc import Iterator


LONG = 10.0


@pytest.fixture
def pool() -> Iterator[Any]:
    with ThreadPoolExecutor(4) as made:
        yield made


def test_the_pool_of_this_thread_gets_more_workers(pool: Any) -> None:
    pool.submit(workers.raise_limit, 16).result()
    assert pool._max_workers == 16


def test_calls_that_came_before_get_workers_too(pool: Any) -> None:
    together, gate = threading.Barrier(16), threading.Event()
    first = pool.submit(lambda: gate.wait(LONG) and workers.raise_limit(16))
    waiting = [pool.submit(together.wait, LONG) for _ in range(16)]
    gate.set()
    assert len({each.result() for each in waiting}) == 16
    first.result()


def test_a_pool_keeps_what_it_has_where_fewer_are_allowed(pool: Any) -> None:
    pool.submit(workers.raise_limit, 3).result()
    assert pool._max_workers == 4


def test_another_pool_stays_as_it_is(pool: Any) -> None:
    with ThreadPoolExecutor(4) as other:
        other.submit(workers.raise_limit, 16).result()
    assert pool._max_workers == 4


def test_outside_of_a_pool_nothing_happens() -> None:
    workers.raise_limit(16)


def test_a_python_that_hands_out_no_frames_leaves_the_pool_alone(pool: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise RuntimeError("no frames here")

    monkeypatch.setattr(inspect, "currentframe", refused)
    pool.submit(workers.raise_limit, 16).result()
    assert pool._max_workers == 4


@pytest.mark.parametrize("limit", [None, "4", True])
def test_a_limit_of_another_kind_is_left_alone(pool: Any, limit: Any) -> None:
    def asked() -> None:
        pool._max_workers = limit
        workers.raise_limit(16)

    pool.submit(asked).result()
    assert pool._max_workers is limit
