"""Fixtures of the fault tests, which run the real engine. Without it they fail; they are never skipped."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from fixtures import face, home, simulator, world
from stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from faces import Face

    from rcs_simulator import World

__all__ = ["face", "home", "simulator", "world"]


@pytest.fixture(autouse=True)
def no_ambient_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither an account nor a proxy of the machine's gets into a test."""
    for name in list(os.environ):
        if name.startswith(("KALEYRA_", "PULUMI_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def make(tmp_path: Path, home: Path, world: World, face: Face) -> Callable[..., Stage]:
    """Makes projects, each in a folder of its own."""

    def made(name: str = "project", **more: object) -> Stage:
        return Stage(tmp_path / name, home, world, face=face, **more)  # type: ignore[arg-type]

    return made


@pytest.fixture
def stage(make: Callable[..., Stage]) -> Stage:
    """A project on the pod `in`, under which agents may be deleted."""
    return make()
