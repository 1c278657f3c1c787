"""The Pythons of this machine."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def find(version: str, environment: Mapping[str, str] = os.environ) -> Path | None:
    """A Python of a version such as 3.12, or None.

    Every folder on PATH is tried, and then what pyenv keeps: the shims that pyenv puts on PATH are there for versions
    that it does not run, too, and hide others behind them.
    """
    return next((each for each in _candidates(version, environment) if _answers(each, version)), None)


def _candidates(version: str, environment: Mapping[str, str]) -> Iterator[Path]:
    for folder in map(Path, environment.get("PATH", "").split(os.pathsep)):
        if not (folder.parent / "pyvenv.cfg").exists():  # the Python of a virtual environment
            yield folder / f"python{version}"
    pyenv = Path(environment.get("PYENV_ROOT") or Path(environment.get("HOME", "/")) / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}"), reverse=True)


def _answers(python: Path, version: str) -> bool:
    asks = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
    if not os.access(python, os.X_OK):
        return False
    # Not by what it prints alone: a shim that refuses explains itself.
    asked = subprocess.run([python, "-c", asks], capture_output=True, text=True, check=False)  # noqa: S603
    return asked.returncode == 0 and asked.stdout.strip() == version
