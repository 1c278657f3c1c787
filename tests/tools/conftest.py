from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from machine import PLAIN_TOOLS, Machine

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(home=tmp_path / "home", bin=tmp_path / "bin")
    made.home.mkdir()
    made.bin.mkdir()
    made.link(*PLAIN_TOOLS.split())
    return made
