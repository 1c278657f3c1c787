"""Fixtures of every test that runs the real engine; the conftest of a folder with such tests imports them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from faces import DYNAMIC, Face

from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rcs_simulator import World


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pulumi's own folder, shared by the tests of one worker."""
    return tmp_path_factory.mktemp("pulumi-home")


@pytest.fixture(scope="session")
def face(request: pytest.FixtureRequest) -> Face:
    """The face that the test runs over; see `faces`."""
    chosen: Face = getattr(request, "param", DYNAMIC)
    return chosen


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    """A simulator of its own for each test."""
    with Simulator() as running:
        yield running


@pytest.fixture
def world(simulator: Simulator) -> World:
    """The world of the pod `in`."""
    return simulator.world("in")
