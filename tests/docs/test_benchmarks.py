"""The page of benchmarks is made from what was measured, and nothing in it is written by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
CODE: Final = """
import json, sys
from pathlib import Path
from report import page
sys.stdout.write(page(json.loads(Path("docs/benchmarks.json").read_text())))
"""


def test_the_page_shows_what_was_measured() -> None:
    environment = {"PYTHONPATH": f"{ROOT / 'benchmarks'}:{ROOT}", "PATH": ""}
    made = subprocess.check_output([sys.executable, "-c", CODE], cwd=ROOT, env=environment, text=True)
    assert made == (ROOT / "docs" / "benchmarks.md").read_text()
