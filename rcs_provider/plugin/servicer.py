"""What the engine asks of a provider plugin. It translates; every promise is the controller's."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from rcs_provider._version import __version__, semantic
from rcs_provider.core import codec
from rcs_provider.core.names import camel
from rcs_provider.core.settings import Settings
from rcs_provider.objects import misfit
from rcs_provider.serving import PROVIDER_KEY, orphan
from rcs_provider.serving.cancellation import CANCELLED
from rcs_provider.serving.engine_call import EngineCall, Voice

from . import configuration, functions, names, values
from .listing import page
from .operation import answered, kind_of, looking, operation
from .schema import package_schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from rcs_provider.core.controller import Difference

    from .operation import Operation

_SOME = provider_pb2.DiffResponse.DIFF_SOME
_NONE = provider_pb2.DiffResponse.DIFF_NONE
_UNKNOWN = provider_pb2.DiffResponse.DIFF_UNKNOWN
_Kind = provider_pb2.PropertyDiff
_Listed = provider_pb2.ListResponse


class Servicer(provider_pb2_grpc.ResourceProviderServicer):
    """Answers the engine for all kinds of object of one provider.

    Args:
        address: of the engine.
        followed: is called with the address of an engine that attaches itself.
        ended: is called when the engine cancels the run.
    """

    def __init__(
        self,
        address: str,
        followed: Callable[[str], object] = lambda _: None,
        ended: Callable[[], object] = lambda: None,
    ) -> None:
        self._address = address
        self._followed, self._ended = followed, ended
        self._settings = Settings()

    # the plugin

    def Handshake(self, request: Any, context: Any) -> Any:
        """What this plugin understands."""
        del context
        self._meet(request.engine_address)
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def Attach(self, request: Any, context: Any) -> Any:
        """Hears the engine's address where somebody else started the plugin."""
        del context
        self._meet(request.address)
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: Any, context: Any) -> Any:
        """The version."""
        del request, context
        return plugin_pb2.PluginInfo(version=semantic(__version__))

    def GetSchema(self, request: Any, context: Any) -> Any:
        """The package as every language sees it."""
        with self._answered(request, context):
            return provider_pb2.GetSchemaResponse(schema=json.dumps(package_schema()))

    def Cancel(self, request: Any, context: Any) -> Any:
        """Ends what is under way as soon as it can be left, and then this process."""
        del request, context
        CANCELLED.set()
        with orphan.under_way():  # the rest that the process waits for begins here
            self._ended()
        return empty_pb2.Empty()

    # the provider

    def CheckConfig(self, request: Any, context: Any) -> Any:
        """Refuses settings on the provider's own row, all at once."""
        with self._answered(request, context):
            given = values.from_wire(request.news)
            problems = configuration.wrong(request.urn, given, os.environ)
            # A property's name would make the engine print its value, secret or not.
            failures = [provider_pb2.CheckFailure(property="", reason=each) for each in problems]
            inputs = values.to_wire(given, {*configuration.SECRETS, *values.secret_names(request.news)})
            return provider_pb2.CheckResponse(inputs=inputs, failures=failures)

    def DiffConfig(self, request: Any, context: Any) -> Any:
        """Leaves the comparison to the engine; no change of a setting makes objects anew."""
        del request, context
        return provider_pb2.DiffResponse(changes=_UNKNOWN)

    def Configure(self, request: Any, context: Any) -> Any:
        """Reads the settings; what is wrong with them matters only to who needs them."""
        with self._answered(request, context):
            self._settings = configuration.settings_of(request.urn, values.from_wire(request.args), os.environ)
            return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    # resources

    def Check(self, request: Any, context: Any) -> Any:
        """Validates inputs and fills them in; all mistakes at once, and no call unless `probe` asks for one."""
        with self._operation(request, context) as asked:
            probe = (lambda: misfit(asked.api)) if self._settings.probe else None
            declared = asked.declared(request.news, request.olds)
            found = asked.controller.check(asked.ours(request.olds), declared, probe)
            for each in found.warnings:
                asked.voice(names.spoken(str(each)), "warning")
            misnamed = map(str, asked.misnamed(request.news, request.olds))
            reasons = [*misnamed, *(asked.shown(str(each)) for each in found.problems)]
            failures = [provider_pb2.CheckFailure(property="", reason=each) for each in reasons]
            return provider_pb2.CheckResponse(inputs=asked.sent(found.inputs, request.news), failures=failures)

    def Diff(self, request: Any, context: Any) -> Any:
        """Says what a change of inputs means; no call."""
        with self._operation(request, context) as asked:
            state, is_moving = asked.ours(request.olds), asked.is_moving(request.olds)
            found = asked.controller.diff(request.id, state, asked.ours(request.news), moving=is_moving)
            for note in found.notes:
                asked.voice(names.spoken(note), "warning")
            answer = provider_pb2.DiffResponse(
                replaces=[camel(each) for each in found.replaces], deleteBeforeReplace=found.deletes_first
            )
            if is_moving:
                _move(answer, found)
            else:
                # The engine compares the inputs itself, which alone honours replaceOnChanges; drift it cannot see.
                answer.changes = _UNKNOWN if found.changed else _SOME if found.drifted else _NONE
            return answer

    def Create(self, request: Any, context: Any) -> Any:
        """Makes the object; once it exists, its id reaches the state whatever happens."""
        with self._operation(request, context) as asked:
            inputs = asked.ours(request.properties)
            if request.preview:
                foreseen = asked.controller.foreseen(inputs)
                return provider_pb2.CreateResponse(properties=asked.sent(foreseen, request.properties))
            live = asked.controller.create(inputs)
            if live.unfinished:
                asked.half_made(live.id, live.state, request.properties, live.unfinished)
            return provider_pb2.CreateResponse(id=live.id, properties=asked.sent(live.state, request.properties))

    def Read(self, request: Any, context: Any) -> Any:
        """The object as it is: with inputs for what the program declares, or for all of it where no state knows it."""
        with self._operation(request, context) as asked:
            state = asked.ours(request.properties)
            if codec.is_managed(state):
                found = asked.controller.read(request.id, state)
            else:
                found = asked.controller.taken_in(request.id)
            if found is None:
                return provider_pb2.ReadResponse()
            secret = (request.properties, request.inputs)
            properties, inputs = (asked.sent(each, *secret) for each in found)
            return provider_pb2.ReadResponse(id=request.id, properties=properties, inputs=inputs)

    def Update(self, request: Any, context: Any) -> Any:
        """Makes the object as declared; gives the whole state, as the engine forgets what is left out."""
        with self._operation(request, context) as asked:
            state, inputs = asked.ours(request.olds), asked.ours(request.news)
            if request.preview:
                found = asked.controller.foreseen(inputs, state)
            else:
                found = asked.controller.update(request.id, state, inputs)
            return provider_pb2.UpdateResponse(properties=asked.sent(found, request.news))

    def Delete(self, request: Any, context: Any) -> Any:
        """Removes the object as far as the API can, and as its deletion policy lets it."""
        with self._operation(request, context) as asked:
            asked.controller.delete(request.id, asked.ours(request.properties))
            return empty_pb2.Empty()

    # what is there, without managing it

    def Invoke(self, request: Any, context: Any) -> Any:
        """Calls a function; all of its result is secret where a part of its arguments is."""
        with looking(self._settings, request, context, self._address) as api:
            found = functions.answer(api, request.tok, values.from_wire(request.args))
            secret = found if values.secret_names(request.args) else ()
            given = provider_pb2.InvokeResponse()
            getattr(given, "return").CopyFrom(values.to_wire(found, secret))  # a word of Python's own
            return given

    def List(self, request: Any, context: Any) -> Any:
        """Lists the objects of a kind."""
        with looking(self._settings, request, context, self._address) as api:
            query, begin = values.from_wire(request.query), request.continuation_token
            found = page(api, kind_of(request.token), query, most=request.limit, size=request.page_size, begin=begin)
            if found.computed:
                yield provider_pb2.ListResponse(computed=_Listed.Computed())
            for id_, name in found.objects:
                yield provider_pb2.ListResponse(result=_Listed.Result(id=id_, name=name))
            if found.following:
                more = _Listed.Continuation(continuation_token=found.following)
                yield provider_pb2.ListResponse(continuation=more)

    def _operation(self, request: Any, context: Any) -> AbstractContextManager[Operation]:
        return operation(self._settings, request, context, self._address)

    def _answered(self, request: Any, context: Any) -> AbstractContextManager[None]:
        call = EngineCall(request, context, self._address)
        return answered(call, Voice(call, self._settings.api_key))

    def _meet(self, address: str) -> None:
        if address and address != self._address:
            self._address = address
            self._followed(address)


def _move(answer: Any, found: Difference) -> None:
    """Says that a state comes over from the dynamic face, and what else changes."""
    answer.changes, answer.hasDetailedDiff = _SOME, True
    answer.detailedDiff[PROVIDER_KEY].kind = _Kind.DELETE
    for name in found.changed:
        answer.detailedDiff[camel(name)].kind = _Kind.UPDATE
        answer.detailedDiff[camel(name)].inputDiff = True
