"""Look-ups that many waiters share, the pace of calls, and locks by name; with real threads and no sleeping."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from proves import proves

from rcs_provider.api.locks import Locks
from rcs_provider.api.rate_limit import Pace
from rcs_provider.api.shared_list import SharedLookup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakes import Clock

LONG = 10.0


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(24) as pool:
        yield pool


class Fetches:
    """A fetch that tells when it has begun and ends when it is let go; it gives its own place in the order."""

    def __init__(self) -> None:
        self.begun = [threading.Semaphore(0) for _ in range(9)]
        self.go = [threading.Semaphore(0) for _ in range(9)]
        self.count = 0

    def __call__(self) -> list[int]:
        place, self.count = self.count, self.count + 1
        self.begun[place].release()
        assert self.go[place].acquire(timeout=LONG)
        return [place]

    def wait_for(self, place: int) -> None:
        assert self.begun[place].acquire(timeout=LONG)


def test_what_was_fetched_serves_all_who_come_later(clock: Clock) -> None:
    lookup: SharedLookup[int] = SharedLookup()
    assert lookup.since(0.0, lambda: 1) == 1
    clock.now += 100
    assert lookup.since(0.0, lambda: 2) == 1
    assert lookup.since(1000.0, lambda: 2) == 1


def test_who_needs_a_later_value_gets_a_later_fetch(clock: Clock) -> None:
    lookup: SharedLookup[int] = SharedLookup()
    lookup.since(0.0, lambda: 1)
    clock.now += 1
    assert lookup.since(clock.now, lambda: 2) == 2
    assert lookup.since(0.0, lambda: 3) == 2


def test_many_who_ask_at_the_same_time_share_one_fetch(threads: ThreadPoolExecutor) -> None:
    lookup: SharedLookup[list[int]] = SharedLookup()
    fetches, together = Fetches(), threading.Barrier(20)

    def ask() -> list[int]:
        together.wait(LONG)
        return lookup.since(0.0, fetches)

    waiting = [threads.submit(ask) for _ in range(20)]
    fetches.wait_for(0)
    fetches.go[0].release()
    assert [each.result(LONG) for each in waiting] == [[0]] * 20
    assert fetches.count == 1


def test_a_fetch_under_way_is_too_old_for_whoever_asks_after_it_began(
    threads: ThreadPoolExecutor, clock: Clock
) -> None:
    lookup: SharedLookup[list[int]] = SharedLookup()
    fetches = Fetches()
    first = threads.submit(lookup.since, clock.now, fetches)
    fetches.wait_for(0)
    clock.now += 1
    later = [threads.submit(lookup.since, clock.now, fetches) for _ in range(5)]
    fetches.go[0].release()
    fetches.wait_for(1)
    fetches.go[1].release()
    assert first.result(LONG) == [0]
    assert [each.result(LONG) for each in later] == [[1]] * 5, "they share the one fetch that began after they asked"
    assert fetches.count == 2


def test_a_fetch_waits_for_the_changes_that_are_under_way(threads: ThreadPoolExecutor) -> None:
    lookup: SharedLookup[list[int]] = SharedLookup()
    world: list[int] = []
    both, first_is_over = threading.Barrier(3), threading.Event()

    def change(place: int) -> list[int]:
        with lookup.changing():
            both.wait(LONG)
            assert place == 0 or first_is_over.wait(LONG)
            world.append(place)
        first_is_over.set()
        return lookup.since(time.monotonic(), lambda: list(world), LONG)

    changes = [threads.submit(change, place) for place in range(2)]
    both.wait(LONG)
    assert [each.result(LONG) for each in changes] == [[0, 1], [0, 1]]


def test_a_change_that_takes_too_long_is_not_waited_for() -> None:
    lookup: SharedLookup[int] = SharedLookup()
    with lookup.changing():
        assert lookup.since(1.0, lambda: 1, 0.01) == 1


def test_a_change_that_fails_is_over() -> None:
    lookup: SharedLookup[int] = SharedLookup()
    with pytest.raises(ZeroDivisionError), lookup.changing():
        _ = 1 // 0
    before = time.monotonic()
    assert lookup.since(1.0, lambda: 1, LONG) == 1
    assert time.monotonic() - before < LONG


def test_who_is_content_with_what_is_known_waits_for_no_change() -> None:
    lookup: SharedLookup[int] = SharedLookup()
    lookup.since(0.0, lambda: 1)
    with lookup.changing():
        assert lookup.since(0.0, lambda: 2, LONG) == 1


def test_a_failing_fetch_fails_for_the_one_who_made_it_and_the_next_one_tries_again(
    threads: ThreadPoolExecutor,
) -> None:
    lookup: SharedLookup[list[int]] = SharedLookup()
    begun, go = threading.Event(), threading.Event()

    def failing() -> list[int]:
        begun.set()
        assert go.wait(LONG)
        raise LookupError

    first = threads.submit(lookup.since, 0.0, failing)
    assert begun.wait(LONG)
    second = threads.submit(lookup.since, 0.0, lambda: [7])
    go.set()
    with pytest.raises(LookupError):
        first.result(LONG)
    assert second.result(LONG) == [7]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, MemoryError])
def test_a_fetch_that_is_torn_down_leaves_nobody_waiting(error: type[BaseException]) -> None:
    lookup: SharedLookup[int] = SharedLookup()

    def torn() -> int:
        raise error

    with pytest.raises(error):
        lookup.since(0.0, torn)
    assert lookup.since(0.0, lambda: 1) == 1


def test_a_failing_fetch_keeps_the_value_for_whoever_is_content_with_it(clock: Clock) -> None:
    lookup: SharedLookup[int] = SharedLookup()
    lookup.since(0.0, lambda: 1)
    clock.now += 1
    with pytest.raises(ZeroDivisionError):
        lookup.since(clock.now, lambda: 1 // 0)
    assert lookup.since(0.0, lambda: 2) == 1


def test_a_known_value_is_extended_and_one_that_is_not_known_is_left_to_the_next_fetch() -> None:
    lookup: SharedLookup[list[int]] = SharedLookup()
    lookup.extend([9])
    assert lookup.since(0.0, lambda: [1]) == [1]
    lookup.extend([2])
    assert lookup.since(0.0, lambda: [3]) == [1, 2]


def test_extending_leaves_what_was_handed_out_before_as_it_was() -> None:
    lookup: SharedLookup[list[int]] = SharedLookup()
    before = lookup.since(0.0, lambda: [1])
    lookup.extend([2])
    assert before == [1]


def test_a_dropped_value_is_fetched_again() -> None:
    lookup: SharedLookup[int] = SharedLookup()
    lookup.since(0.0, lambda: 1)
    lookup.drop()
    assert lookup.since(0.0, lambda: 2) == 2


@pytest.mark.parametrize(
    "change", [lambda lookup: lookup.drop(), lambda lookup: lookup.extend([99])], ids=["drop", "extend"]
)
def test_a_fetch_that_began_before_a_change_is_not_kept_without_it(
    threads: ThreadPoolExecutor, change: Callable[[SharedLookup[list[int]]], None]
) -> None:
    """The answer under way may be of before the change, so nobody may be served from it afterwards."""
    lookup: SharedLookup[list[int]] = SharedLookup()
    fetches = Fetches()
    first = threads.submit(lookup.since, 0.0, fetches)
    fetches.wait_for(0)
    change(lookup)
    fetches.go[0].release()
    first.result(LONG)
    fetches.go[1].release()
    found = lookup.since(0.0, fetches)
    assert found != [0], "the list of before the change"


@proves("A9")
def test_calls_are_spaced_evenly_whoever_makes_them(clock: Clock) -> None:
    pace = Pace(4.0)
    assert [pace.delay() for _ in range(4)] == [0.0, 0.25, 0.5, 0.75]
    clock.now += 0.5
    assert pace.delay() == pytest.approx(0.5)


@proves("A9")
def test_a_pause_is_no_credit_for_a_burst(clock: Clock) -> None:
    pace = Pace(4.0)
    pace.delay()
    clock.now += 100
    assert [pace.delay() for _ in range(2)] == [0.0, 0.25]


@proves("A9")
def test_turns_taken_by_many_threads_are_all_different(threads: ThreadPoolExecutor, clock: Clock) -> None:
    pace, together = Pace(10.0), threading.Barrier(20)

    def turn() -> float:
        together.wait(LONG)
        return round(pace.delay(), 6)

    found = [each.result(LONG) for each in [threads.submit(turn) for _ in range(20)]]
    assert sorted(found) == [round(each / 10, 6) for each in range(20)]
    assert clock.waits == []


@proves("A10")
def test_one_name_is_held_by_one_at_a_time_and_another_name_is_free(threads: ThreadPoolExecutor) -> None:
    locks, order = Locks(), []
    asked = threading.Event()

    def write(name: str) -> None:
        if name == "one":
            asked.set()
        with locks.held(name):
            order.append(name)

    with locks.held("one"):
        waiting = threads.submit(write, "one")
        assert asked.wait(LONG)
        threads.submit(write, "two").result(LONG)
        order.append("first")
    waiting.result(LONG)
    assert order == ["two", "first", "one"]


@proves("A10")
def test_a_lock_may_be_taken_again_by_its_holder_and_is_freed_by_an_error(threads: ThreadPoolExecutor) -> None:
    locks = Locks()
    with pytest.raises(LookupError), locks.held("one"), locks.held("one"):
        raise LookupError

    def take() -> bool:
        with locks.held("one"):
            return True

    assert threads.submit(take).result(LONG)
