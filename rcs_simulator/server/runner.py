"""Runner: the thread in which both pods are served (C1)."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import uvicorn

from rcs_simulator.faults.connection import OpenProtocol
from rcs_simulator.pod import Pod
from rcs_simulator.server.application import application
from rcs_simulator.state.storage import connect

if TYPE_CHECKING:
    import socket
    import sqlite3
    from collections.abc import Mapping


class Runner(threading.Thread):
    """The thread in which both pods are served and their database is used."""

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
    """uvicorn's server without its handling of signals, as the runner opens and closes it."""

    async def open(self, listener: socket.socket) -> None:
        """Start serving a listening socket."""
        self.config.load()
        self.lifespan = self.config.lifespan_class(self.config)
        await self.startup(sockets=[listener])

    async def close(self) -> None:
        """Stop serving: drop connections and cancel the requests that are still being handled."""
        for server in self.servers:
            for listener in server.sockets:
                asyncio.get_running_loop().remove_reader(listener.fileno())
        await _turns()  # whoever was just let in gets a connection that can be dropped, which a closed server denies
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        tasks = list(self.server_state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await _turns()  # the transports close their sockets


async def _turns() -> None:
    """Let the loop finish what is under way: accepting a connection takes it three turns, dropping one takes one."""
    for _ in range(3):
        await asyncio.sleep(0)
