"""The page of benchmarks: its sentences stand in their template, its figures are made from what was measured."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
CODE: Final = "import json, sys; from report import page; sys.stdout.write(page(json.load(sys.stdin)))"


def _row(peer: str, phase: str, wall: float) -> dict[str, object]:
    parts = {"engine": 1.0, "program": wall}
    row = {"peer": peer, "size": 20, "phase": phase, "failed": False, "wall": wall, "cpu": wall, "parts": parts}
    return {**row, "memory": 1e6, "others": 0.0, "calls": {"get_agent": 2}, "bytes": 1e3, "state": 1e3}


def _page(found: dict[str, object]) -> str:
    environment = {"PYTHONPATH": f"{ROOT / 'benchmarks'}:{ROOT}", "PATH": ""}
    command = [sys.executable, "-c", CODE]
    return subprocess.check_output(command, cwd=ROOT, env=environment, text=True, input=json.dumps(found))


def test_the_published_page_has_the_sentences_of_the_template() -> None:
    published = (ROOT / "docs" / "benchmarks.md").read_text()
    words = {name: text for name, text in runpy.run_path(str(ROOT / "benchmarks/words.py")).items() if name.isupper()}
    busy = words.pop("BUSY")
    missing = [name for name, text in words.items() if not all(part in published for part in text.split("{machine}"))]
    assert missing == []
    assert busy not in published


def test_figures_are_ratios_of_medians_and_what_was_not_measured_is_left_out() -> None:
    walls = {"this package": (2.0, 3.0, 9.0), "bare provider": (2.0, 2.0, 2.0), "empty provider": (1.0, 1.0, 1.0)}
    phases = ("create", "preview", "refresh", "update", "destroy")
    rows = [_row(peer, phase, wall) for peer, runs in walls.items() for phase in phases for wall in runs]
    page = _page({"machine": "one core", "sides": rows})
    assert "Measured on one core." in page
    assert "\n| 20 | bare provider | 1.50 | 1.50 | 1.50 | 1.50 | 1.50 |\n" in page
    assert "\n| 20 | create | this package | 3.0 (2.0 to 9.0) | 3.0 (2.0 to 9.0) | 2 get_agent |" in page
    assert "## Large stacks" not in page
