"""The Pulumi face: the only provider. It never sees HTTP."""

from __future__ import annotations

import os
import sys
import threading
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)
from typing_extensions import ParamSpec

from rcs_provider.api.client import Client
from rcs_provider.core import codec
from rcs_provider.core import settings as config
from rcs_provider.core.defects import defect
from rcs_provider.core.diff import Plan
from rcs_provider.core.errors import Problem, RcsError, Refusal
from rcs_provider.core.kind import UNFINISHED, ApiObject, Context
from rcs_provider.core.run import KEEPS, Run, leave_records, name_of, shared_record, stack_of
from rcs_provider.core.text import one_line
from rcs_provider.objects import by_name

from . import load, orphan, workers
from .engine_call import CANCELLED, Voice, current_call, hear_cancellation, serves_providers
from .values import from_engine, to_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Concatenate

    from rcs_provider.core.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")

_CLIENTS_LOCK: Final = threading.Lock()
_CLIENTS: Final[dict[Settings, Client]] = {}
"""One client per account: kinds share its look-ups, limits and locks."""


def provider_of(kind: str) -> RcsProvider:
    """The provider of a kind, by the kind's name."""
    if serves_providers():
        # Newer SDKs print the whole traceback as the error; where our own message finds no way past, one line is left.
        sys.tracebacklimit = 0
        hear_cancellation()
        orphan.end_with_engine(sys.argv[-1], CANCELLED.set, leave_records)
    if kind not in by_name():
        raise Refusal(
            f"this version of kaleyra-rcs knows no {one_line(kind)}", "Install the version that wrote the state."
        )
    return RcsProvider(kind)


class _Failure(Exception):  # noqa: N818
    """What is raised to the SDK's server; its text is all that may be shown."""

    __module__ = "builtins"


def _in_one_line(method: Callable[Concatenate[RcsProvider, P], T]) -> Callable[Concatenate[RcsProvider, P], T]:
    """Lets nothing but our one line out of a provider's method."""

    @wraps(method)
    def guarded(self: RcsProvider, /, *arguments: P.args, **named: P.kwargs) -> T:
        try:
            with orphan.under_way():
                return method(self, *arguments, **named)
        except BaseException as error:  # noqa: BLE001 - whatever else escapes would hang the engine
            self.fail(error)

    return guarded


class RcsProvider(ResourceProvider):
    """Answers the engine for one kind of object.

    It is pickled into the state of every resource, so it holds nothing: bytes in state never change with the code, and
    the installed code runs on refresh and destroy.
    """

    serialize_as_secret_always = False

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._settings = config.Settings()

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return load, (self._kind,)

    @property
    def _object(self) -> ApiObject:
        return by_name()[self._kind]

    def configure(self, req: ConfigureRequest) -> None:
        """Reads the settings; what is wrong with them matters only to who needs them."""
        self._settings = config.load(lambda key: req.config.get(f"rcs:{key}"), os.environ)

    @_in_one_line
    def check(self, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Validates inputs and fills them in; all mistakes at once, and no call."""
        kind, old, new = self._object, codec.plain(self._object.table, from_engine(olds)), from_engine(news)
        inputs = kind.normalise(self._settings, old, new)
        wrong, kept = kind.judge(self._settings, old, inputs)
        problems = wrong + self._claimed(inputs) or self._probed()
        self._hear_of(new)
        for hint in [*kept, *kind.advise(self._settings, inputs)] if not problems else ():
            self._voice()(str(hint), "warning")
        # A property's name would make the engine print its value, secret or not; the path stands in the reason.
        failures = [CheckFailure("", self._voice().scrubbed(str(each))) for each in problems]
        return CheckResult(to_engine(inputs), failures)

    @_in_one_line
    def diff(self, id_: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        """Says what a change of inputs means; no call."""
        kind, state, inputs = self._object, from_engine(olds), self._declared(news)
        plan = kind.plan(state, inputs)
        # After a read the engine asks with old and new the other way round: only drift can be said then.
        asked = plan if self._is_declared() else Plan(drifted=plan.drifted)
        kind.refuse(state, inputs, asked)
        self._pass_on(state, inputs, asked)
        for note in kind.notes(state, inputs, asked):
            self._voice()(note, "warning")
        self._own(id_)
        # None lets the engine compare the inputs itself, which alone shows the changed properties and honours
        # replace_on_changes; drift of outputs it cannot see.
        changes = None if plan.changes else bool(plan.drifted or plan.marks)
        return DiffResult(changes, plan.replaces, None, kind.deletes_first(state, inputs))

    @_in_one_line
    def create(self, props: dict[str, Any]) -> CreateResult:
        """Makes the object; once it exists, its id reaches the state whatever happens."""
        live = self._object.create(self._context(), self._declared(props))
        if not live.unfinished:
            return CreateResult(live.id, live.state)
        state, voice = {**live.state, UNFINISHED: True}, self._voice()
        if voice.call is None:
            return CreateResult(live.id, state)
        reasons = [voice.scrubbed(each) for each in live.unfinished]
        voice.call.half_made(live.id, state, from_engine(props), reasons)
        raise _Failure(live.unfinished[0])

    @_in_one_line
    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The object as it is, with inputs for exactly what the program declares."""
        state = from_engine(props)
        self._run().declared.discard(self._urn())
        found = self._object.read(self._context(), id_, state)
        if found is not None:
            return ReadResult(id_, found, codec.inputs_of(self._object.table, found))
        if not codec.is_managed(state):
            # An empty answer to a look-up would pass for an object without properties.
            raise Refusal(f"there is no {self._object.called(id_)} in account {self._settings.sid}")
        return ReadResult("", {})

    @_in_one_line
    def update(self, id_: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
        """Makes the object as declared; gives the whole state, as the engine forgets what is left out."""
        return UpdateResult(self._object.update(self._context(), id_, from_engine(olds), self._declared(news)))

    @_in_one_line
    def delete(self, id_: str, props: dict[str, Any]) -> None:
        """Removes the object as far as the API can."""
        self._object.delete(self._context(), id_, from_engine(props))

    def _claimed(self, inputs: dict[str, Any]) -> list[Problem]:
        identity, urn = self._object.identity(inputs), self._urn()
        if identity is None or not urn:
            return []
        self._run().note(identity, urn)
        first, *others = map(name_of, self._run().holders(identity))
        shown = identity.partition(" #")[0]
        return [Problem("", f"{shown} is declared twice, by {first} and by {others[0]}")] if others else []

    def _hear_of(self, new: Mapping[str, Any]) -> None:
        """Notes what only a program's declaration tells."""
        run, urn = self._run(), self._urn()
        run.declared.add(urn)
        (run.own_policies.add if new.get("deletion_policy") is not None else run.own_policies.discard)(urn)

    def _declared(self, news: Mapping[str, Any]) -> dict[str, Any]:
        """Inputs that `check` completed, and whether the program gave the policy; after a read nobody knows that."""
        inputs = from_engine(news)
        return {**inputs, codec.OWN_POLICY: self._urn() in self._run().own_policies} if self._is_declared() else inputs

    def _probed(self) -> list[Problem]:
        error = self._context().api.misfit() if self._settings.probe else None
        return [] if error is None else [Problem("", f"the account cannot be used: {error}")]

    def _own(self, id_: str) -> None:
        if self._urn() and self._is_declared():
            self._run().note(self._object.called(id_), self._urn())

    def _pass_on(self, state: dict[str, Any], inputs: dict[str, Any], plan: Plan) -> None:
        """Notes what the resource gives up for another, as a second one may wait for that; nobody can in a circle."""
        kind, run = self._object, self._run()
        old, new = kind.identity(codec.inputs_of(kind.table, state)), kind.identity(inputs)
        if old is None or new is None or old == new or plan.replaces or not self._is_declared():
            return
        if circle := run.pass_on(old, new, self._urn()):
            run.note(old, self._urn(), KEEPS)
            names = " and ".join(sorted(map(name_of, circle)))
            raise Refusal(
                f"{names} pass on {old} and {new} in a circle, and Kaleyra gives each to one {kind.name} at a time",
                "First give one of them a value that no other has, run `pulumi up`, and then the one that is meant.",
            )

    def _is_declared(self) -> bool:
        """Whether the program declared the resource since it was last read: `check` comes first then."""
        return not self._urn() or self._urn() in self._run().declared

    def _run(self) -> Run:
        return self._client().run

    def _urn(self) -> str:
        call = current_call()
        return "" if call is None else call.urn

    def _client(self) -> Client:
        with _CLIENTS_LOCK:
            if self._settings not in _CLIENTS:
                _CLIENTS[self._settings] = self._new_client()
            return _CLIENTS[self._settings]

    def _new_client(self) -> Client:
        run = Run(stack_of(self._urn()), self._settings.account)
        if serves_providers():
            workers.raise_limit(self._settings.workers)
            run.record = shared_record(sys.argv[-1], self._voice())
        return Client(self._settings, sleep=CANCELLED.wait, run=run)

    def _context(self) -> Context:
        call, say = current_call(), self._voice()
        api = self._client().api(say, None if call is None else call.limit, lambda: call is not None and call.cancelled)
        return Context(api, self._settings, say, self._urn())

    def _voice(self) -> Voice:
        return Voice(current_call(), self._settings.api_key)

    def fail(self, error: BaseException) -> NoReturn:
        """Raises the one line that the user gets for an error; the engine would show anything else as a traceback."""
        if isinstance(error, _Failure):
            raise error from None
        voice = self._voice()
        message = voice.scrubbed(error.line if isinstance(error, RcsError) else defect(error))
        if voice.call is not None:
            voice.call.fail(message)
        raise _Failure(message) from None
