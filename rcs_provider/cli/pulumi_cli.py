"""Pulumi's own command line, asked and never told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from rcs_provider.core.text import one_line

_PATIENCE: Final = 60.0
"""Seconds: a backend may be far away, and a key service may have to be asked."""

_SDK_IN_GO: Final = rb"(?:mod|dep)\tgithub\.com/pulumi/pulumi/sdk/v3\tv(\d+)\.(\d+)\.(\d+)"


class PulumiError(Exception):
    """The CLI is not there, or did not do it; the text says why in one line."""


def is_there() -> bool:
    """Whether there is a CLI on PATH."""
    return shutil.which("pulumi") is not None


def language_host() -> tuple[int, ...]:
    """The SDK's version that the CLI's language host for Python was built with; empty where it cannot be told.

    The host has no option that tells it. Go writes the versions of its modules into what it builds.
    """
    found = shutil.which("pulumi")
    host = Path(found).resolve().with_name("pulumi-language-python") if found else None
    try:
        built = re.search(_SDK_IN_GO, host.read_bytes()) if host else None
    except OSError:
        return ()
    return tuple(int(each) for each in built.groups()) if built else ()


def ask(*arguments: str, folder: Path | None = None, patience: float = _PATIENCE, even_failed: bool = False) -> str:
    """What a command of the CLI prints.

    Args:
        arguments: of the command.
        folder: to run it in; None is the current one.
        patience: seconds.
        even_failed: what it printed counts, however it ended.

    Raises:
        PulumiError: with the CLI's own last line where it has said why.
    """
    found = shutil.which("pulumi")
    if found is None:
        raise PulumiError("pulumi is not on PATH")
    try:
        done = subprocess.run(  # noqa: S603 - the CLI, with options of ours and a stack's name
            [found, *arguments],
            cwd=folder,
            env={"PULUMI_SKIP_UPDATE_CHECK": "true", **os.environ},
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=patience,
        )
    except subprocess.TimeoutExpired:
        raise PulumiError(f"pulumi did not end within {patience:g} s") from None
    except OSError as error:
        raise PulumiError(f"pulumi could not be started ({error.strerror})") from None
    if done.returncode != 0 and not (even_failed and done.stdout.strip()):
        raise PulumiError(_last_line(done.stderr) or f"pulumi ended with code {done.returncode}")
    return done.stdout.decode(errors="replace")


def _last_line(text: bytes) -> str:
    lines = [line for line in text.decode(errors="replace").splitlines() if line.strip()]
    return one_line(lines[-1]).removeprefix("error: ") if lines else ""
