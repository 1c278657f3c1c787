"""The executables of the provider plugin: that of this environment, and those that an engine would find."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path
from typing import Final

from rcs_provider.core.kind import PACKAGE

NAME: Final = f"pulumi-resource-{PACKAGE}"
_PATIENCE: Final = 20.0
"""Seconds: another plugin of the same name may know no `--version`, and wait for an engine."""


def here() -> Path | None:
    """The executable of the environment that this runs in; None where it has none."""
    folders = (sysconfig.get_path("scripts"), sysconfig.get_path("scripts", f"{os.name}_user"))
    return next((found for each in folders if is_executable(found := Path(each) / NAME)), None)


def on_path(path: str) -> list[Path]:
    """Those on a PATH, in the order in which the engine looks, each file once."""
    found: dict[Path, Path] = {}
    for each in path.split(os.pathsep):
        file = Path(each or ".") / NAME
        if is_executable(file):
            found.setdefault(file.resolve(), file)
    return list(found.values())


def is_executable(file: Path) -> bool:
    """Whether a file is there and may be run."""
    return file.is_file() and os.access(file, os.X_OK)


def version(file: Path) -> str | None:
    """The version that an executable tells; None where it tells none, as one whose environment is gone."""
    try:
        done = subprocess.run(  # noqa: S603 - a plugin that the engine would start, too
            [file, "--version"], capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=_PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = done.stdout.decode(errors="replace").split()
    return words[1] if done.returncode == 0 and len(words) == 2 and words[0] == NAME else None  # noqa: PLR2004
