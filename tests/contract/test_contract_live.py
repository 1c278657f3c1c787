"""`make contract`, held against a simulator that it takes for the live API."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from proves import proves

if TYPE_CHECKING:
    from rcs_simulator import World

HERE = Path(__file__).resolve().parent


def contract(**environment: str) -> subprocess.CompletedProcess[str]:
    """What `make contract` runs, with nothing else of an account in its environment."""
    ambient = {name: value for name, value in os.environ.items() if not name.startswith(("KALEYRA_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-v", str(HERE / "test_contract_anywhere.py")],
        env={**ambient, **environment, "RCS_CONTRACT_LIVE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@proves("C14", "D20")
def test_the_contract_is_held_by_calls_that_only_read(world: World) -> None:
    world.seed_tester(world.seed_agent(), "919530000092")
    run = contract(KALEYRA_ENDPOINT=world.url, KALEYRA_SID=world.sid, KALEYRA_API_KEY=world.api_key)
    assert run.returncode == 0, run.stdout
    assert {call.method for call in world.journal()} == {"GET"}


@pytest.mark.parametrize("missing", ["KALEYRA_ENDPOINT", "KALEYRA_SID", "KALEYRA_API_KEY"])
def test_what_is_missing_is_named(world: World, missing: str) -> None:
    account = {"KALEYRA_ENDPOINT": world.url, "KALEYRA_SID": world.sid, "KALEYRA_API_KEY": world.api_key}
    run = contract(**{**account, missing: ""})
    assert run.returncode == 1
    assert f"the live API needs {missing} in the environment" in run.stdout
    assert world.journal() == []
