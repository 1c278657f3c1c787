"""Fixtures of the tests that run the real engine. Without it they fail; they are never skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fixtures import face, home, simulator, world
from project import Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from faces import Face

    from rcs_simulator import World

__all__ = ["face", "home", "simulator", "world"]


@pytest.fixture
def make(tmp_path: Path, home: Path, world: World, face: Face) -> Callable[..., Project]:
    """Makes projects, each in a folder of its own."""

    def made(name: str = "project", **more: Any) -> Project:
        return Project(tmp_path / name, more.pop("home", home), more.pop("world", world), face=face, **more)

    return made


@pytest.fixture
def project(make: Callable[..., Project]) -> Project:
    """A project on the pod `in`, under which agents may be deleted."""
    made = make()
    made.configure(deletionPolicy="delete")
    return made
