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


@pytest.mark.parametrize(("spent", "told"), [(0.0, ["wait", "wait"]), (2 * waiting._IDLE, ["wait"])])
def test_a_busy_process_hears_only_of_a_call_that_takes_a_while_and_who_watches_of_one_that_takes_long(
    heard: threading.Event, monkeypatch: pytest.MonkeyPatch, spent: float, told: list[str]
) -> None:
    order: list[str] = []
    clock = iter([1.0, 1.0 + spent])
    monkeypatch.setattr(waiting, "_PATIENCE", 2 * waiting._WHILE)
    monkeypatch.setattr(time, "process_time", clock.__next__)
    with Waiting(on_wait=lambda: order.append("wait")).answer(lambda: (order.append("overdue"), heard.set())):
        assert heard.wait(LONG)
    assert order == [*told, "overdue"]
    assert list(clock) == []


def test_a_call_that_is_answered_at_once_is_told_to_nobody(
    heard: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    later, overdue = threading.Event(), threading.Event()
    monkeypatch.setattr(waiting, "_WHILE", waiting._MOMENT)
    monkeypatch.setattr(waiting, "_PATIENCE", waiting._MOMENT)
    with Waiting(on_wait=heard.set).answer(overdue.set):
        pass
    with Waiting(on_wait=later.set).answer(_nothing):  # of a later moment, so it rings after those that were left
        assert later.wait(LONG)
    assert not heard.is_set()
    assert not overdue.is_set()
