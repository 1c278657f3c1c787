"""The plugin's process: it serves until the engine ends it, goes away or cancels the run, and leaves no orphan."""

from __future__ import annotations

import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from rcs_provider.core.run import leave_records
from rcs_provider.serving import orphan
from rcs_provider.serving.cancellation import CANCELLED

from .servicer import Servicer

_WORKERS: Final = 1024
"""Calls that are answered at once: more than `--parallel`, four for each core by default, lets an engine have under
way, so that a `Cancel` never waits for them. A thread is made only where no other is idle."""
_LARGEST: Final = 400 << 20
"""Bytes of a message, as the engine has it."""
_REST: Final = 1.0
"""Seconds without a call after which a cancelled run asks for nothing more."""
_FINISHING: Final = 3600.0
"""Seconds that calls under way may take to finish; each has its own deadline."""


def serve(address: str) -> None:
    """Serves an engine until the end of the run.

    Args:
        address: of the engine; empty where it attaches itself later.
    """
    ended, told = threading.Event(), threading.Event()

    def end(*_: object) -> None:
        CANCELLED.set()
        told.set()
        ended.set()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
    server, port = _started(Servicer(address, _follow, ended.set))
    if address:
        _follow(address)
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    ended.wait()
    # A cancelled run may ask for more. An engine that closes cancels, too, but sends the signal at once.
    while (left := _REST - orphan.resting()) > 0 and not told.wait(left):
        pass
    server.stop(_FINISHING).wait()
    leave_records()


def _follow(address: str) -> None:
    orphan.end_with_engine(address, CANCELLED.set, leave_records)


def _started(servicer: Servicer) -> tuple[Any, int]:
    """The server and its port."""
    sizes = [(f"grpc.max_{way}_message_length", _LARGEST) for way in ("send", "receive")]
    library: Any = grpc  # its stubs leave types out
    server = library.server(ThreadPoolExecutor(max_workers=_WORKERS), options=sizes)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port
