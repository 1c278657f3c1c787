"""The client of a program's look-ups: one for each account and run. It asks for the same thing once."""

from __future__ import annotations

import asyncio
import contextvars
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

import pulumi

from rcs_provider.api.client import Client
from rcs_provider.api.shared_list import SharedLookup
from rcs_provider.core.defects import defect
from rcs_provider.core.errors import ConfigError, RcsError, trying
from rcs_provider.core.text import user_line

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Hashable

    from rcs_provider.api.client import Calls
    from rcs_provider.core.kind import Say
    from rcs_provider.core.settings import Settings

_LOG: Final = {"info": pulumi.log.info, "warning": pulumi.log.warn, "error": pulumi.log.error}


class LookupClient:
    """One account in one run of a program. Safe for threads.

    Args:
        settings: of the account.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._client = Client(settings)
        self._answers: dict[str, SharedLookup[tuple[Any, str]]] = {}
        self._moments: dict[Hashable, float] = {}

    def moment(self, resources: Hashable) -> float:
        """The moment at which a look-up first found resources to be there: one for all that waited for the same."""
        return self._moments.setdefault(resources, time.monotonic())

    def ask(self, what: str, fetch: Callable[[Calls], Any], since: float) -> Any:
        """The answer of a fetch that started at the moment `since` of `time.monotonic`, or later.

        A failure is shared like an answer: each waiter's own retries would keep a lost run going for minutes.

        Args:
            what: is looked up, such as "agent 71732". Look-ups of the same thing share the answer.
            fetch: asks the API.
            since: 0 takes any answer of the run.

        Raises:
            pulumi.RunError: with the one line that the user gets.
        """
        shared = self._answers.setdefault(what, SharedLookup())  # one step of the interpreter's, so no lock
        answer, failure = shared.since(since, lambda: self._fetched(what, fetch))
        if failure:
            raise pulumi.RunError(failure)
        return answer

    def _fetched(self, what: str, fetch: Callable[[Calls], Any]) -> tuple[Any, str]:
        """The answer, and the line of the failure in its place."""
        try:
            with one_line_errors(what, self.settings):
                return fetch(self._client.api(_say(self.settings))), ""
        except pulumi.RunError as error:
            return None, str(error)


_CLIENTS: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, dict[Hashable, LookupClient]]] = WeakKeyDictionary()
"""By run: the SDK gives each one, also each of the Automation API, its own loop."""


def client_of(settings: Settings) -> LookupClient:
    """The client of the account with these settings, in the run of the calling program."""
    try:
        clients = _CLIENTS.setdefault(asyncio.get_running_loop(), {})
    except RuntimeError:
        return LookupClient(settings)
    key = (settings, settings.api_key)  # the key has no part in the equality of settings
    if key not in clients:
        clients[key] = LookupClient(settings)
    return clients[key]


@contextmanager
def one_line_errors(what: str, settings: Settings) -> Generator[None]:
    """Turns every error into the SDK's `RunError`, which the engine shows as one line.

    Args:
        what: is looked up.
        settings: of the account; their key is removed from the line.
    """
    try:
        with trying(f"look up {what}"):
            yield
    except pulumi.RunError:
        raise
    except Exception as error:  # noqa: BLE001 - a traceback is for nobody but us
        line = str(error) if isinstance(error, RcsError) else defect(error)
        lacks_key = isinstance(error, ConfigError) and settings.api_key is None and not settings.problems
        if lacks_key and pulumi.runtime.is_dry_run():
            line += " Look-ups read in a preview, too; resources need no key there."
        raise pulumi.RunError(_scrubbed(line, settings)) from None


def _scrubbed(text: str, settings: Settings) -> str:
    return user_line(text, [settings.api_key])


def _say(settings: Settings) -> Say:
    """Shows lines to the user in the diagnostics of the stack."""
    context = contextvars.copy_context()

    def say(message: str, level: str = "info", *, ephemeral: bool = False) -> None:
        # The SDK finds the engine by the context, which a timer's thread does not have.
        with suppress(Exception):
            context.copy().run(_LOG[level], _scrubbed(message, settings), ephemeral=ephemeral)

    return say
