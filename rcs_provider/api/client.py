"""The API's operations: one method each, with authentication, time limits, repeats and a log line per call.

A `Client` is made once per account and process and is safe for threads. Its `Api` is the client as one operation on one
resource sees it: with that operation's deadline and its way to speak to the user.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol, cast
from urllib.parse import quote

from rcs_provider.core.errors import ApiError, KeyRefused, NothingThere, NotSent, RcsError, TransportError, Unclear
from rcs_provider.core.fields import is_block, is_list
from rcs_provider.core.run import Run
from rcs_provider.core.text import masked

from .envelope import about, block, data_of
from .locks import Locks
from .operations import (
    CREATE_AGENT,
    DELETE_AGENT,
    GET_AGENT,
    GET_MASTER_LIST,
    GET_VERIFICATION,
    LIST_AGENTS,
    LIST_BRANDS,
    LIST_MASTERS,
    LIST_TESTERS,
    LIST_TESTERS_OLD,
    REGISTER_TESTER,
    UPDATE_AGENT,
)
from .rate_limit import Pace
from .request import Request
from .retry import Outage, Repeats, is_unreached
from .shared_list import SharedLookup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rcs_provider.core.settings import Settings

    from .envelope import Answer
    from .operations import Operation
    from .request import Transport

logger: Final = logging.getLogger("rcs_provider")

Row = dict[str, Any]
LiveAgents = dict[str, list[Row]]
"""The rows of agents that are not deleted, by service code."""

_NO_SUCH_PATH: Final = (404, 405)
_PATIENCE: Final = 5.0
"""Seconds without an answer after which the resource's row says so."""


class Say(Protocol):
    """Speaks to the user; never raises."""

    def __call__(self, message: str, level: str = "info", *, ephemeral: bool = False) -> None:
        """Shows a line: `level` is info, warning or error; an ephemeral one is progress and is not kept."""
        ...


class _Later:
    """Loads what carries requests with the first of them: a program that only declares resources makes none."""

    @cached_property
    def send(self) -> Callable[[Request], Answer]:
        """See `request.Transport`."""
        from .transport import HttpTransport  # noqa: PLC0415 - see above

        return HttpTransport().send


@dataclass
class Client:
    """One account, as one process talks to it.

    Attributes:
        settings: of the account.
        transport: carries the requests.
        sleep: waits that many seconds, or ends earlier where the run is cancelled.
        agents: the list of live agents, shared.
        writing: locks by agent number, so that writes to one agent never overlap.
        misfit: why the account cannot be used, asked once.
        run: what is known of the run: who declares, has and made what.
    """

    settings: Settings
    transport: Transport = field(default_factory=lambda: cast("Transport", _Later()))
    sleep: Callable[[float], object] = time.sleep
    agents: SharedLookup[LiveAgents] = field(default_factory=SharedLookup[LiveAgents])
    writing: Locks = field(default_factory=Locks)
    misfit: SharedLookup[RcsError | None] = field(default_factory=SharedLookup["RcsError | None"])
    run: Run = field(default_factory=Run)

    def __post_init__(self) -> None:
        """Makes what depends on the settings."""
        self.pace = Pace(self.settings.requests_per_second)
        self.outage = Outage(self.settings.max_retries)
        self._testers: dict[str, SharedLookup[list[Row]]] = {}

    def testers(self, number: str) -> SharedLookup[list[Row]]:
        """The shared list of one agent's testers."""
        return self._testers.setdefault(number, SharedLookup())  # one step of the interpreter's, so no lock

    def api(self, say: Say, limit: float | None = None, cancelled: Callable[[], bool] = lambda: False) -> Api:
        """The client for one operation on one resource.

        Args:
            say: speaks to the user.
            limit: seconds that the operation may take in all; None takes the setting.
            cancelled: tells whether the run was cancelled; nothing is repeated or looked for again after that.
        """
        return Api(self, say, time.monotonic() + (limit or self.settings.operation_timeout), cancelled)


@dataclass(frozen=True)
class Api:
    """The operations, within one deadline.

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

    def create_agent(self, body: Mapping[str, Any]) -> Row:
        """Creates an agent; the documented answer echoes the body and holds no number.

        Repeated only where the first try provably made none.
        """
        return block(self._call(CREATE_AGENT, body=body))

    def update_agent(self, number: str, body: Mapping[str, Any]) -> Row:
        """Replaces an agent's whole object; gives the agent as the answer has it, or nothing."""
        return about(number, block(self._call(UPDATE_AGENT, number=number, body=body) or {}))

    def get_agent(self, number: str) -> Row:
        """One agent, as the API has it.

        Raises:
            Unclear: the answer is about another agent.
        """
        return about(number, block(self._call(GET_AGENT, number=number)))

    def get_verification(self, number: str) -> Row:
        """An agent's verification, as it comes: no page shows the answer."""
        return about(number, block(self._call(GET_VERIFICATION, number=number)))

    def delete_agent(self, number: str) -> None:
        """Retires an agent; its record stays readable with status DELETED."""
        self._call(DELETE_AGENT, number=number)

    def list_agents(self) -> list[Row]:
        """All agents of the account; the documented error for none is an empty list."""
        return self._list(LIST_AGENTS)

    def register_tester(self, agent_no: str, phoneno: str) -> Row:
        """Sends a person an invitation to test an agent. Never repeated."""
        return block(self._call(REGISTER_TESTER, body={"phoneno": phoneno, "agent_no": agent_no}))

    def list_testers(self, number: str) -> list[Row]:
        """The testers of an agent, by the newer path, or the older one where that does not exist."""
        try:
            return self._list(LIST_TESTERS, number=number)
        except ApiError as error:
            if error.status not in _NO_SUCH_PATH or error.label == "PROV_ERROR":
                raise
        return self._list(LIST_TESTERS_OLD, number=number)

    def list_brands(self) -> list[Row]:
        """The account's brands, as they come: no page shows the answer."""
        return self._list(LIST_BRANDS)

    def list_masters(self, name: str | None = None) -> Any:
        """The lists of allowed values, or the one of that name, as they come: no page shows the answer."""
        return self._call(LIST_MASTERS) if name is None else self._call(GET_MASTER_LIST, number=name)

    def misfit(self) -> RcsError | None:
        """Why the account cannot be used, or None; one call answers all who ask in the life of the process."""
        return self.client.misfit.since(0.0, self._misfit)

    def _misfit(self) -> RcsError | None:
        try:
            self.list_agents()
        except RcsError as error:
            return error
        return None

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
            raise NotSent("there was no time left for the call", "rcs:operationTimeout gives it more.")
        if delay > 0:
            self.client.sleep(delay)
        return time.monotonic()

    def _has_time(self, seconds: float) -> bool:
        return not self.cancelled() and time.monotonic() + seconds < self.deadline

    def _list(self, operation: Operation, number: str = "") -> list[Row]:
        try:
            found = self._call(operation, number=number)
        except NothingThere:
            return []
        rows = [found] if is_block(found) and found else found or []
        if not is_list(rows) or not all(is_block(each) for each in rows):
            raise Unclear("unexpected answer: `data` is not a list of objects")
        return rows

    def _call(self, operation: Operation, *, number: str = "", body: Mapping[str, Any] | None = None) -> Any:
        """Makes a call, repeated as far as that is safe and there is time."""
        repeats = Repeats(operation.repeated_after, self.client.settings.max_retries)
        request = self._request(operation, number, body)
        send = self.client.transport.send  # loaded before the turn, which would pass meanwhile
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
