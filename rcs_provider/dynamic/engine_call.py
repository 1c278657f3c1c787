"""The engine's own call behind a provider method: whom it is about, how to speak to its row, how to fail well.

The SDK's server hands none of this to a provider. It is found on the stack, in the frame of the server's method, and is
absent where a later SDK looks different or a method is called without an engine; everything here then does less, and
nothing breaks.
"""

from __future__ import annotations

import inspect
import re
import shlex
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import grpc
from google.protobuf import any_pb2, struct_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2, status_pb2
from pulumi.runtime.settings import get_engine

from rcs_provider.core.text import one_line

from . import PROVIDER_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COMMAND: Final = re.compile(r"`pulumi [^`]*`")
"""A command in a hint, which may hold the word URN in place of the resource's own."""
_METHODS: Final = ("Check", "Diff", "Create", "Read", "Update", "Delete")
_UNKNOWN_STATUS: Final = 2

CANCELLED: Final = threading.Event()
"""Set once the engine has told this process that the run is cancelled."""
_SEVERITIES: Final = {
    "debug": engine_pb2.DEBUG,
    "info": engine_pb2.INFO,
    "warning": engine_pb2.WARNING,
    "error": engine_pb2.ERROR,
}


@dataclass(frozen=True)
class EngineCall:
    """One call of the engine's that is being answered.

    Attributes:
        request: the gRPC message.
        context: gRPC's side of the call.
    """

    request: Any
    context: Any

    @property
    def urn(self) -> str:
        """Of the resource that the call is about."""
        return str(getattr(self.request, "urn", ""))

    @property
    def limit(self) -> float | None:
        """Seconds that `custom_timeouts` gives the operation, or None."""
        return float(getattr(self.request, "timeout", 0)) or None

    @property
    def cancelled(self) -> bool:
        """Whether the run was cancelled, or whoever asked is gone."""
        return CANCELLED.is_set() or not self.context.is_active()

    def log(self, message: str, level: str, *, ephemeral: bool) -> bool:
        """Shows a line in the resource's own row; tells whether that worked."""
        try:
            line = engine_pb2.LogRequest(
                urn=self.urn, message=message, severity=_SEVERITIES[level], ephemeral=ephemeral
            )
            stub: Any = _engine(sys.argv[-1])
            stub.Log(line, timeout=5)
        except Exception:  # noqa: BLE001 - a line that cannot be shown must not fail the operation
            return False
        return True

    def fail(self, message: str, *details: Any) -> None:
        """Makes the engine print exactly this message, whatever is raised next.

        It travels in the trailer in which gRPC's rich errors do; the SDK would wrap the exception's text in its own.
        """
        status = status_pb2.Status(code=_UNKNOWN_STATUS, message=message, details=details)
        self.context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))

    def half_made(self, id_: str, state: Mapping[str, Any], inputs: Mapping[str, Any], reasons: Sequence[str]) -> None:
        """Makes the engine store an object whose creation is only half done, and show the reasons."""
        detail = any_pb2.Any()
        detail.Pack(
            provider_pb2.ErrorResourceInitFailed(
                id=id_, properties=self._struct(state), inputs=self._struct(inputs), reasons=list(reasons)
            )
        )
        self.fail("; ".join(reasons), detail)

    def _struct(self, values: Mapping[str, Any]) -> struct_pb2.Struct:
        struct = struct_pb2.Struct()
        struct.update({**values, PROVIDER_KEY: self.request.properties[PROVIDER_KEY]})
        return struct


@dataclass(frozen=True)
class Voice:
    """Speaks to the user in the row of the resource that a call is about; without an engine only warnings are heard.

    Attributes:
        call: of the engine's, or None.
        key: the api-key, which is taken out of whatever is said.
    """

    call: EngineCall | None
    key: str | None = None

    def __call__(self, message: str, level: str = "info", *, ephemeral: bool = False) -> None:
        """See `client.Say`."""
        text = self.scrubbed(message)
        told = self.call is not None and self.call.log(text, level, ephemeral=ephemeral)
        if not told and level == "warning" and not ephemeral:
            # The other end of the pipe is gone where the engine was killed; the operation goes on.
            with suppress(OSError):
                print(f"warning: {text}", file=sys.stderr)  # noqa: T201 - the engine shows it

    def scrubbed(self, message: str) -> str:
        """A message fit to be shown: one line, without the key, with the resource's URN where a command needs it."""
        text = message.replace(self.key, "***") if self.key else message
        urn = "" if self.call is None else self.call.urn
        return one_line(_COMMAND.sub(lambda found: _filled_in(found[0], urn), text) if urn else text, limit=2000)


def _filled_in(command: str, urn: str) -> str:
    """A command with the resource's URN, quoted for a shell, in place of the word URN."""
    quoted = shlex.quote(urn)
    return re.sub(r"\bURN\b", lambda _: quoted if quoted != urn else f"'{urn}'", command)


def current_call() -> EngineCall | None:
    """The call that is being answered on this thread, or None."""
    frame = inspect.currentframe()
    while frame is not None:
        if frame.f_code.co_name in _METHODS:
            request, context = frame.f_locals.get("request"), frame.f_locals.get("context")
            if hasattr(context, "set_trailing_metadata") and hasattr(request, "urn"):
                return EngineCall(request, context)
        frame = frame.f_back
    return None


@lru_cache(maxsize=1)
def _engine(address: str) -> engine_pb2_grpc.EngineStub:
    return engine_pb2_grpc.EngineStub(grpc.insecure_channel(address))


def hear_cancellation() -> None:
    """Makes the SDK's server tell when the engine cancels a run, which it takes note of and forgets.

    The method was bound when the server started, so only the code of its function can still be exchanged. Where the SDK
    looks different, cancelling works as it does without this: after the repeats of the call that is under way.
    """
    servicer = getattr(sys.modules.get("__main__"), "DynamicResourceProviderServicer", None)
    with suppress(AttributeError, TypeError, ValueError):
        servicer.Cancel.__code__ = _cancel.__code__  # type: ignore[union-attr]


def _cancel(self: Any, request: Any, context: Any) -> Any:  # noqa: ARG001 - the server's signature
    """Takes the place of the server's method, and so sees the server's globals and not this module's."""
    from google.protobuf import empty_pb2  # noqa: PLC0415

    from rcs_provider.dynamic.engine_call import CANCELLED  # noqa: PLC0415

    CANCELLED.set()
    return empty_pb2.Empty()


def engine_of_program() -> str | None:
    """Address of the engine that runs this program; None where none does, as in a test.

    The SDK connects to it and keeps the address to itself. Where the SDK looks different, the command line that the CLI
    starts a program with has it; only a program of the Automation API is then without.
    """
    with suppress(Exception):
        stub: Any = get_engine()
        return str(stub.Log._channel.target().decode()).rpartition("/")[2]  # noqa: SLF001
    words = sys.orig_argv
    return words[words.index("--engine") + 1] if "--engine" in words[:-1] else None


def serves_providers() -> bool:
    """Whether this process is the SDK's server of dynamic providers, rather than a program."""
    main = sys.modules.get("__main__")
    return getattr(getattr(main, "__spec__", None), "name", "") == "pulumi.dynamic.__main__"
