"""The configuration of a Pulumi stack, as the CLI decrypts it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.envelope import one_line
from rcs_provider.errors import ConfigError
from rcs_provider.fields import is_block

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PROJECT_FILES: Final = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")
_NONE_SELECTED: Final = "no stack selected"
_PATIENCE: Final = 60.0
"""Seconds for `pulumi config`: a backend may be far away, and a key service may have to be asked."""


@dataclass(frozen=True)
class Stack:
    """What was read.

    Attributes:
        name: what messages call the stack; empty where none was read.
        values: the configured text of each key, `rcs:pod` and the like, secrets decrypted.
        trouble: why none was read although there is one, or nothing.
    """

    name: str = ""
    values: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    trouble: str = ""


def read(name: str | None, folder: Path) -> Stack:
    """The configuration of the stack of that name, or of the selected one.

    Args:
        name: of the stack; None takes the selected one, and nothing where there is no project, CLI or selection.
        folder: where to look for the project, its parents included.

    Raises:
        ConfigError: the stack was named, and its configuration could not be read.
    """
    if name is None and (not _is_project(folder) or shutil.which("pulumi") is None):
        return Stack()
    try:
        return Stack(f"stack {name}" if name else "the selected stack", _values(name, folder))
    except ConfigError as error:
        if name is not None:
            raise
        return Stack(trouble="" if _NONE_SELECTED in error.message else error.message)


def _is_project(folder: Path) -> bool:
    folder = folder.resolve()
    return any((each / file).is_file() for each in (folder, *folder.parents) for file in _PROJECT_FILES)


def _values(name: str | None, folder: Path) -> dict[str, str]:
    called = f"stack {name}" if name else "the selected stack"
    document: Any = None
    try:
        document = json.loads(_config(["--stack", name] if name else [], folder))
    except _PulumiError as error:
        raise ConfigError(f"the configuration of {called} could not be read: {error}") from None
    except ValueError:
        document = None
    if not is_block(document):
        raise ConfigError(f"the configuration of {called} could not be read: pulumi answered no JSON")
    found = {key: entry.get("value") for key, entry in document.items() if is_block(entry)}
    return {key: value for key, value in found.items() if isinstance(value, str)}


class _PulumiError(Exception):
    """The CLI did not do it; the text says why in one line."""


def _config(options: list[str], folder: Path) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the CLI with options of ours and one name
            [_pulumi(), "config", "--json", "--show-secrets", "--non-interactive", *options],
            cwd=folder,
            env={"PULUMI_SKIP_UPDATE_CHECK": "true", **os.environ},
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise _PulumiError(f"pulumi did not end within {_PATIENCE:g} s") from None
    except OSError as error:
        raise _PulumiError(f"pulumi could not be started ({error.strerror})") from None
    if done.returncode != 0:
        raise _PulumiError(_last_line(done.stderr) or f"pulumi ended with code {done.returncode}")
    return done.stdout.decode(errors="replace")


def _pulumi() -> str:
    found = shutil.which("pulumi")
    if found is None:
        raise _PulumiError("pulumi is not on PATH")
    return found


def _last_line(text: bytes) -> str:
    lines = [line for line in text.decode(errors="replace").splitlines() if line.strip()]
    return one_line(lines[-1]).removeprefix("error: ") if lines else ""
