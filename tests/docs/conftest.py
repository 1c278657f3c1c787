"""Paths of the tests of the documentation, which take what they run programs with from the other tests."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / each) for each in ("tests/docs", "tests/unit", "tests/engine", "tools/docs")]
