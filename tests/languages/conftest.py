"""Fixtures of the tests that run programs of other languages, each against the real engine and the simulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures import home, simulator
from program import Program
from workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rcs_simulator import Simulator

__all__ = ["home", "simulator"]


@pytest.fixture(scope="session")
def workshop(testrun_uid: str) -> Workshop:
    """What programs of other languages need: hosts, SDKs and packages, made once for a run of tests."""
    return Workshop(testrun_uid)


@pytest.fixture
def example(tmp_path: Path, home: Path, simulator: Simulator, workshop: Workshop) -> Callable[[str], Program]:
    """Copies an example, with its SDK and its packages at hand."""

    def copied(language: str) -> Program:
        workshop.prepare(language)
        return Program(tmp_path, language, home, simulator, workshop)

    return copied
