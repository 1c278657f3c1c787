"""Calls of the API, with authentication, time limits, repeats and a log line each.

A `Client` is made once per account and process and is safe for threads. Its `Calls` are what one operation on one
resource makes of it: with that operation's deadline and its way to speak to the user.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from rcs_provider.core.errors import ApiError, KeyRefused, NothingThere, NotSent, RcsError, TransportError, Unclear
from rcs_provider.core.fields import is_block, is_list
from rcs_provider.core.settings import config_key
from rcs_provider.core.text import masked

from .envelope import block, data_of
from .locks import Locks
from .operations import GET_MASTER_LIST, LIST_BRANDS, LIST_MASTERS
from .rate_limit import Pace
from .request import Request
from .retry import Outage, Repeats, is_unreached
from .shared_list import SharedLookup

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from rcs_provider.core.kind import Say
    from rcs_provider.core.settings import Settings

    from .envelope import Answer
    from .operations import Operation
    from .request import Transport

logger: Final = logging.getLogger("rcs_provider")

Row = dict[str, Any]
_PATIENCE: Final = 5.0
"""Seconds without an answer after which the resource's row says so."""


@dataclass
class Client:
    """One account, as one process talks to it.

    Attributes:
        settings: of the account.
        transport: carries the requests; None takes HTTP.
        sleep: waits that many seconds, or ends earlier where the run is cancelled.
        writing: locks by kind and number, so that writes to one object never overlap.
    """

    settings: Settings
    transport: Transport | None = None
    sleep: Callable[[float], object] = time.sleep
    writing: Locks = field(default_factory=Locks)

    def __post_init__(self) -> None:
        """Makes what depends on the settings."""
        self.pace = Pace(self.settings.requests_per_second)
        self.outage = Outage(self.settings.max_retries)
        self._shared: dict[Hashable, SharedLookup[Any]] = {}

    @cached_property
    def carrier(self) -> Transport:
        """What carries the requests.

        It is loaded with the first of them: a preview makes none, and a file of the program's that hides the HTTP
        library is explained inside of an operation only.
        """
        from .transport import HttpTransport  # noqa: PLC0415 - see above

        return self.transport or HttpTransport()

    def shared(self, name: Hashable) -> SharedLookup[Any]:
        """What all operations of the process share by that name, such as the list of agents."""
        return self._shared.setdefault(name, SharedLookup())  # one step of the interpreter's, so no lock

    def api(self, say: Say, limit: float | None = None, cancelled: Callable[[], bool] = lambda: False) -> Calls:
        """The client for one operation on one resource.

        Args:
            say: speaks to the user.
            limit: seconds that the operation may take in all; None takes the setting.
            cancelled: tells whether the run was cancelled; nothing is repeated or looked for again after that.
        """
        return Calls(self, say, time.monotonic() + (limit or self.settings.operation_timeout), cancelled)


@dataclass(frozen=True)
class Calls:
    """The calls of one operation, within one deadline.

    Every method raises ApiError where the service refuses, NotSent or Unclear where there is no usable answer, and
    ConfigError where a setting that a call needs is missing.

    Attributes:
        client: of the account.
        say: speaks to the user.
        deadline: moment of `time.monotonic` at which the operation ends.
        cancelled: see `Client.api`.
    """

    client: Client
    say: Say
    deadline: float
    cancelled: Callable[[], bool]

    def list_brands(self) -> list[Row]:
        """The account's brands, as they come: no page shows the answer."""
        return self.rows(LIST_BRANDS)

    def list_masters(self, name: str | None = None) -> Any:
        """The lists of allowed values, or the one of that name, as they come: no page shows the answer."""
        return self.call(LIST_MASTERS) if name is None else self.call(GET_MASTER_LIST, number=name)

    def row(self, operation: Operation, *, number: str = "", body: Mapping[str, Any] | None = None) -> Row:
        """The answer of an operation on one object; empty where the operation may answer nothing."""
        found = self.call(operation, number=number, body=body)
        return {} if operation.empty_ok and not found else block(found)

    def rows(self, operation: Operation, number: str = "") -> list[Row]:
        """The answer of an operation that lists; the documented error for none is an empty list."""
        try:
            found = self.call(operation, number=number)
        except NothingThere:
            return []
        rows = [found] if is_block(found) and found else found or []
        if not is_list(rows) or not all(is_block(each) for each in rows):
            raise Unclear("unexpected answer: `data` is not a list of objects")
        return rows

    def call(self, operation: Operation, *, number: str = "", body: Mapping[str, Any] | None = None) -> Any:
        """Makes a call, repeated as far as that is safe and there is time; gives the answer's data.

        Args:
            operation: to carry out.
            number: for the place in the operation's path.
            body: sent as JSON.
        """
        repeats = Repeats(operation.repeated_after, self.client.settings.max_retries)
        request = self._request(operation, number, body)
        send = self.client.carrier.send  # loaded before the turn, which would pass meanwhile
        while True:
            began = self._turn()
            try:
                found = self._once(operation, request, send)
            except (TransportError, ApiError) as error:
                pause = self._pause(error, repeats, began)
                if pause is None or not self._has_time(pause):
                    raise
                wait = f"could not {operation.verb}: {error.message}; trying again in {pause:.1f} s ({repeats})"
                self.say(wait, "warning", ephemeral=True)
                if not self.wait(pause):
                    raise
            else:
                self.client.outage.over()
                return found

    def wait(self, seconds: float) -> bool:
        """Waits, and tells whether to go on: there is time left, and nobody cancelled. Does not wait in vain."""
        if not self._has_time(seconds):
            return False
        self.client.sleep(seconds)
        return not self.cancelled()

    def _turn(self) -> float:
        """Waits for the turn that the rate limit gives, and gives its moment."""
        # A cancelled run still takes the steps that finish what is under way, such as reading back what was made.
        delay = self.client.pace.delay()
        if time.monotonic() + delay >= self.deadline:
            raise NotSent("there was no time left for the call", f"{config_key('operationTimeout')} gives it more.")
        if delay > 0:
            self.client.sleep(delay)
        return time.monotonic()

    def _has_time(self, seconds: float) -> bool:
        return not self.cancelled() and time.monotonic() + seconds < self.deadline

    def _pause(self, error: RcsError, repeats: Repeats, began: float) -> float | None:
        """Seconds to wait before the call is made again, or None where it must not be."""
        pause = repeats.pause(error)
        if not is_unreached(error):
            self.client.outage.over()
            return pause
        self.client.pace.give_back()
        return None if pause is None else self.client.outage.pause(error, began, time.monotonic())

    def _once(self, operation: Operation, request: Request, send: Callable[[Request], Answer]) -> Any:
        started, outcome = time.monotonic(), "no answer"
        waiting = f"waiting for Kaleyra to {operation.verb}"
        overdue = threading.Timer(_PATIENCE, self.say, (waiting,), {"ephemeral": True})
        overdue.daemon = True
        overdue.start()
        try:
            answer = send(request)
            outcome = str(answer.status)
            return data_of(answer, empty_ok=operation.empty_ok, refused=operation.refused)
        except KeyRefused as error:
            error.hint = f"The key came from {self.client.settings.key_origin}. {error.hint}"
            raise
        finally:
            overdue.cancel()
            self._log(request, outcome, time.monotonic() - started)

    def _request(self, operation: Operation, number: str, body: Mapping[str, Any] | None) -> Request:
        settings = self.client.settings
        path = operation.path.format(number=quote(number, safe=""))
        return Request(
            operation.method,
            f"{settings.origin}/v1/{settings.sid}/rcs{path}",
            key=settings.key,
            connect_timeout=settings.connect_timeout,
            read_timeout=settings.read_timeout,
            deadline=self.deadline,
            body=body,
        )

    def _log(self, request: Request, outcome: str, seconds: float) -> None:
        settings = self.client.settings
        line = f"{request.method} {request.url} {outcome} {seconds * 1000:.0f} ms".replace(f"/{settings.sid}/", "/***/")
        logger.info("%s", line)
        if settings.debug:
            sent = "" if request.body is None else " " + masked(json.dumps(request.body))
            self.say(f"{line}{sent}", "info")
