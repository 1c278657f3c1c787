"""Server: both worlds in one thread, each on a port of its own (C1)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Any

import uvicorn

from rcs_simulator.folder import Folder
from rcs_simulator.pod import PODS, Pod
from rcs_simulator.protocol import OpenProtocol
from rcs_simulator.storage import connect
from rcs_simulator.urls import application
from rcs_simulator.world import World

if TYPE_CHECKING:
    import os
    import sqlite3
    from collections.abc import Mapping

    from typing_extensions import Self

BACKLOG = 1024
LOOPBACK = "127.0.0.1"


class SimulatorError(RuntimeError):
    """The simulator is not in the state that the call needs, or cannot start."""


class Simulator:
    """A server for both pods; ready when `start()` returns.

    Args:
        data: folder that keeps the state over restarts, or nothing for state in memory that ends with `stop()`.
        ports: port by pod; 0 takes the one used last if it is free, else any.
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
            SimulatorError: running already.
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
        """Stop serving, dropping the connections that are open; does nothing when not running."""
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
            SimulatorError: not running, or no such pod.
        """
        if pod not in self.sockets:
            raise SimulatorError(f"pod {pod!r} is not being served; pods are {', '.join(PODS)}")
        host, port = self.sockets[pod].getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def world(self, pod: str) -> World:
        """Return a pod's world, to prepare and to question it.

        Raises:
            SimulatorError: not running, or no such pod.
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


class Runner(threading.Thread):
    """The thread in which both worlds are served and their database is used."""

    def __init__(self, sockets: Mapping[str, socket.socket], database: str, seed: int) -> None:
        super().__init__(name="rcs-simulator", daemon=True)
        self.sockets = dict(sockets)
        self.connection: sqlite3.Connection = connect(database)
        self.pods = {name: Pod(name, self.connection, seed) for name in sockets}
        self.loop = asyncio.new_event_loop()
        self.ended = asyncio.Event()

    def run(self) -> None:
        """Serve until `stop()`."""
        try:
            self.loop.run_until_complete(self._serve())
        finally:
            self.loop.close()
            self.connection.close()

    async def _serve(self) -> None:
        servers = [Server(_config(pod)) for pod in self.pods.values()]
        for server, listener in zip(servers, self.sockets.values(), strict=True):
            await server.open(listener)
        await self.ended.wait()
        for server in servers:
            await server.close()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self.loop.call_soon_threadsafe(self.ended.set)
        self.join()


def _config(pod: Pod) -> uvicorn.Config:
    options: dict[str, Any] = {"lifespan": "off", "ws": "none", "interface": "asgi3", "timeout_keep_alive": 75}
    quiet: dict[str, Any] = {
        "access_log": False,
        "log_config": None,
        "log_level": "critical",
        "server_header": False,
        "date_header": False,
    }
    return uvicorn.Config(application(pod), http=OpenProtocol, **options, **quiet)


class Server(uvicorn.Server):
    """uvicorn's server without its signals and its waiting: opened and closed by the runner."""

    async def open(self, listener: socket.socket) -> None:
        """Start serving a listening socket."""
        self.config.load()
        self.lifespan = self.config.lifespan_class(self.config)
        await self.startup(sockets=[listener])

    async def close(self) -> None:
        """Stop serving: drop connections and give up what is still being handled."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        tasks = list(self.server_state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # lets the transports close their sockets
