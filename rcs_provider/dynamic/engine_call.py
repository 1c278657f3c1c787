"""The engine's call behind a provider method. The SDK's server does not pass it on, so `sdk_gaps` finds it.

There is none if a later SDK looks different, or if a method is called without an engine. Everything that needs it then
does less, and nothing breaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from google.protobuf import struct_pb2

from rcs_provider.serving.engine_call import EngineCall

from . import PROVIDER_KEY
from .sdk_gaps import call_under_way

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def current_call() -> EngineCall | None:
    """The call that is being answered on this thread, or None."""
    found = call_under_way()
    return None if found is None else EngineCall(*found)


def half_made(
    call: EngineCall, id_: str, state: Mapping[str, Any], inputs: Mapping[str, Any], reasons: Sequence[str]
) -> None:
    """Makes the engine store a half-made object together with its pickled provider; see `EngineCall.half_made`."""
    call.half_made(id_, _struct(call, state), _struct(call, inputs), reasons)


def _struct(call: EngineCall, values: Mapping[str, Any]) -> struct_pb2.Struct:
    struct = struct_pb2.Struct()
    struct.update({**values, PROVIDER_KEY: call.request.properties[PROVIDER_KEY]})
    return struct
