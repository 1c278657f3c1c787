"""The engine's call that is being answered: its resource, lines in the resource's row, and errors.

Without an engine, as in a test, there is no call. Then everything here does less, and nothing breaks.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import grpc
from google.protobuf import any_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2, status_pb2

from rcs_provider.core.text import user_line

from .cancellation import CANCELLED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from google.protobuf import struct_pb2

_UNKNOWN_STATUS: Final = 2
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
        address: of the engine; it starts its plugins with it as their last argument.
    """

    request: Any
    context: Any
    address: str = field(default_factory=lambda: sys.argv[-1])

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
        """Whether the run was cancelled, or the engine is gone."""
        return CANCELLED.is_set() or not self.context.is_active()

    def log(self, message: str, level: str, *, ephemeral: bool) -> bool:
        """Shows a line in the resource's own row; returns whether that worked."""
        try:
            line = engine_pb2.LogRequest(
                urn=self.urn, message=message, severity=_SEVERITIES[level], ephemeral=ephemeral
            )
            stub: Any = _engine(self.address)
            stub.Log(line, timeout=5)
        except Exception:  # noqa: BLE001 - a line that cannot be shown must not fail the operation
            return False
        return True

    def fail(self, message: str, *details: Any) -> None:
        """Makes the engine print exactly this message, whatever is raised next.

        It travels in the trailer of gRPC's rich errors; the text of an exception would arrive wrapped.
        """
        status = status_pb2.Status(code=_UNKNOWN_STATUS, message=message, details=details)
        self.context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))

    def half_made(
        self, id_: str, properties: struct_pb2.Struct, inputs: struct_pb2.Struct, reasons: Sequence[str]
    ) -> None:
        """Makes the engine store an object whose creation is only half done, and show the reasons."""
        detail = any_pb2.Any()
        detail.Pack(
            provider_pb2.ErrorResourceInitFailed(id=id_, properties=properties, inputs=inputs, reasons=list(reasons))
        )
        self.fail("; ".join(reasons), detail)


@dataclass(frozen=True)
class Voice:
    """Shows lines in the row of the resource that a call is about; without an engine it prints warnings only.

    Attributes:
        call: of the engine, or None.
        key: the api-key, which is removed from every line.
    """

    call: EngineCall | None
    key: str | None = None

    def __call__(self, message: str, level: str = "info", *, ephemeral: bool = False) -> None:
        """See `core.kind.Say`."""
        text = self.scrubbed(message)
        told = self.call is not None and self.call.log(text, level, ephemeral=ephemeral)
        if not told and level == "warning" and not ephemeral:
            # If the engine was killed, nothing reads the pipe any more; the operation goes on.
            with suppress(OSError):
                print(f"warning: {text}", file=sys.stderr)  # noqa: T201 - the engine shows it

    def scrubbed(self, message: str) -> str:
        """A message fit to be shown: one line, without the key, with the resource's URN where a command needs it."""
        return user_line(message, [self.key], "" if self.call is None else self.call.urn)


@lru_cache(maxsize=1)
def _engine(address: str) -> engine_pb2_grpc.EngineStub:
    return engine_pb2_grpc.EngineStub(grpc.insecure_channel(address))
