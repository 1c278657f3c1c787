"""The data folder: the database, the addresses for other programs, and the lock that keeps it to one simulator."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit


class FolderInUseError(RuntimeError):
    """Another simulator uses the folder; the message names it."""


class Folder:
    """A folder that keeps a simulator's state.

    Args:
        path: created if missing.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.lockfile: IO[str] | None = None

    @property
    def database(self) -> str:
        """Path of the SQLite database."""
        return str(self.path / "simulator.db")

    def lock(self) -> None:
        """Lock the folder; the operating system releases it when the process ends, however it ends.

        Raises:
            FolderInUseError: another simulator has locked it.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        lockfile = (self.path / "lock").open("w")
        try:
            fcntl.flock(lockfile, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lockfile.close()
            raise FolderInUseError(f"a simulator is already running on {self.path}") from None
        self.lockfile = lockfile

    def unlock(self) -> None:
        """Release the folder."""
        if self.lockfile:
            self.lockfile.close()
            self.lockfile = None

    def ports(self) -> dict[str, int]:
        """Return the port of each pod that `publish()` wrote last; empty if it never did."""
        try:
            known: dict[str, dict[str, str]] = json.loads((self.path / "addresses.json").read_text())
        except (OSError, ValueError):
            return {}
        return {pod: urlsplit(address["url"]).port or 0 for pod, address in known.items()}

    def publish(self, addresses: dict[str, dict[str, str]]) -> None:
        """Write `addresses.json`, `{"in": {"url", "sid", "api_key"}, "na": {...}}`, and `pid`, each in one step."""
        self._write("addresses.json", json.dumps(addresses, indent=2) + "\n")
        self._write("pid", f"{os.getpid()}\n")  # last: once it is there, the addresses are those of this start

    def _write(self, name: str, text: str) -> None:
        temporary = self.path / f".{name}.{os.getpid()}"
        temporary.write_text(text)
        temporary.replace(self.path / name)

    def retire(self) -> None:
        """Remove `pid` at a clean end; the addresses stay, so that a restart uses the same ports."""
        (self.path / "pid").unlink(missing_ok=True)
