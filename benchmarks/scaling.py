"""This package's own CPU time per resource, without an engine: the SDK's calls of a provider, over a carrier in memory.

What grows faster than the number of resources shows here; in a deployment the engine's own growth hides it.
"""

from __future__ import annotations

import base64
import json
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from worlds import CHANGED, declared

from rcs_provider import dynamic
from rcs_provider.client import Client
from rcs_provider.dynamic import RcsProvider, pickled
from rcs_provider.envelope import Answer

if TYPE_CHECKING:
    from rcs_provider.request import Request

_CONFIG: Final = {
    "rcs:pod": "in",
    "rcs:sid": "HXIN0000000001IN",
    "rcs:apiKey": "key",
    "rcs:endpoint": "http://127.0.0.1:1",
    "rcs:requestsPerSecond": "86400",
}


class _Memory:
    """The API in memory, as far as these calls need it; its own time is subtracted."""

    def __init__(self) -> None:
        self.agents: dict[str, dict[str, Any]] = {}
        self.seconds = 0.0

    def send(self, request: Request) -> Answer:
        """See `Transport`."""
        started = time.process_time()
        tail = request.url.rsplit("/", 1)[-1]
        data: Any = list(self.agents.values()) if tail == "agents" else self._one(request, tail)
        body = json.dumps({"code": "RCS902", "message": "ok", "data": data, "error": {}}).encode()
        self.seconds += time.process_time() - started
        return Answer(200, {"content-type": "application/json"}, body)

    def _one(self, request: Request, tail: str) -> dict[str, Any]:
        if request.method == "POST":
            number = str(10000 + len(self.agents))
            self.agents[number] = {**(request.body or {}), "agent_number": number, "status": "ACTIVE"}
            return self.agents[number]
        if request.method == "PUT":
            self.agents[tail] = {**self.agents[tail], **(request.body or {})}
        return self.agents[tail]


def scaled(count: int) -> dict[str, Any]:
    """Microseconds per resource and operation of so many agents, and what their state takes."""
    memory, provider = _Memory(), RcsProvider("agent")
    provider.configure(SimpleNamespace(config=_CONFIG))  # type: ignore[arg-type]
    client = Client(provider._settings, memory)
    client._pace = SimpleNamespace(delay=lambda: 0.0)  # type: ignore[assignment]
    dynamic._CLIENTS[provider._settings] = client
    times: dict[str, float] = {}

    def timed(operation: str, work: Any, *items: Any) -> list[Any]:
        used, started = memory.seconds, time.process_time()
        found = [work(*each) for each in zip(*items, strict=True)]
        own = time.process_time() - started - (memory.seconds - used)
        times[operation] = round(1e6 * own / count, 1)
        return found

    wanted = [each["agent"] for each in declared(count, 0)]
    provider.check({}, wanted[0])  # loads the libraries
    inputs = [each.inputs for each in timed("check", lambda each: provider.check({}, each), wanted)]
    made = timed("create", provider.create, inputs)
    ids, states = [each.id for each in made], [each.outs for each in made]
    timed("diff", provider.diff, ids, states, inputs)
    timed("read", provider.read, ids, states)
    changed = [{**each, **CHANGED} for each in inputs]
    outputs = timed("update", provider.update, ids, states, changed)
    client.made.clear()  # as in a later run: this one would not delete what it has made
    timed("delete", provider.delete, ids, [each.outs for each in outputs])
    return {"count": count, "microseconds": times, **_sizes(wanted, inputs, states)}


def _sizes(declared: list[Any], inputs: list[Any], states: list[Any]) -> dict[str, Any]:
    """Bytes per resource: what is declared, what is stored twice by the engine, and the pickled provider."""

    def each(values: list[Any]) -> int:
        return round(sum(len(json.dumps(value)) for value in values) / len(values))

    return {
        "declared": each(declared),
        "inputs": each(inputs),
        "outputs": each(states),
        "pickle": len(base64.b64decode(pickled("agent"))),
    }
