"""Fixtures of the command's tests: a simulator, its account in the environment, and the command in this process."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from rcs_program import Done, account_of

from rcs_provider.cli import terminal
from rcs_provider.cli.main import main
from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rcs_simulator import World


@pytest.fixture
def world() -> Iterator[World]:
    """A world of its own for each test."""
    with Simulator() as simulator:
        yield simulator.world("in")


@pytest.fixture
def account(world: World) -> dict[str, str]:
    """The environment that names the world's account."""
    return account_of(world)


@pytest.fixture(autouse=True)
def no_ambient_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Neither an account, a proxy nor a project of the machine's gets into a test, and no secret into the next one."""
    for name in list(os.environ):
        if name.startswith(("KALEYRA_", "PULUMI_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    yield
    terminal._HIDDEN.clear()


@pytest.fixture
def rcs(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs the command in this process."""

    def ran(*arguments: str) -> Done:
        code = main(arguments)
        told = capsys.readouterr()
        return Done(code, told.out, told.err)

    return ran


@pytest.fixture
def signed_in(account: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Puts the world's account into this process's environment."""
    for name, value in account.items():
        monkeypatch.setenv(name, value)
    return account
