"""Fixtures of the tests that run the real engine. Without it they fail; they are never skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from faces import TYPES, only
from fixtures import face, home, simulator, world
from project import Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from faces import Face

    from rcs_simulator import World

__all__ = ["face", "home", "simulator", "world"]


OF_TYPES: Final = (
    "test_do.py",
    "test_import_by_id.py",
    "test_plugin_found.py",
    "test_plugin_functions.py",
    "test_plugin_life.py",
    "test_plugin_policy.py",
    "test_plugin_replace.py",
    "test_plugin_rules.py",
)
"""The modules whose programs know the plugin's types and none of our classes, as one in any language does."""


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Gives such a module to the plugin alone."""
    if collector.path.name in OF_TYPES:
        collector.add_marker(only("plugin", "its programs know the plugin's types alone"))


@pytest.fixture
def make(
    request: pytest.FixtureRequest, tmp_path: Path, home: Path, world: World, face: Face
) -> Callable[..., Project]:
    """Makes projects, each in a folder of its own."""
    own = TYPES if request.path.name in OF_TYPES else face

    def made(name: str = "project", **more: Any) -> Project:
        return Project(tmp_path / name, more.pop("home", home), more.pop("world", world), face=own, **more)

    return made


@pytest.fixture
def project(make: Callable[..., Project]) -> Project:
    """A project on the pod `in`, under which agents may be deleted."""
    made = make()
    made.configure(deletionPolicy="delete")
    return made
