"""The accounts that one run of a program looks things up in: one client each, and every look-up carried out once."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar
from weakref import WeakKeyDictionary

import pulumi

from rcs_provider.api.client import Client
from rcs_provider.core.defects import defect
from rcs_provider.core.errors import ConfigError, RcsError, trying
from rcs_provider.dynamic.engine_call import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Hashable, Mapping

    from rcs_provider.api.client import Api
    from rcs_provider.core.kind import Say
    from rcs_provider.core.settings import Settings

T = TypeVar("T")

_LOG: Final = {"info": pulumi.log.info, "warning": pulumi.log.warn, "error": pulumi.log.error}


@dataclass(frozen=True)
class Lookup(Generic[T]):
    """One look-up.

    Attributes:
        function: name of the function that asks for it.
        what: it looks up: "agent 71732". Look-ups of the same thing share one answer.
        fetch: asks the API.
        shape: gives the result of what was fetched.
        given: its arguments by name, which mocks get.
        mocked: gives the result of what mocks answer.
    """

    function: str
    what: str
    fetch: Callable[[Api], Any]
    shape: Callable[[Any], T]
    given: Mapping[str, Any]
    mocked: Callable[[Mapping[str, Any]], T]


class Account:
    """One account in one run of a program. Safe for threads.

    Args:
        settings: of the account.
    """

    def __init__(self, settings: Settings) -> None:
        self._client = Client(settings)
        self._guard = threading.Lock()
        self._answers: dict[Hashable, Future[Any]] = {}

    def look_up(self, lookup: Lookup[T], after: frozenset[str] = frozenset()) -> T:
        """Looks something up.

        Args:
            lookup: what and how.
            after: URNs of the resources that had to be there first: an answer of before them does not count.

        Raises:
            pulumi.RunError: with the one line that the user gets.
        """
        answer, mine = self._answer((lookup.what, after))
        if mine:
            self._fetch(lookup, answer)
        with one_line_for(lookup, self._client.settings):
            return lookup.shape(answer.result())

    def _answer(self, key: Hashable) -> tuple[Future[Any], bool]:
        """The answer to wait for, and whether the caller is who has to fetch it."""
        with self._guard:
            mine = key not in self._answers
            return self._answers.setdefault(key, Future()), mine

    def _fetch(self, lookup: Lookup[Any], answer: Future[Any]) -> None:
        # A failure is shared like an answer: each waiter's own repeats would keep a lost run going for minutes.
        settings = self._client.settings
        try:
            with one_line_for(lookup, settings):
                answer.set_result(lookup.fetch(self._client.api(_say(settings))))
        except BaseException as error:  # noqa: BLE001 - whoever waits has to get it
            answer.set_exception(error)


def _say(settings: Settings) -> Say:
    """Speaks to the user in the diagnostics of the stack."""
    context, scrubbed = contextvars.copy_context(), Voice(None, settings.api_key).scrubbed

    def say(message: str, level: str = "info", *, ephemeral: bool = False) -> None:
        # The SDK finds the engine by the context, which a timer's thread does not have.
        with suppress(Exception):
            context.copy().run(_LOG[level], scrubbed(message), ephemeral=ephemeral)

    return say


@contextmanager
def one_line_for(lookup: Lookup[Any], settings: Settings) -> Generator[None]:
    """Turns every error into the SDK's own for a clean end, which the engine shows as one line, in both forms."""
    try:
        with trying(f"look up {lookup.what}"):
            yield
    except pulumi.RunError:
        raise
    except RcsError as error:
        if isinstance(error, ConfigError) and settings.api_key is None and not settings.problems:
            error.hint = _with_when(error.hint)
        raise _ended(str(error), settings) from None
    except Exception as error:  # noqa: BLE001 - a traceback is for nobody but us
        raise _ended(defect(error), settings) from None


def _ended(message: str, settings: Settings) -> pulumi.RunError:
    return pulumi.RunError(Voice(None, settings.api_key).scrubbed(message))


def _with_when(hint: str) -> str:
    if not pulumi.runtime.is_dry_run():
        return hint
    return f"{hint} Look-ups read in a preview, too; resources need no key there."


@dataclass
class Run:
    """One run of a program.

    Attributes:
        accounts: by their settings and keys.
    """

    accounts: dict[Hashable, Account] = field(default_factory=dict["Hashable", Account], repr=False)
    guard: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def account(self, settings: Settings) -> Account:
        """The account of these settings."""
        key = (settings, settings.api_key)  # the key has no part in the equality of settings
        with self.guard:
            if key not in self.accounts:
                self.accounts[key] = Account(settings)
            return self.accounts[key]


_RUNS: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, Run]] = WeakKeyDictionary()


def current_run() -> Run:
    """The run that the calling program is: the SDK gives each one, also each of the Automation API, its own loop."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return Run()
    return _RUNS.setdefault(loop, Run())
