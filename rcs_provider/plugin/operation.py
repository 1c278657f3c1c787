"""One call of the engine's about one resource: what answers it, and how it fails."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import grpc

from rcs_provider.core.codec import DECLARED
from rcs_provider.core.controller import Controller
from rcs_provider.core.defects import line_of
from rcs_provider.core.errors import Refusal
from rcs_provider.core.kind import Context
from rcs_provider.core.names import camel, united
from rcs_provider.core.run import shared_record
from rcs_provider.core.text import one_line
from rcs_provider.objects import OBJECTS
from rcs_provider.serving import PROVIDER_KEY, orphan
from rcs_provider.serving.accounts import account_of, client_of
from rcs_provider.serving.engine_call import EngineCall, Voice

from . import names, values

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from google.protobuf import struct_pb2

    from rcs_provider.api.client import Calls
    from rcs_provider.core.errors import Problem
    from rcs_provider.core.kind import Kind
    from rcs_provider.core.settings import Settings


class _Told(Exception):  # noqa: N818
    """A failure whose details are told already."""


@dataclass(frozen=True)
class Operation:
    """What one call of the engine's has at hand.

    Attributes:
        call: of the engine.
        kind: of the object.
        voice: speaks in the resource's row.
        api: the client, with the call's deadline.
        controller: of the object.
    """

    call: EngineCall
    kind: Kind[Calls]
    voice: Voice
    api: Calls
    controller: Controller[Calls]

    def ours(self, struct: struct_pb2.Struct) -> dict[str, Any]:
        """Properties as the core knows them."""
        return self._ours(values.from_wire(struct))

    def is_moving(self, olds: struct_pb2.Struct) -> bool:
        """Whether stored properties come over from the dynamic face, which pickles its provider into them."""
        return PROVIDER_KEY in olds.fields

    def declared(self, news: struct_pb2.Struct, olds: struct_pb2.Struct) -> dict[str, Any]:
        """Declared inputs as the core knows them.

        In the dynamic face's spelling are those that `ignoreChanges` takes over from what that face stored.
        """
        found = values.from_wire(news)
        return self._ours(united(found, camel) if self.is_moving(olds) else found)

    def misnamed(self, news: struct_pb2.Struct, olds: struct_pb2.Struct) -> list[Problem]:
        """What a program declares by our names, which what the engine takes over from the dynamic face has rightly."""
        return [] if self.is_moving(olds) else list(names.foreign(self.kind.table, values.from_wire(news)))

    def _ours(self, props: Mapping[str, Any]) -> dict[str, Any]:
        found = names.from_wire(self.kind.table, props)
        return {name: value for name, value in found.items() if name != PROVIDER_KEY}

    def sent(self, props: Mapping[str, Any], *secret_in: struct_pb2.Struct) -> struct_pb2.Struct:
        """Properties for the engine; secret are those that are so in one of the structs.

        A restricted field that Kaleyra changed stands in state under another name as well.
        """
        table = self.kind.table
        secrets = {camel(name) for name in values.secret_names(*secret_in)}
        if secrets & {camel(each.name) for each in table.sent if each.restricted}:
            secrets.add(DECLARED)
        return values.to_wire(names.to_wire(table, props), secrets)

    def half_made(
        self, id_: str, state: Mapping[str, Any], given: struct_pb2.Struct, reasons: Sequence[str]
    ) -> NoReturn:
        """Fails and makes the engine store the object all the same."""
        shown = [self.shown(each) for each in reasons]
        self.call.half_made(id_, self.sent(state, given), given, shown)
        raise _Told(shown[0])

    def shown(self, message: str) -> str:
        """A message fit to be shown."""
        return self.voice.scrubbed(names.spoken(message))


@dataclass(frozen=True)
class _Speaker:
    """Says what the core says in the names of every language."""

    voice: Voice

    def __call__(self, message: str, level: str = "info", *, ephemeral: bool = False) -> None:
        self.voice(names.spoken(message), level, ephemeral=ephemeral)


def kind_of(token: str) -> Kind[Calls]:
    """The kind of a resource's type.

    Raises:
        Refusal: there is none.
    """
    for each in OBJECTS:
        if each.package_token == token:
            return each
    raise Refusal(f"this version of the plugin knows no {one_line(token)}", "Install the version that knows it.")


@contextmanager
def operation(settings: Settings, request: Any, context: Any, address: str) -> Generator[Operation]:
    """The operation that the engine asks for."""
    call = EngineCall(request, context, address)
    voice = Voice(call, settings.api_key)
    with answered(call, voice):
        kind, speaker = kind_of(_type_of(request)), _Speaker(voice)
        account = account_of(settings, call.urn, lambda: shared_record(address, voice))
        api = account.client.api(speaker, call.limit, lambda: call.cancelled)
        about = Context(api, settings, account.run, speaker, call.urn)
        yield Operation(call, kind, voice, api, Controller(kind, about))


@contextmanager
def looking(settings: Settings, request: Any, context: Any, address: str) -> Generator[Calls]:
    """The client for a call of the engine's that is about no resource: it only reads."""
    call = EngineCall(request, context, address)
    voice = Voice(call, settings.api_key)
    with answered(call, voice):
        yield client_of(settings).api(_Speaker(voice), cancelled=lambda: call.cancelled)


def _type_of(request: Any) -> str:
    """The type of the resource; its URN has those of its parents before it."""
    return str(request.urn).split("::")[2].rpartition("$")[2]


@contextmanager
def answered(call: EngineCall, voice: Voice) -> Generator[None]:
    """Around the answer to a call: it fails in one line of ours and never in a traceback."""
    try:
        with orphan.under_way():
            yield
    except _Told as error:
        call.context.abort(grpc.StatusCode.UNKNOWN, str(error))
    except BaseException as error:  # noqa: BLE001 - whatever else escapes would hang the engine, or be shown as it is
        message = voice.scrubbed(names.spoken(line_of(error)))
        call.fail(message)
        call.context.abort(grpc.StatusCode.UNKNOWN, message)
