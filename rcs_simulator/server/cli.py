"""The command line: one simulator on one data folder, until it is told to end."""

from __future__ import annotations

import argparse
import ipaddress
import signal
import sys
from typing import TYPE_CHECKING, Any

from rcs_simulator.pod import PODS
from rcs_simulator.server.data_folder import Folder, FolderInUseError
from rcs_simulator.server.simulator import LOOPBACK, Simulator

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDINGS = (signal.SIGTERM, signal.SIGINT)


OPTIONS: dict[str, dict[str, Any]] = {
    "--data": {"required": True, "help": "folder of the state, created if missing"},
    "--port": {"type": int, "default": 0, "help": "port of pod in; 0: the last one used if free, else any"},
    "--na-port": {"type": int, "default": 0, "help": "port of pod na, likewise"},
    "--host": {"default": LOOPBACK, "help": "address to listen on, %(default)s unless --public is given"},
    "--seed": {"type": int, "default": 1, "help": "what ids and agent numbers derive from"},
    "--public": {"action": "store_true", "help": "allow a --host that other machines can reach"},
}


def parser() -> argparse.ArgumentParser:
    """Return the command's options."""
    options = argparse.ArgumentParser(prog="python -m rcs_simulator", description=__doc__)
    for name, details in OPTIONS.items():
        options.add_argument(name, **details)
    return options


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 after a clean end, 1 where it cannot start."""
    chosen = parser().parse_args(arguments)
    if not is_loopback(chosen.host) and not chosen.public:
        return _complain(f"--host {chosen.host} can be reached from other machines; add --public if that is wanted")
    ports = {"in": chosen.port, "na": chosen.na_port}
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)  # before the thread starts, which inherits it
    try:
        _run(Simulator(chosen.data, ports, chosen.host, chosen.seed), Folder(chosen.data))
    except FolderInUseError as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"cannot listen on {chosen.host}: {error.strerror or error}")
    return 0


def _run(simulator: Simulator, folder: Folder) -> None:
    with simulator:
        worlds = {pod: simulator.world(pod) for pod in PODS}
        folder.publish(
            {pod: {"url": world.url, "sid": world.sid, "api_key": world.api_key} for pod, world in worlds.items()}
        )
        for pod, world in worlds.items():
            print(f"{pod}: {world.url}", flush=True)  # noqa: T201 - what the command is asked for
        signal.sigwait(ENDINGS)
        folder.retire()


def _complain(line: str) -> int:
    print(f"rcs_simulator: {line}", file=sys.stderr)  # noqa: T201 - the command's one line
    return 1
