"""The limit of the pool that a provider method runs in."""

from __future__ import annotations

import inspect
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from rcs_provider import workers

if TYPE_CHECKING:
    from collections.abc import Iterator


LONG = 10.0


def _allow(count: int) -> None:
    workers.raiser(count)()


@pytest.fixture
def pool() -> Iterator[Any]:
    with ThreadPoolExecutor(4) as made:
        yield made


def test_the_pool_of_this_thread_gets_more_workers(pool: Any) -> None:
    pool.submit(_allow, 16).result()
    assert pool._max_workers == 16


def test_the_limit_is_raised_from_another_thread_and_not_before(pool: Any) -> None:
    raise_limit = pool.submit(workers.raiser, 16).result()
    assert pool._max_workers == 4
    raise_limit()
    assert pool._max_workers == 16


def test_calls_that_had_to_wait_before_do_not_keep_workers_from_starting(pool: Any) -> None:
    raise_limit = pool.submit(workers.raiser, 16).result()
    gate = threading.Event()
    waited = [pool.submit(gate.wait, LONG) for _ in range(60)]
    gate.set()
    assert all(each.result() for each in waited)
    raise_limit()
    together = threading.Barrier(16)
    assert len({each.result() for each in [pool.submit(together.wait, LONG) for _ in range(16)]}) == 16


def test_a_pool_keeps_what_it_has_where_fewer_are_allowed(pool: Any) -> None:
    pool.submit(_allow, 3).result()
    assert pool._max_workers == 4


def test_another_pool_stays_as_it_is(pool: Any) -> None:
    with ThreadPoolExecutor(4) as other:
        other.submit(_allow, 16).result()
    assert pool._max_workers == 4


def test_outside_of_a_pool_nothing_happens() -> None:
    _allow(16)


def test_a_python_that_hands_out_no_frames_leaves_the_pool_alone(pool: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise RuntimeError("no frames here")

    monkeypatch.setattr(inspect, "currentframe", refused)
    pool.submit(_allow, 16).result()
    assert pool._max_workers == 4


@pytest.mark.parametrize("limit", [None, "4", True])
def test_a_limit_of_another_kind_is_left_alone(pool: Any, limit: Any) -> None:
    raise_limit = pool.submit(workers.raiser, 16).result()
    pool._max_workers = limit
    raise_limit()
    assert pool._max_workers is limit
