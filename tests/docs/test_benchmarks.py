"""The page of benchmarks: its sentences stand in their template, its figures are made from what was measured."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = "from report import page; sys.stdout.write(page(json.load(sys.stdin)))"
AT_ONCE: Final = """
from types import SimpleNamespace
from worlds import at_once
json.dump(at_once([SimpleNamespace(started=a, ended=b) for a, b in json.load(sys.stdin)]), sys.stdout)
"""
PHASES: Final = ("create", "preview", "refresh", "update", "destroy")


def _row(peer: str, phase: str, wall: float, **more: Any) -> dict[str, Any]:
    parts = {"engine": 1.0, "program": wall}
    row = {"peer": peer, "size": 20, "phase": phase, "failed": False, "wall": wall, "cpu": wall, "parts": parts}
    return {
        **row, "memory": 1e6, "others": 0.0, "calls": {"get_agent": 2}, "bytes": 1e3, "state": 1e3, "at_once": 8, **more
    }  # fmt: skip


def _rows(**walls: tuple[float, ...]) -> list[dict[str, Any]]:
    names = {"dynamic": "dynamic provider", "plugin": "provider plugin", "bare": "bare provider"}
    return [_row(names[peer], phase, wall) for peer, runs in walls.items() for phase in PHASES for wall in runs]


def _made(code: str, given: object) -> str:
    environment = {"PYTHONPATH": f"{ROOT / 'benchmarks'}:{ROOT}", "PATH": ""}
    command = [sys.executable, "-c", f"import json, sys\n{code}"]
    return subprocess.check_output(command, cwd=ROOT, env=environment, text=True, input=json.dumps(given))


def _page(**found: object) -> str:
    return _made(PAGE, {"machine": "one core", **found})


def test_the_published_page_has_the_sentences_of_the_template() -> None:
    published = (ROOT / "docs" / "benchmarks.md").read_text()
    words = {name: text for name, text in runpy.run_path(str(ROOT / "benchmarks/words.py")).items() if name.isupper()}
    busy = words.pop("BUSY")
    missing = [name for name, text in words.items() if not all(part in published for part in text.split("{machine}"))]
    assert missing == []
    assert busy not in published


def test_figures_are_ratios_of_medians_and_what_was_not_measured_is_left_out() -> None:
    page = _page(sides=_rows(dynamic=(2.0, 3.0, 9.0), plugin=(1.5, 1.5, 1.5), bare=(6.0, 6.0, 6.0)))
    assert "Measured on one core." in page
    assert "\n| 20 | 0.50 | 0.50 | 0.50 | 0.50 | 0.50 | 1.00 | 1.00 |\n" in page
    assert "\n| 20 | bare provider | 2.00 | 2.00 | 2.00 | 2.00 | 2.00 |\n" in page
    assert "\n| 20 | create | dynamic provider | 3.0 (2.0 to 9.0) | 3.0 (2.0 to 9.0) | 2 |" in page
    assert "## Large stacks" not in page


def test_what_was_expected_of_the_plugin_is_said_to_be_met_where_it_is() -> None:
    rows = _rows(dynamic=(2.0,), plugin=(2.1,))
    page = _page(sides=rows, slow=rows)
    assert "one for one | yes | the same calls in 10 of 10 comparisons |" in page
    assert "allows | yes | 8 calls at once at the most; 8 of the dynamic provider |" in page
    assert "provider, without a limit | yes | 1.05 to 1.05 of its time |" in page
    assert "**no**" not in page


def test_what_was_expected_of_the_plugin_and_not_met_is_named() -> None:
    rows = _rows(dynamic=(2.0,), plugin=(2.0,))
    bad = _row("provider plugin", "update", 3.0, calls={"get_agent": 3}, at_once=33)
    rows[[each["phase"] for each in rows].index("update", len(PHASES))] = bad
    page = _page(sides=rows, slow=rows)
    assert "| **no** | the same calls in 8 of 10 comparisons; not: 20 update without a limit, 20 update with" in page
    assert "allows | **no** | 33 calls at once" in page
    assert "provider, without a limit | **no** | 1.00 to 1.50 of its time; not: 20 update 1.50 |" in page


@pytest.mark.parametrize(
    ("calls", "most"),
    [
        ([], 0),
        ([(1, 2)], 1),
        ([(1, 2), (2, 3)], 1),
        ([(1, 4), (2, 3), (2.5, 5), (4.5, 6)], 3),
        ([(1, None), (3, 4)], 2),
    ],
)
def test_calls_at_once_are_counted_from_their_starts_and_ends(
    calls: list[tuple[float, float | None]], most: int
) -> None:
    assert json.loads(_made(AT_ONCE, calls)) == most
