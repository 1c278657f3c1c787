# ruff: noqa: INP001 - a script beside shell scripts, not a package
"""Starts and stops the simulator behind the stack "local".

`start` prints one line: address and API key of the pod `in`, and the address of the pod `na`. A simulator that runs
already is used as it is.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rcs_simulator.server.data_folder import Folder, FolderInUseError

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Folder(ROOT / ".local" / "simulator")
PID = FOLDER.path / "pid"
LOG = ROOT / ".local" / "simulator.log"
PATIENCE = 30  # seconds: a busy machine takes a few to start Python


def running() -> bool:
    """Tell whether a simulator holds the folder. Its process id alone could be a stranger's after a restart."""
    try:
        FOLDER.lock()
    except FolderInUseError:
        return True
    FOLDER.unlock()
    return False


def address(pod: str) -> dict[str, str]:
    """Return where a pod listens (`url`) and what it accepts (`sid`, `api_key`)."""
    addresses: dict[str, dict[str, str]] = json.loads((FOLDER.path / "addresses.json").read_text())
    return addresses[pod]


def listening() -> bool:
    """Tell whether the simulator answers. No request is sent, so that its journal shows only real ones."""
    if not PID.exists():  # it is there while the simulator listens
        return False
    try:
        parts = urlsplit(address("in")["url"])
        socket.create_connection((parts.hostname or "", parts.port or 80), timeout=2).close()
    except OSError:
        return False
    return True


def wait(condition: Callable[[], bool], complaint: str) -> None:
    """Return when the condition holds; end the program with the complaint when it takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"{complaint}: see {LOG}")
        time.sleep(0.05)


def launch() -> subprocess.Popen[bytes]:
    """Start a simulator in the background."""
    PID.unlink(missing_ok=True)  # of one that was killed
    FOLDER.path.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "rcs_simulator", "--port", "0", "--na-port", "0", "--data", str(FOLDER.path)]
    with LOG.open("ab") as log:
        # A session of its own: Ctrl-C during `make up` is for Pulumi, which still needs the API to finish.
        return subprocess.Popen(  # noqa: S603 - our own module
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )


def start() -> None:
    """Start the simulator unless it runs, wait until it listens, and print where and with which key."""
    process = None if running() else launch()

    def ended() -> bool:
        return process is not None and process.poll() is not None

    wait(lambda: ended() or listening(), "The simulator does not answer")
    if ended():
        sys.exit(f"The simulator ended as soon as it was started: see {LOG}")
    pod = address("in")
    sys.stdout.write(f"{pod['url']} {pod['api_key']} {address('na')['url']}\n")


def stop() -> None:
    """Stop the simulator if it runs, and wait until it is gone."""
    if running():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it is about to end by itself
            os.kill(int(PID.read_text()), signal.SIGTERM)
        wait(lambda: not running(), "The simulator does not stop")


if __name__ == "__main__":
    {"start": start, "stop": stop}[sys.argv[1]]()
