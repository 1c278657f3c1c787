"""The program under test: as a process of its own, in a pipe or on a terminal; and a made-up CLI of Pulumi's."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcs_simulator import World

ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = (sys.executable, "-m", "rcs_provider")


@dataclass(frozen=True)
class Done:
    """What one run did: its exit code, and the texts of both streams."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Standard output, line by line."""
        return self.out.splitlines()


def cells(done: Done) -> list[list[str]]:
    """The rows of a run whose output is no terminal, headings first."""
    assert (done.code, done.err) == (0, ""), done
    return [line.split("\t") for line in done.lines]


def account_of(world: World) -> dict[str, str]:
    """The environment that names a world's first account."""
    return {
        "KALEYRA_POD": "in",
        "KALEYRA_SID": world.sid,
        "KALEYRA_API_KEY": world.api_key,
        "KALEYRA_ENDPOINT": world.url,
    }


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """A whole environment: the machine's, without accounts, proxies and wishes for colour, and what is given."""
    foreign = ("KALEYRA_", "PULUMI_", "VIRTUAL_ENV", "NO_COLOR", "TERM", "COLUMNS", "PYTHON")
    ambient = {k: v for k, v in os.environ.items() if not k.startswith(foreign) and not k.lower().endswith("_proxy")}
    return {**ambient, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **given}


def run(*arguments: str, env: Mapping[str, str], folder: Path | None = None, stdin: str = "") -> Done:
    """Runs the program with its streams in pipes."""
    done = subprocess.run(
        [*PROGRAM, *arguments],
        env=environment(env),
        cwd=folder,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def run_on_terminal(*arguments: str, env: Mapping[str, str], columns: int = 100, code: int = 0) -> str:
    """Runs the program on a terminal of that many columns, and gives what the terminal receives."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with subprocess.Popen(
        [*PROGRAM, *arguments], env=environment(env), stdin=slave, stdout=slave, stderr=slave
    ) as process:
        os.close(slave)
        received = _drained(master)
        assert process.wait(timeout=60) == code, received
    os.close(master)
    return received.replace("\r\n", "\n")


def _drained(master: int) -> str:
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # Linux says so when the last process with the terminal is gone
            part = b""
        if not part:
            return b"".join(parts).decode()
        parts.append(part)


def fake_pulumi(
    folder: Path, *, version: str = "v3.259.0", config: Mapping[str, Any] | None = None, fails: str = ""
) -> str:
    """Writes a CLI that tells a version and a configuration, or why it has none; gives a PATH that begins with it."""
    folder.mkdir(exist_ok=True)
    entries = {name: {"value": str(value), "secret": False} for name, value in (config or {}).items()}
    answers = {"version": version, "config": json.dumps(entries), "stack": "dev"}
    script = folder / "pulumi"
    refuse = f"if {fails!r} and sys.argv[1] == 'config': sys.exit('error: ' + {fails!r})"
    script.write_text(f"#!{sys.executable}\nimport sys\n{refuse}\nprint({answers!r}[sys.argv[1]])\n")
    script.chmod(0o755)
    return os.pathsep.join([str(folder), "/usr/bin", "/bin"])
