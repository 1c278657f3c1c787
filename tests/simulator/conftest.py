"""A simulator of its own for every test, and a client that speaks to it as any program would."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [
    str(HERE),
    str(HERE.parent / "support"),
    str(HERE.parents[1]),
]  # neither the helpers nor the package need be installed

from sim_client import Api  # noqa: E402 - after the line above

from rcs_simulator import Simulator, World  # noqa: E402 - likewise

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator() as running:
        yield running


@pytest.fixture
def world(simulator: Simulator) -> World:
    return simulator.world("in")


@pytest.fixture
def api(world: World) -> Iterator[Api]:
    client = Api(world)
    yield client
    client.session.close()
