"""Alarms: what happens unless a call ends first, with real threads and no sleeping."""

from __future__ import annotations

import threading
import time

import pytest

from rcs_provider.alarms import Alarms

LONG = 10.0


@pytest.fixture
def alarms() -> Alarms:
    return Alarms()


def test_an_alarm_rings_at_its_moment_and_not_before(alarms: Alarms) -> None:
    rung = threading.Event()
    moment = time.monotonic() + 0.05
    with alarms.until_left(moment, rung.set):
        assert rung.wait(LONG)
        assert time.monotonic() >= moment


def test_what_was_left_in_time_never_rings(alarms: Alarms) -> None:
    left, later = threading.Event(), threading.Event()
    moment = time.monotonic() + 0.05
    with alarms.until_left(moment, left.set):
        pass
    with alarms.until_left(moment, later.set):  # of the same moment, so it rings after the one that was left
        assert later.wait(LONG)
    assert not left.is_set()


def test_leaving_by_an_error_is_leaving(alarms: Alarms) -> None:
    left, later = threading.Event(), threading.Event()
    moment = time.monotonic() + 0.05
    with pytest.raises(ValueError, match="lost"), alarms.until_left(moment, left.set):
        raise ValueError("lost")
    with alarms.until_left(moment, later.set):
        assert later.wait(LONG)
    assert not left.is_set()


def test_an_earlier_alarm_that_is_set_later_does_not_wait_for_the_others(alarms: Alarms) -> None:
    far, near = threading.Event(), threading.Event()
    with (
        alarms.until_left(time.monotonic() + 100 * LONG, far.set),
        alarms.until_left(time.monotonic(), near.set),
    ):
        assert near.wait(LONG)
    assert not far.is_set()


def test_alarms_ring_in_the_order_of_their_moments(alarms: Alarms) -> None:
    rung: list[str] = []
    start, last = time.monotonic() + 0.05, threading.Event()
    with (
        alarms.until_left(start + 0.02, lambda: (rung.append("third"), last.set())),
        alarms.until_left(start, lambda: rung.append("first")),
        alarms.until_left(start + 0.01, lambda: rung.append("second")),
    ):
        assert last.wait(LONG)
    assert rung == ["first", "second", "third"]


def test_all_alarms_share_one_thread(alarms: Alarms) -> None:
    threads: set[threading.Thread] = set()
    rung = threading.Semaphore(0)

    def ring() -> None:
        threads.add(threading.current_thread())
        rung.release()

    for _ in range(20):
        with alarms.until_left(time.monotonic(), ring):
            assert rung.acquire(timeout=LONG)
    assert [each.daemon for each in threads] == [True]


def test_what_was_left_in_time_wakes_nobody_up(alarms: Alarms, monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[float | None] = []
    wait, start, last = alarms._changed.wait, time.monotonic() + 0.05, threading.Event()

    def waited(seconds: float | None) -> bool:
        woken.append(seconds)
        return wait(seconds)

    monkeypatch.setattr(alarms._changed, "wait", waited)
    for place in range(100):
        with alarms.until_left(start + place / 1000, lambda: None):
            pass
    with alarms.until_left(start + 0.1, last.set):
        assert last.wait(LONG)
    assert len(woken) <= 5, "once per alarm"
