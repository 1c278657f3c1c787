"""A command of the CLI that still runs: a test can wait for what it does, interrupt it, and kill parts of it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from project import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from stage import Stage
    from typing_extensions import Self

PATIENCE: Final = 120.0
"""Seconds after which what a test waits for does not come any more."""

_MARK: Final = "RCS_TEST_RUN"


def wait_for(event: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Waits for an event that the test causes, and gives what it gives."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = event()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited in vain for {what}")


class Running:
    """A command that was started; leaving the context kills whatever is left of it, its orphans included."""

    def __init__(self, stage: Stage, *arguments: str) -> None:
        self._mark = uuid4().hex
        self._serves = stage.face.process.encode()
        self._output = stage.folder / f"{self._mark}.log"
        with self._output.open("w") as output:
            self.process = subprocess.Popen(
                ["pulumi", *arguments, "--non-interactive"],
                cwd=stage.folder,
                env={**stage.environment(), _MARK: self._mark},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # As on a terminal, an interrupt reaches the CLI; it must not reach the tests.
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        for _ in range(5):
            left = self.processes()
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            if not left:
                break
        self.process.wait(PATIENCE)

    @property
    def out(self) -> str:
        """What it has said so far."""
        return self._output.read_text()

    def says(self, text: str) -> str:
        """Waits until it has said something."""
        return str(wait_for(lambda: self.out if text in self.out else "", f"{text!r} in\n{self.out}"))

    def ended(self, patience: float = PATIENCE) -> Run:
        """Waits until it has ended."""
        return Run(self.process.wait(patience), self.out)

    def processes(self) -> list[int]:
        """The processes that it started, itself and its orphans included, and that are alive."""
        return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit() and self._is_mine(each.name)]

    def providers(self) -> list[int]:
        """The processes among them that serve the resources."""
        return [pid for pid in self.processes() if self._serves in _read(pid, "cmdline")]

    def kill(self, *pids: int) -> None:
        """Kills processes at once, without giving them a word."""
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    def interrupt(self) -> None:
        """What Ctrl-C does to the CLI."""
        self.process.send_signal(signal.SIGINT)

    def _is_mine(self, pid: str) -> bool:
        return f"{_MARK}={self._mark}".encode() in _read(pid, "environ") and b") Z " not in _read(pid, "stat")


def _read(pid: int | str, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
