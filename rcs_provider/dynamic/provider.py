"""The Pulumi face for Python's dynamic resources. It translates; every promise is the controller's."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

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

from rcs_provider.api.client import Client
from rcs_provider.core.controller import Controller
from rcs_provider.core.defects import line_of
from rcs_provider.core.errors import Refusal
from rcs_provider.core.kind import Context
from rcs_provider.core.run import Run, leave_records, shared_record, stack_of
from rcs_provider.core.settings import Settings, config_key, load_settings
from rcs_provider.core.text import one_line
from rcs_provider.objects import by_name, misfit

from . import load, orphan
from .engine_call import Voice, current_call
from .sdk_gaps import CANCELLED, hear_cancellation, raise_limit, serves_providers
from .values import declared, from_engine, is_of_plugin, stored, to_engine

if TYPE_CHECKING:
    from collections.abc import Generator

    from rcs_provider.api.client import Calls

    from .engine_call import EngineCall

_GUARD: Final = threading.Lock()
_ACCOUNTS: Final[dict[Settings, Account]] = {}
"""One entry per account of this process: its kinds share look-ups, limits, locks and what is known of the run."""


@dataclass(frozen=True)
class Account:
    """One account, as this process works on it."""

    client: Client
    run: Run


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


@dataclass(frozen=True)
class _Operation:
    """One call of the engine's: the controller that answers it, and the way to the user.

    Attributes:
        call: of the engine; None where a method is called without one.
        voice: speaks in the resource's row.
        api: the client, with the call's deadline.
        controller: of the object.
    """

    call: EngineCall | None
    voice: Voice
    api: Calls
    controller: Controller[Calls]


class RcsProvider(ResourceProvider):
    """Answers the engine for one kind of object.

    It is pickled into the state of every resource, so it holds nothing: bytes in state never change with the code, and
    the installed code runs on refresh and destroy.
    """

    serialize_as_secret_always = False

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._settings = Settings()

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return load, (self._kind,)

    def configure(self, req: ConfigureRequest) -> None:
        """Reads the settings; what is wrong with them matters only to who needs them."""
        self._settings = load_settings(lambda key: req.config.get(config_key(key)), os.environ)

    def check(self, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Validates inputs and fills them in; all mistakes at once, and no call unless `probe` asks for one."""
        with self._operation() as asked:
            probe = (lambda: misfit(asked.api)) if self._settings.probe else None
            found = asked.controller.check(stored(olds), declared(news, olds), probe)
            for each in found.warnings:
                asked.voice(str(each), "warning")
            # A property's name would make the engine print its value, secret or not; the path stands in the reason.
            failures = [CheckFailure("", asked.voice.scrubbed(str(each))) for each in found.problems]
            return CheckResult(to_engine(found.inputs), failures)

    def diff(self, id_: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        """Says what a change of inputs means; no call."""
        with self._operation() as asked:
            found = asked.controller.diff(id_, stored(olds), from_engine(news))
            for note in found.notes:
                asked.voice(note, "warning")
            # None lets the engine compare the inputs itself, which alone shows the changed properties and honours
            # replace_on_changes; drift of outputs it cannot see. What the plugin stored is spelt otherwise: there it
            # would see every property change.
            changes = True if is_of_plugin(olds) else None if found.changed else found.drifted
            return DiffResult(changes, list(found.replaces), None, found.deletes_first)

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Makes the object; once it exists, its id reaches the state whatever happens."""
        with self._operation() as asked:
            live = asked.controller.create(from_engine(props))
            if live.unfinished and asked.call is not None:
                reasons = [asked.voice.scrubbed(each) for each in live.unfinished]
                asked.call.half_made(live.id, live.state, from_engine(props), reasons)
                raise _Failure(live.unfinished[0])
            return CreateResult(live.id, live.state)

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The object as it is, with inputs for exactly what the program declares."""
        with self._operation() as asked:
            found = asked.controller.read(id_, from_engine(props))
            return ReadResult("", {}) if found is None else ReadResult(id_, *found)

    def update(self, id_: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
        """Makes the object as declared; gives the whole state, as the engine forgets what is left out."""
        with self._operation() as asked:
            return UpdateResult(asked.controller.update(id_, stored(olds), from_engine(news)))

    def delete(self, id_: str, props: dict[str, Any]) -> None:
        """Removes the object as far as the API can."""
        with self._operation() as asked:
            asked.controller.delete(id_, from_engine(props))

    @contextmanager
    def _operation(self) -> Generator[_Operation]:
        """The operation that the engine asks for; nothing but our one line gets out of it."""
        call = current_call()
        voice = Voice(call, self._settings.api_key)
        try:
            with orphan.under_way():
                yield self._opened(call, voice)
        except _Failure:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever else escapes would hang the engine
            _fail(error, voice)

    def _opened(self, call: EngineCall | None, voice: Voice) -> _Operation:
        urn = "" if call is None else call.urn
        account = self._account(urn, voice)
        limit = None if call is None else call.limit
        api = account.client.api(voice, limit, lambda: call is not None and call.cancelled)
        context = Context(api, self._settings, account.run, voice, urn)
        return _Operation(call, voice, api, Controller(by_name()[self._kind], context))

    def _account(self, urn: str, voice: Voice) -> Account:
        with _GUARD:
            if self._settings not in _ACCOUNTS:
                _ACCOUNTS[self._settings] = _new_account(self._settings, urn, voice)
            return _ACCOUNTS[self._settings]


def _new_account(settings: Settings, urn: str, voice: Voice) -> Account:
    run = Run(stack_of(urn), settings.account)
    if serves_providers():
        raise_limit(settings.workers)
        run.record = shared_record(sys.argv[-1], voice)
    return Account(Client(settings, sleep=CANCELLED.wait), run)


def _fail(error: BaseException, voice: Voice) -> NoReturn:
    """Raises the one line that the user gets for an error; the engine would show anything else as a traceback."""
    message = voice.scrubbed(line_of(error))
    if voice.call is not None:
        voice.call.fail(message)
    raise _Failure(message) from None
