"""Fixtures of the tests that run the real engine. Without it they fail; they are never skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from project import Project

from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rcs_simulator import World


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
def make(tmp_path: Path, home: Path, world: World) -> Callable[..., Project]:
    """Makes projects, each in a folder of its own."""

    def made(name: str = "project", **more: Any) -> Project:
        return Project(tmp_path / name, more.pop("home", home), more.pop("world", world), **more)

    return made


@pytest.fixture
def project(make: Callable[..., Project]) -> Project:
    """A project on the pod `in`, under which agents may be deleted."""
    made = make()
    made.configure(deletionPolicy="delete")
    return made
