"""What the contract is held against: a simulator, or the real API where that is asked for."""

from __future__ import annotations

import os
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

from contract_target import Target  # noqa: E402 - after the line above

from rcs_simulator import Simulator, World  # noqa: E402 - likewise

if TYPE_CHECKING:
    from collections.abc import Iterator

LIVE = ("KALEYRA_ENDPOINT", "KALEYRA_SID", "KALEYRA_API_KEY")


@pytest.fixture
def world() -> Iterator[World]:
    with Simulator() as simulator:
        yield simulator.world("in")


@pytest.fixture
def simulated(world: World) -> Iterator[Target]:
    target = Target(world.url, world.sid, world.api_key)
    yield target
    target.session.close()


@pytest.fixture
def anywhere(request: pytest.FixtureRequest) -> Iterator[Target]:
    """The real API when RCS_CONTRACT_LIVE is 1, else a simulator with one agent and one tester."""
    if os.environ.get("RCS_CONTRACT_LIVE") == "1":
        missing = [name for name in LIVE if not os.environ.get(name)]
        if missing:
            pytest.fail(f"the live API needs {', '.join(missing)} in the environment", pytrace=False)
        target = Target(*(os.environ[name] for name in LIVE))
        yield target
        target.session.close()
        return
    world: World = request.getfixturevalue("world")
    world.seed_tester(world.seed_agent(), "919530000092")
    yield request.getfixturevalue("simulated")
