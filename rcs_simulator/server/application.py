"""Application: what every request goes through - journal, route, fault, latency, account, operation, answer."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route, Router

from rcs_simulator.api.answers import JSON_TYPE, Answer, failure, page
from rcs_simulator.api.errors import ApiError, InternalError, WrongMethodError
from rcs_simulator.api.operations import Call, run
from rcs_simulator.api.paths import NEW_TESTER_LIST, OLD_TESTER_LIST, PATHS, VERIFICATION
from rcs_simulator.control import admin
from rcs_simulator.faults import effects
from rcs_simulator.faults.connection import ClientConnection
from rcs_simulator.state.journal import BODY_LIMIT, SECRET_HEADERS, Line, redacted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

    from rcs_simulator.pod import Pod


SAMPLES = {each.name: each.read_bytes() for each in (Path(__file__).resolve().parents[1] / "samples").iterdir()}
"""Pictures of the sample agents, and a page that they can link to; served beside the API, and in no journal.

They are kept, as a file that is opened for a client that goes away is closed by nobody.
"""


def application(pod: Pod) -> ASGIApp:
    """Return the ASGI application of one pod: the API, admin paths under `/_admin`, and samples under `/samples`."""
    routes = [Route(path, Endpoint(pod, path, methods)) for path, methods in PATHS.items()]
    beside = [Mount("/_admin", admin.application(pod)), Route("/samples/{name:path}", _sample)]
    router = Router([*routes, *beside], redirect_slashes=False)
    router.default = Endpoint(pod, "", {})
    return router


async def _sample(request: Request) -> Response:
    """Return a sample, or that there is none."""
    name = request.path_params["name"]
    kind, _ = guess_type(name)
    return Response(SAMPLES[name], media_type=kind) if name in SAMPLES else Response(status_code=HTTPStatus.NOT_FOUND)


class Endpoint:
    """One path of the API, as an ASGI application.

    Args:
        pod: the pod that is asked.
        path: the path's pattern, empty for all unknown ones.
        methods: operation by HTTP method.
    """

    def __init__(self, pod: Pod, path: str, methods: Mapping[str, str]) -> None:
        self.pod = pod
        self.path = path
        self.methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        call = await _read(scope, receive)
        entry = _entry(call, self.methods.get(call.method))
        secrets = [value for name, value in call.headers.items() if name in SECRET_HEADERS]
        secrets += [key for keys in self.pod.backend.accounts.table.values() for key in keys]
        refusal = self._refusal(call)
        fault = {} if refusal else self._fault(entry)
        entry.flags += refusal.flags if refusal else [f"fault:{fault['kind']}"] if fault else []
        self.pod.journal.begin(entry, secrets)
        try:
            connection = ClientConnection(scope, receive, send)
            entry.status = await (connection.send(refusal) if refusal else self._answer(call, entry, connection, fault))
        finally:
            self.pod.journal.end(entry, secrets)

    def _fault(self, entry: Line) -> dict[str, Any]:
        faults = self.pod.faults
        return faults.take(entry.operation or "", self._facts(entry)) if faults.waiting else {}

    async def _answer(self, call: Call, entry: Line, connection: ClientConnection, fault: dict[str, Any]) -> int | None:
        if self.pod.backend.switches.latency:
            await asyncio.sleep(self.pod.backend.switches.latency)
        name = self.methods[call.method]
        return await effects.perform(fault, connection, lambda: self._work(name, call, entry))

    def _facts(self, entry: Line) -> dict[str, str | None]:
        """Return what a fault's filters look at; the service code of a known agent is looked up."""
        code = entry.service_code
        if code is None and entry.agent_number:
            row = self.pod.backend.agents.row(entry.agent_number)
            code = row.record.get("service_code") if row else None
        return {"agent_number": entry.agent_number, "service_code": code, "phoneno": entry.phoneno}

    def _refusal(self, call: Call) -> Answer | None:
        """Return the answer to a path or method that the API does not have, or that a switch turns off."""
        state = self._state()
        if state == "404":
            return replace(page(404, "Not Found"), flags=("unknown_route",))
        if state == "405" or call.method not in self.methods:
            return failure(WrongMethodError())
        return None

    def _state(self) -> str:
        switches = self.pod.backend.switches
        states = {
            OLD_TESTER_LIST: switches.old_tester_list,
            NEW_TESTER_LIST: switches.new_tester_list,
            VERIFICATION: "on" if switches.agent_status_call else "404",
            "": "404",
        }
        return states.get(self.path, "on")

    def _work(self, name: str, call: Call, entry: Line) -> Answer:
        try:
            answer = run(self.pod.backend, name, call)
        except ApiError as error:
            answer = failure(error)
        except Exception as error:  # noqa: BLE001 - a mistake of ours must not look like one of the client's
            entry.flags.append("simulator_bug")
            answer = failure(InternalError(f"simulator bug: {error!r}"))
        entry.flags += answer.flags
        if name == "create_agent" and not entry.agent_number:
            entry.agent_number = self._created(entry.service_code, answer)
        return answer

    def _created(self, service_code: str | None, answer: Answer) -> str | None:
        """Return the number of the agent that was just created; the answer to a create may not show it."""
        if answer.status >= HTTPStatus.BAD_REQUEST:
            return None
        sql = "SELECT number FROM agents WHERE pod = ? AND service_code = ? ORDER BY seq DESC LIMIT 1"
        found = self.pod.storage.rows(sql, (service_code,))
        return str(found[0][0]) if found else None


async def _read(scope: Scope, receive: Receive) -> Call:
    request = Request(scope, receive)
    return Call(
        method=request.method,
        path=request.url.path,
        params=scope.get("path_params", {}),
        query=dict(request.query_params),
        headers=dict(request.headers),
        raw=await request.body(),
    )


def _entry(call: Call, operation: str | None) -> Line:
    body = _body(call.raw)
    facts: dict[str, Any] = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
    number = call.params.get("number") or call.query.get("agent_number") or facts.get("agent_no")
    return Line(
        number=0,
        started=0.0,
        method=call.method,
        path=call.path,
        query=call.query,
        operation=operation,
        headers=redacted(call.headers),
        body=body,
        flags=[] if call.media_type == JSON_TYPE else ["content_type"],
        agent_number=_text(number),
        service_code=_text(facts.get("service_code")),
        phoneno=_text(facts.get("phoneno")),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _body(raw: bytes) -> Any:
    if not raw:
        return None
    try:
        return json.loads(raw)
    except ValueError:
        return raw[:BODY_LIMIT].decode(errors="replace")
