"""Fixtures of the fast tests: no environment of the machine's, no time that passes, no client left over.

The conftest of a folder with such tests imports them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from fakes import Bench, Clock
from hypothesis import settings
from samples import LEAST, copied

from rcs_provider import RcsAgent
from rcs_provider.serving.accounts import ACCOUNTS, CLIENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The same values on every run: what is found once belongs into a test of its own.
settings.register_profile("fast", max_examples=60, deadline=None, database=None, derandomize=True)
settings.load_profile("fast")


@pytest.fixture(autouse=True)
def no_ambient_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither an account nor a proxy of the machine's gets into a test."""
    for name in list(os.environ):
        if name.startswith(("KALEYRA_", "PULUMI_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def no_client_left_over() -> Iterator[None]:
    """Clients are shared by settings for the life of a process; a test begins without any."""
    for each in (ACCOUNTS, CLIENTS):
        each.clear()
    yield
    for each in (ACCOUNTS, CLIENTS):
        each.clear()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock in place of the real one, wherever the package looks at it, and no jitter."""
    made = Clock()
    of_objects = (f"objects.{each}" for each in ("numbered.finding", "numbered.handover", "tester.life"))
    for module in ("api.client", "api.shared_list", "api.rate_limit", *of_objects, "program.lookups.client"):
        monkeypatch.setattr(f"rcs_provider.{module}.time", made)
    monkeypatch.setattr("random.random", lambda: 0.0)
    return made


@pytest.fixture
def bench(clock: Clock) -> Callable[..., Bench]:
    """Makes a client on scripted answers."""

    def made(**answers: Any) -> Bench:
        return Bench(clock, **answers)

    return made


@pytest.fixture
def agent() -> Callable[..., RcsAgent]:
    """Declares the least agent, inside a program."""

    def declare(name: str, **given: Any) -> RcsAgent:
        return RcsAgent(name, **{**copied(dict(LEAST)), **given})

    return declare
