"""The face for Python's dynamic resources. It translates calls and answers; the controller keeps every promise."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    Config,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from rcs_provider.core.controller import Controller
from rcs_provider.core.defects import line_of
from rcs_provider.core.errors import Refusal
from rcs_provider.core.kind import Context
from rcs_provider.core.run import leave_records, shared_record
from rcs_provider.core.settings import Settings, config_key, load_settings
from rcs_provider.core.text import one_line
from rcs_provider.objects import by_name, misfit
from rcs_provider.objects.stack_keys import old_key
from rcs_provider.serving import orphan
from rcs_provider.serving.accounts import account_of
from rcs_provider.serving.cancellation import CANCELLED
from rcs_provider.serving.engine_call import Voice

from . import load
from .engine_call import current_call, half_made
from .sdk_gaps import hear_cancellation, raise_limit, serves_providers
from .values import declared, from_engine, is_of_plugin, stored, to_engine

if TYPE_CHECKING:
    from collections.abc import Generator

    from rcs_provider.api.client import Calls
    from rcs_provider.core.run import Record
    from rcs_provider.serving.accounts import Account
    from rcs_provider.serving.engine_call import EngineCall


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


def _configured(config: Config, key: str) -> Any:
    """What is configured for a setting.

    A program refuses the old keys in its stack. But an explicit provider has no others, and a refresh or a destroy
    without the program gets those that the last `up` of version 0.1.0 left in the state of the default provider.
    """
    return config.get(config_key(key)) or config.get(old_key(key))


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
        self._settings = load_settings(partial(_configured, req.config), os.environ)

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
            found = asked.controller.diff(id_, stored(olds), from_engine(news), moving=is_of_plugin(olds))
            for note in found.notes:
                asked.voice(note, "warning")
            # None lets the engine compare the inputs itself, which alone shows the changed properties and honours
            # replace_on_changes; drift of outputs it cannot see. What the plugin stored is spelt otherwise: there it
            # would see every property change.
            changes = True if is_of_plugin(olds) else None if found.changed else found.drifted
            return DiffResult(changes, list(found.replaces), None, found.deletes_first)

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Creates the object; once it exists, its id reaches the state whatever happens."""
        with self._operation() as asked:
            live = asked.controller.create(from_engine(props))
            if live.unfinished and asked.call is not None:
                reasons = [asked.voice.scrubbed(each) for each in live.unfinished]
                half_made(asked.call, live.id, live.state, from_engine(props), reasons)
                raise _Failure(live.unfinished[0])
            return CreateResult(live.id, live.state)

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The object as it is, with inputs for exactly what the program declares."""
        with self._operation() as asked:
            found = asked.controller.read(id_, from_engine(props))
            return ReadResult("", {}) if found is None else ReadResult(id_, *found)

    def update(self, id_: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
        """Changes the object to what is declared; returns the whole state, as the engine forgets what is left out."""
        with self._operation() as asked:
            return UpdateResult(asked.controller.update(id_, stored(olds), from_engine(news)))

    def delete(self, id_: str, props: dict[str, Any]) -> None:
        """Removes the object as far as the API can."""
        with self._operation() as asked:
            asked.controller.delete(id_, from_engine(props))

    @contextmanager
    def _operation(self) -> Generator[_Operation]:
        """The operation that the engine asks for; of an error, only our one line leaves it."""
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
        return account_of(self._settings, urn, lambda: _opened_record(self._settings, voice))


def _opened_record(settings: Settings, voice: Voice) -> Record | None:
    if not serves_providers():
        return None
    raise_limit(settings.workers)
    return shared_record(sys.argv[-1], voice)


def _fail(error: BaseException, voice: Voice) -> NoReturn:
    """Raises the one line that the user gets for an error; the engine would show anything else as a traceback."""
    message = voice.scrubbed(line_of(error))
    if voice.call is not None:
        voice.call.fail(message)
    raise _Failure(message) from None
