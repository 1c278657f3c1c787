"""Fixtures of the fault tests, which run the real engine. Without it they fail; they are never skipped."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "engine"))

from stage import Stage

from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rcs_simulator import World


@pytest.fixture(autouse=True)
def no_ambient_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither an account nor a proxy of the machine's gets into a test."""
    for name in list(os.environ):
        if name.startswith(("KALEYRA_", "PULUMI_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pulumi's own folder, shared by the tests of one worker."""
    return tmp_path_factory.mktemp("pulumi-home")


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    """A simulator of its own for each test."""
    with Simulator() as running:
        yield running


@pytest.fixture
def world(simulator: Simulator) -> World:
    """The world of the pod `in`."""
    return simulator.world("in")


@pytest.fixture
def make(tmp_path: Path, home: Path, world: World) -> Callable[..., Stage]:
    """Makes projects, each in a folder of its own."""

    def made(name: str = "project", **more: object) -> Stage:
        return Stage(tmp_path / name, home, world, **more)  # type: ignore[arg-type]

    return made


@pytest.fixture
def stage(make: Callable[..., Stage]) -> Stage:
    """A project on the pod `in`, under which agents may be deleted."""
    return make()
