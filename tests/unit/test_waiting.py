"""Waiting: who hears of it, with real threads and no sleeping."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from rcs_provider import waiting
from rcs_provider.waiting import Waiting

LONG = 10.0


@pytest.fixture
def heard() -> threading.Event:
    return threading.Event()


def _nothing() -> None:
    pass


@pytest.mark.parametrize(("seconds", "told"), [(0.01, False), (2.0, True)])
def test_a_long_pause_is_told_before_it_begins(heard: threading.Event, seconds: float, told: bool) -> None:
    slept: list[Any] = []
    Waiting(lambda pause: slept.append((pause, heard.is_set())), heard.set).pause(seconds)
    assert slept == [(seconds, told)]


def test_a_call_that_takes_longer_than_a_moment_is_told_while_it_goes_on(heard: threading.Event) -> None:
    with Waiting(on_wait=heard.set).answer(_nothing):
        assert heard.wait(LONG)


def test_a_call_that_takes_longer_because_the_process_is_busy_is_told_only_once_it_takes_very_long(
    heard: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    spent = iter([1.0, 1.0 + 2 * waiting._IDLE])
    monkeypatch.setattr(waiting, "_PATIENCE", 2 * waiting._MOMENT)
    monkeypatch.setattr(time, "process_time", spent.__next__)
    with Waiting(on_wait=lambda: order.append("wait")).answer(lambda: (order.append("overdue"), heard.set())):
        assert heard.wait(LONG)
    assert order == ["wait", "overdue"]
    assert next(spent, None) is None


def test_a_call_that_is_answered_at_once_is_told_to_nobody(
    heard: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    later, overdue = threading.Event(), threading.Event()
    monkeypatch.setattr(waiting, "_PATIENCE", waiting._MOMENT)
    with Waiting(on_wait=heard.set).answer(overdue.set):
        pass
    with Waiting(on_wait=later.set).answer(_nothing):  # of a later moment, so it rings after those that were left
        assert later.wait(LONG)
    assert not heard.is_set()
    assert not overdue.is_set()


def test_who_watches_hears_of_a_call_only_after_a_while(
    heard: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    monkeypatch.setattr(waiting, "_PATIENCE", 2 * waiting._MOMENT)
    monkeypatch.setattr(time, "process_time", lambda: 1.0)
    with Waiting(on_wait=lambda: order.append("moment")).answer(lambda: (order.append("overdue"), heard.set())):
        assert heard.wait(LONG)
    assert order == ["moment", "moment", "overdue"]
