"""An exported program as the tools of whoever takes it over see it."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

from accounts import ACCOUNT, seen
from fakes import settings
from proves import proves

from rcs_provider.export import project
from rcs_provider.export.inventory import Inventory

ROOT = Path(__file__).resolve().parents[2]


def _program(found: Inventory = ACCOUNT) -> str:
    return project(settings(endpoint=None), found, "program", "in")["__main__.py"]


def test_the_program_is_python_whatever_the_values_are() -> None:
    odd = Inventory(
        (seen("71732", "SUPPORT", "919000000001", description="word " * 19 + "end", display_name='"Q" \\ é'),)
    )
    assert ast.parse(_program(odd))


@proves("E2")
def test_both_type_checkers_pass_the_program(tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text(_program())
    mypy = [sys.executable, "-m", "mypy", "--strict", str(file)]
    done = subprocess.run(mypy, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    here = Path(sys.prefix)
    config = {
        "typeCheckingMode": "strict", "extraPaths": [str(ROOT)], "venvPath": str(here.parent), "venv": here.name,
    }  # fmt: skip
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(config))
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--project", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
