"""The garbage collector of a program's process."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import pytest

from rcs_provider import collector

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = ["python3", "-u", "/opt/pulumi/pulumi-language-python-exec", "--pwd", "/stack", "/stack"]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    collector.look_seldom.cache_clear()
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    collector.look_seldom.cache_clear()


@pytest.mark.parametrize("youngest", [700, 2000], ids=["to 3.12", "since 3.13"])
def test_in_a_program_that_the_engine_runs_garbage_is_looked_for_seldom(
    monkeypatch: pytest.MonkeyPatch, youngest: int
) -> None:
    monkeypatch.setattr(sys, "orig_argv", PROGRAM)
    gc.set_threshold(youngest, 11, 12)
    collector.look_seldom()
    assert gc.get_threshold() == (50_000, 11, 12)


@pytest.mark.parametrize("own", [0, 900, 100_000])
def test_a_threshold_that_the_program_has_set_stays(monkeypatch: pytest.MonkeyPatch, own: int) -> None:
    monkeypatch.setattr(sys, "orig_argv", PROGRAM)
    gc.set_threshold(own, 10, 10)
    collector.look_seldom()
    assert gc.get_threshold()[0] == own


def test_a_threshold_that_the_program_sets_afterwards_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "orig_argv", PROGRAM)
    gc.set_threshold(700, 10, 10)
    collector.look_seldom()
    gc.set_threshold(700, 10, 10)
    collector.look_seldom()
    assert gc.get_threshold()[0] == 700


@pytest.mark.parametrize("argv", [["python3", "deploy.py"], ["python3", "-m", "pulumi.dynamic"], []], ids=str)
def test_any_other_process_is_left_alone(monkeypatch: pytest.MonkeyPatch, argv: list[str]) -> None:
    monkeypatch.setattr(sys, "orig_argv", argv)
    gc.set_threshold(700, 10, 10)
    collector.look_seldom()
    assert gc.get_threshold()[0] == 700
