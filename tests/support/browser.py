"""The browser of the tests that look at pages: found, or installed where that may be done."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from typing import Final

import pytest

_INSTALL: Final = Path(__file__).resolve().parents[2] / "tools" / "chromium" / "install"


@cache
def chromium() -> str:
    """The path of a Chromium; where there is none and none can be installed, the test fails with what to install."""
    done = subprocess.run([_INSTALL], capture_output=True, text=True, check=False, timeout=600)
    if done.returncode != 0:
        pytest.fail(done.stderr.strip().splitlines()[-1], pytrace=False)
    return done.stdout.strip()
