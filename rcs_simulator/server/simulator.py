"""Simulator: a server for each pod, on a port of its own, with or without a folder that keeps the state (C1)."""

from __future__ import annotations

import contextlib
import socket
from typing import TYPE_CHECKING

from rcs_simulator.control.world import World
from rcs_simulator.pod import PODS
from rcs_simulator.server.data_folder import Folder
from rcs_simulator.server.runner import Runner

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from typing_extensions import Self

BACKLOG = 1024
LOOPBACK = "127.0.0.1"


class SimulatorError(RuntimeError):
    """The simulator is not in the state that the call needs, or cannot start."""


class Simulator:
    """A server for both pods; ready when `start()` returns.

    Args:
        data: folder that keeps the state over restarts; None for state in memory that `stop()` forgets.
        ports: port by pod; 0 is the one used last if it is free, else any.
        host: address to listen on.
        seed: what ids and agent numbers derive from (C16).

    As a context manager it starts and stops itself.
    """

    def __init__(
        self,
        data: str | os.PathLike[str] | None = None,
        ports: Mapping[str, int] | None = None,
        host: str = LOOPBACK,
        seed: int = 1,
    ) -> None:
        self.folder = None if data is None else Folder(data)
        self.ports = dict.fromkeys(PODS, 0) | dict(ports or {})
        self.host = host
        self.seed = seed
        self.sockets: dict[str, socket.socket] = {}
        self.last: dict[str, int] = {}
        self.runner: Runner | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_details: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen on both ports and serve.

        Raises:
            SimulatorError: it is running already.
            FolderInUseError: another simulator uses the folder.
            OSError: a port is taken.
        """
        if self.runner is not None:
            raise SimulatorError("the simulator is running already")
        with contextlib.ExitStack() as undo:
            if self.folder:
                self.folder.lock()
                undo.callback(self.folder.unlock)
                self.last = self.last or self.folder.ports()
            for pod in PODS:
                self.sockets[pod] = undo.enter_context(self._listener(pod))
                self.last[pod] = self.sockets[pod].getsockname()[1]
            self.runner = Runner(self.sockets, ":memory:" if self.folder is None else self.folder.database, self.seed)
            self.runner.start()
            undo.pop_all()

    def _listener(self, pod: str) -> socket.socket:
        last = self.last.get(pod, 0)
        if self.ports[pod] or not last:
            return _listen(self.host, self.ports[pod])
        try:
            return _listen(self.host, last)
        except OSError:
            return _listen(self.host, 0)

    def stop(self) -> None:
        """Stop serving and drop the open connections; does nothing if the simulator is not running."""
        if self.runner is None:
            return
        self.runner.stop()
        self.runner = None
        self.sockets.clear()
        if self.folder:
            self.folder.unlock()

    def url(self, pod: str) -> str:
        """Return a pod's origin, such as `http://127.0.0.1:43121`.

        Raises:
            SimulatorError: the simulator is not running, or there is no such pod.
        """
        if pod not in self.sockets:
            raise SimulatorError(f"pod {pod!r} is not being served; pods are {', '.join(PODS)}")
        host, port = self.sockets[pod].getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def world(self, pod: str) -> World:
        """Return a pod's world, with which a test prepares and questions it.

        Raises:
            SimulatorError: the simulator is not running, or there is no such pod.
        """
        return World(self.url(pod))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, or asyncio leaves Nagle on
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener
