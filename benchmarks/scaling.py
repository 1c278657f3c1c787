"""The CPU time of what both providers share, per agent and per tester: without an engine, over an API in memory.

What grows faster than the number of resources shows here; in a deployment the engine's own growth hides it.
"""

from __future__ import annotations

import gc
import json
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from worlds import CHANGED, declared

from rcs_provider.api.client import Client
from rcs_provider.api.envelope import Answer
from rcs_provider.core.controller import Controller
from rcs_provider.core.kind import Context
from rcs_provider.core.run import Run
from rcs_provider.core.settings import Settings
from rcs_provider.objects import by_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rcs_provider.api.request import Request

_SETTINGS: Final = Settings(
    pod="in", sid="HXIN0000000001IN", api_key="key", endpoint="http://127.0.0.1:1", deletion_policy="delete"
)
_TESTERS: Final = 5
"""Testers of each agent."""
_CHANGES: Final = {"agent": CHANGED, "tester": {"resend": "2"}}
"""What an update changes."""


class _Memory:
    """The API in memory, as far as these calls need it; its own time is subtracted."""

    def __init__(self) -> None:
        self.agents: dict[str, dict[str, Any]] = {}
        self.testers: dict[str, list[dict[str, Any]]] = {}
        self.seconds = 0.0

    def send(self, request: Request) -> Answer:
        """See `Transport`."""
        started = time.process_time()
        data = self._data(request, request.url.rsplit("/", 1)[-1])
        body = json.dumps({"code": "RCS902", "message": "ok", "data": data, "error": {}}).encode()
        self.seconds += time.process_time() - started
        return Answer(200, {"content-type": "application/json"}, body)

    def _data(self, request: Request, tail: str) -> Any:
        if tail == "agents":
            return list(self.agents.values())
        if tail == "register":
            row = {**(request.body or {}), "id": str(uuid4())}
            self.testers.setdefault(row["agent_no"], []).append(row)
            return row
        if tail.startswith("testersbyagent"):
            return self.testers.get(tail.rsplit("=", 1)[-1], [])
        return self._agent(request, tail)

    def _agent(self, request: Request, tail: str) -> dict[str, Any]:
        if request.method == "POST":
            number = str(10000 + len(self.agents))
            own = {"agent_number": number, "uuid": str(uuid4()), "status": "ACTIVE"}
            self.agents[number] = {**(request.body or {}), **own}
            return self.agents[number]
        if request.method == "PUT":
            self.agents[tail] = {**self.agents[tail], **(request.body or {})}
        return self.agents[tail]


def scales(kind: str, counts: Sequence[int], repeats: int = 7) -> list[dict[str, Any]]:
    """The least of several runs per count, as all that is over it is the machine's; the first of all warms up."""
    scaled(kind, counts[0])
    rounds = [[scaled(kind, count) for count in counts] for _ in range(repeats)]
    found = [dict(row) for row in rounds[0]]
    for place, row in enumerate(found):
        runs = [each[place]["microseconds"] for each in rounds]
        row["microseconds"] = {name: min(run[name] for run in runs) for name in runs[0]}
    return found


def _wanted(kind: str, count: int) -> list[dict[str, Any]]:
    if kind == "agent":
        return [each["agent"] for each in declared(count, 0)]
    agents = declared(count // _TESTERS, _TESTERS)
    return [
        {"agent_no": str(10000 + place), "phoneno": phone}
        for place, each in enumerate(agents)
        for phone in each["testers"]
    ]


def scaled(kind: str, count: int) -> dict[str, Any]:
    """Microseconds per object and operation of so many agents or testers."""
    memory = _Memory()
    times: dict[str, float] = {}

    def timed(operation: str, *items: Any) -> list[Any]:
        work = getattr(_controller(kind, memory), operation)  # what it knows of the account is forgotten, as in a run
        gc.freeze()  # what the engine would hold in its own process is no garbage of the provider's
        used, started = memory.seconds, time.process_time()
        found = [work(*each) for each in zip(*items, strict=True)]
        own = time.process_time() - started - (memory.seconds - used)
        times[operation] = round(1e6 * own / count, 1)
        return found

    wanted = _wanted(kind, count)
    inputs = [each.inputs for each in timed("check", [{}] * count, wanted)]
    made = timed("create", inputs)
    ids, states = [each.id for each in made], [each.state for each in made]
    timed("diff", ids, states, inputs)
    timed("read", ids, states)
    changed = [{**each, **_CHANGES[kind]} for each in inputs]
    timed("delete", ids, timed("update", ids, states, changed))
    return {"kind": kind, "count": count, "microseconds": times}


def _controller(kind: str, memory: _Memory) -> Controller[Any]:
    client = Client(_SETTINGS, memory)
    client.pace = SimpleNamespace(delay=lambda: 0.0)  # type: ignore[assignment]

    def say(message: str, level: str = "info", *, ephemeral: bool = False) -> None:
        """Each tester says that it stays; nobody listens."""

    return Controller(by_name()[kind], Context(client.api(say), _SETTINGS, Run(), say))
