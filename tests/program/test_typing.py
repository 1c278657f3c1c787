"""Both type checkers, strict, pass programs that are right and refuse each one that is wrong."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from proves import proves

ROOT = Path(__file__).resolve().parents[2]
RIGHT, WRONG = ROOT / "tests/typing/ok.py", ROOT / "tests/typing/wrong.py"
MARKED = {place: line for place, line in enumerate(WRONG.read_text().splitlines(), 1) if "  # wrong: " in line}


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240
    )


def _mypy() -> dict[Path, set[int]]:
    """Lines with errors by file, as mypy has them; what it has read for `make lint` it does not read again."""
    done = _run("mypy", "--strict", "--no-error-summary", "--show-absolute-path", str(RIGHT), str(WRONG))
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: dict[Path, set[int]] = {}
    for line in done.stdout.splitlines():
        if match := re.match(r"(.+?):(\d+): error: ", line):
            found.setdefault(Path(match[1]), set()).add(int(match[2]))
    return found


def _pyright(folder: Path) -> dict[Path, set[int]]:
    """Lines with errors by file, as pyright has them; of copies, as the project's own settings leave one file out."""
    copies = {Path(shutil.copy(each, folder)).resolve(): each for each in (RIGHT, WRONG)}
    settings = {
        "typeCheckingMode": "strict", "include": ["."], "extraPaths": [str(ROOT)],
        "venvPath": str(Path(sys.prefix).parent), "venv": Path(sys.prefix).name,
    }  # fmt: skip
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    done = _run("pyright", "--outputjson", "--project", str(folder))
    assert done.returncode in (0, 1), done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] == 2
    found: dict[Path, set[int]] = {}
    for each in report["generalDiagnostics"]:
        start, end = (each["range"][end]["line"] + 1 for end in ("start", "end"))
        assert start == end, each
        found.setdefault(copies[Path(each["file"]).resolve()], set()).add(start)
    return found


def _check(found: dict[Path, set[int]]) -> None:
    assert found.get(RIGHT, set()) == set()
    lines = WRONG.read_text().splitlines()
    assert [lines[place - 1] for place in sorted(found[WRONG] - set(MARKED))] == [], "right, and refused"
    assert [MARKED[place] for place in sorted(set(MARKED) - found[WRONG])] == [], "wrong, and passed"


def test_there_is_a_wrong_program_on_every_marked_line() -> None:
    assert len(MARKED) > 40


@proves("E2")
@pytest.mark.timeout(300)
def test_mypy_passes_what_is_right_and_refuses_each_marked_line() -> None:
    _check(_mypy())


@proves("E2")
@pytest.mark.timeout(300)
def test_pyright_passes_what_is_right_and_refuses_each_marked_line(tmp_path: Path) -> None:
    _check(_pyright(tmp_path))
