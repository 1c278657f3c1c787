"""What the unit tests share: settings, answers, a transport made of functions, and a clock without waiting."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, Final

from samples import KEY, SID, URN

from rcs_provider.api.client import Calls, Client
from rcs_provider.api.envelope import Answer
from rcs_provider.core.kind import Context
from rcs_provider.core.run import Run
from rcs_provider.core.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rcs_provider.api.request import Request


def settings(**changes: Any) -> Settings:
    """Settings of one account, all sound."""
    given: dict[str, Any] = {
        "pod": "in", "sid": SID, "api_key": KEY, "endpoint": "http://127.0.0.1:1", "requests_per_second": 1e6,
    }  # fmt: skip
    return Settings(**{**given, **changes})


def good(data: Any, status: int = 200) -> Answer:
    """An answer that says that all went well."""
    return Answer(status, {}, json.dumps({"code": "RCS902", "message": "Done", "data": data, "error": {}}).encode())


def bad(  # noqa: PLR0913 - the parts of one answer
    text: str = "",
    *,
    code: str = "RCS904",
    label: str = "PROV_ERROR",
    status: int = 400,
    message: str = "",
    retry_after: str = "",
) -> Answer:
    """An error in the vendor's envelope."""
    envelope = {
        "code": code, "message": message, "data": [], "error": {"error_code": label, "error_message": text},
    }  # fmt: skip
    headers = {"retry-after": retry_after} if retry_after else {}
    return Answer(status, headers, json.dumps(envelope).encode())


NOT_FOUND: Final = bad("Agent not found", message="Unable to fetch RCS Agent details")
NO_AGENTS: Final = bad("No Agents Found", message="Unable to fetch RCS Agent details")
MAPPED: Final = bad('{"status":"FAILED","message":"Service code already mapped with another agent."}')
THROTTLED: Final = bad("Too many requests", code="RCS429", label="TOO_MANY_REQUESTS", status=429)
BROKEN: Final = bad("Internal Server Error", code="RCS500", label="RCS_CHANNEL_INTERNAL_ERROR", status=500)
HTML: Final = Answer(502, {}, b"<html><body>Bad Gateway</body></html>")


class Script:
    """A transport that answers from scripts: by operation the answers in order, the last one for ever after.

    An answer may be an error to raise, or a function of the request. What no script answers fails the test.
    """

    def __init__(self, clock: Clock, /, **answers: Any) -> None:
        self.clock = clock
        self.answers = {name: list(given) if isinstance(given, list) else [given] for name, given in answers.items()}
        self.requests: list[Request] = []
        self._guard = threading.Lock()

    def send(self, request: Request) -> Answer:
        with self._guard:
            self.requests.append(request)
            self.clock.now += 1e-4  # no two calls begin at the same moment
            name = operation(request)
            assert name in self.answers, f"unexpected {request.method} {request.url}"
            script = self.answers[name]
            found = script.pop(0) if len(script) > 1 else script[0]
        if callable(found):
            found = found(request)
        if isinstance(found, BaseException):
            raise found
        assert isinstance(found, Answer)
        return found

    def add(self, **answers: Any) -> None:
        """Replaces the scripts of some operations."""
        self.answers |= {name: list(given) if isinstance(given, list) else [given] for name, given in answers.items()}

    @property
    def calls(self) -> list[str]:
        """Names of the operations that were called, in order."""
        return [operation(each) for each in self.requests]

    def bodies(self, name: str) -> list[Any]:
        """Bodies of the requests of one operation."""
        return [each.body for each in self.requests if operation(each) == name]


_PATHS: Final = {
    "/agents": "list",
    "/agent": "create",
    "/agenttester/register": "register",
    "/agenttester/testersbyagent": "testers",
    "/agent/testersbyagent": "testers_old",
    "/agentstatus": "verification",
    "/brands": "brands",
    "/masters": "masters",
}


def operation(request: Request) -> str:
    """The operation that a request is of."""
    path = request.url.split("/rcs/")[-1].partition("?")[0]
    return _PATHS.get(f"/{path}") or {"GET": "get", "PUT": "put", "DELETE": "delete"}[request.method]


class Clock:
    """Time that passes only by sleeping, and notes every sleep; stands in for the module `time`."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds


class Heard:
    """Whatever was said to the user."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []

    def __call__(self, message: str, level: str = "info", *, ephemeral: bool = False) -> None:
        self.lines.append(("progress" if ephemeral else level, message))

    def of(self, level: str) -> list[str]:
        return [message for each, message in self.lines if each == level]


class Bench:
    """One client on a script, with a clock and an ear, and contexts made from it."""

    def __init__(self, clock: Clock, /, **answers: Any) -> None:
        changes = answers.pop("settings", {})
        self.clock = clock
        self.script = Script(clock, **answers)
        self.heard = Heard()
        self.settings = settings(**changes)
        self.client = Client(self.settings, self.script, clock.sleep)
        self.api = self.client.api(self.heard)
        self.run = Run()

    def context(self, urn: str = URN) -> Context[Calls]:
        return Context(self.api, self.settings, self.run, self.heard, urn)


def every(table: Any, find: Callable[[Any], bool]) -> Iterator[tuple[str, Any]]:
    """Paths and records of all inputs of a table, nested ones too, that a function wants; list items end in `[0]`."""
    for each in table.inputs:
        yield from _every(each, each.name, find)


def _every(field: Any, path: str, find: Callable[[Any], bool]) -> Iterator[tuple[str, Any]]:
    if find(field):
        yield path, field
    if field.inner is not None:
        stem = f"{path}[0]" if field.item else path
        for each in field.inner.inputs:
            yield from _every(each, f"{stem}.{each.name}", find)
    elif field.item is not None and find(field.item):
        yield f"{path}[0]", field.item
