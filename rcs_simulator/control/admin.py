"""Admin paths under `/_admin/`, which the real API does not have (C2).

All speak JSON. A mistake is answered with 400, a missing agent or tester with 404, both as `{"error": "..."}`.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from rcs_simulator.api import coverage, switches
from rcs_simulator.control import seeding, snapshot

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from rcs_simulator.pod import Pod

Handler = Callable[["Pod", "Request", Any], Any]


def _guarded(pod: Pod, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Turn a function of pod, request and JSON body into an endpoint that answers mistakes with 400 and 404."""

    @functools.wraps(handler)
    async def endpoint(request: Request) -> Response:
        try:
            raw = await request.body()
            return JSONResponse(handler(pod, request, json.loads(raw) if raw else {}))
        except seeding.MissingObjectError as error:
            return JSONResponse({"error": str(error)}, 404)
        except KeyError as error:
            return JSONResponse({"error": f"the body lacks {error}"}, 400)
        except (ValueError, TypeError, AttributeError) as error:
            return JSONResponse({"error": str(error)}, 400)

    return endpoint


def _info(pod: Pod, _request: Request, _body: Any) -> Any:
    return {"pod": pod.name, "seed": pod.seed, "accounts": pod.backend.accounts.table}


def _reset(pod: Pod, _request: Request, _body: Any) -> Any:
    pod.reset()
    return {}


def _journal(pod: Pod, request: Request, _body: Any) -> Any:
    entries = pod.journal.entries(**{name: request.query_params.get(name) for name in ("method", "operation", "path")})
    return {"count": len(entries)} if "count" in request.query_params else {"entries": entries}


def _clear_journal(pod: Pod, _request: Request, _body: Any) -> Any:
    pod.journal.clear()
    return {}


def _faults(pod: Pod, _request: Request, _body: Any) -> Any:
    return {"pending": pod.faults.pending()}


def _add_faults(pod: Pod, _request: Request, body: Any) -> Any:
    pod.faults.add(body["operation"], body["faults"])
    return {"pending": pod.faults.pending()}


def _clear_faults(pod: Pod, _request: Request, _body: Any) -> Any:
    pod.faults.clear()
    return {}


def _switches(pod: Pod, request: Request, _body: Any) -> Any:
    return switches.describe() if "describe" in request.query_params else pod.backend.switches.values()


def _set_switches(pod: Pod, _request: Request, body: Any) -> Any:
    pod.backend.set(body)
    return pod.backend.switches.values()


def _transitions(pod: Pod, _request: Request, body: Any) -> Any:
    """Set the transitions together: `{"reads": {...} or null, "seconds": {...} or null}` (C8)."""
    pod.backend.set({"status_after_reads": body.get("reads"), "status_after_seconds": body.get("seconds")})
    return {"reads": pod.backend.switches.status_after_reads, "seconds": pod.backend.switches.status_after_seconds}


def _clock(pod: Pod, _request: Request, body: Any) -> Any:
    pod.clock.skip(float(body.get("skip", 0.0)))
    return {"now": pod.clock.now()}


def _agents(pod: Pod, request: Request, _body: Any) -> Any:
    rows = pod.backend.agents.rows(deleted=request.query_params.get("deleted") == "true")
    return {"agents": [row.record for row in rows]}


def _seed_agent(pod: Pod, _request: Request, body: Any) -> Any:
    return seeding.seed_agent(pod, body)


def _agent(pod: Pod, request: Request, _body: Any) -> Any:
    return seeding.agent_row(pod, request.path_params["number"]).record


def _patch_agent(pod: Pod, request: Request, body: Any) -> Any:
    return seeding.patch_agent(pod, request.path_params["number"], body)


def _remove_agent(pod: Pod, request: Request, _body: Any) -> Any:
    pod.backend.agents.remove(seeding.agent_row(pod, request.path_params["number"]).number)
    return {}


def _testers(pod: Pod, request: Request, _body: Any) -> Any:
    number = request.query_params.get("agent_number")
    count = None if number is None else pod.backend.testers.invitations(number)
    return {"testers": pod.backend.testers.rows(number), "invitations": count}


def _seed_tester(pod: Pod, _request: Request, body: Any) -> Any:
    return seeding.seed_tester(pod, body)


def _patch_tester(pod: Pod, request: Request, body: Any) -> Any:
    return seeding.patch_tester(pod, request.path_params["number"], request.path_params["phoneno"], body)


def _remove_tester(pod: Pod, request: Request, _body: Any) -> Any:
    number, phoneno = request.path_params["number"], request.path_params["phoneno"]
    seeding.tester_row(pod, number, phoneno)
    pod.backend.testers.remove(number, phoneno)
    return {}


def _accounts(pod: Pod, _request: Request, _body: Any) -> Any:
    return pod.backend.accounts.table


def _set_accounts(pod: Pod, _request: Request, body: Any) -> Any:
    pod.backend.accounts.put(body)
    return pod.backend.accounts.table


def _export(pod: Pod, _request: Request, _body: Any) -> Any:
    return snapshot.export(pod)


def _import(pod: Pod, _request: Request, body: Any) -> Any:
    snapshot.load(pod, body)
    return {}


def _coverage(_pod: Pod, _request: Request, _body: Any) -> Any:
    return [vars(row) for row in coverage.ROWS]


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/info", _info),
    ("POST", "/reset", _reset),
    ("GET", "/journal", _journal),
    ("DELETE", "/journal", _clear_journal),
    ("GET", "/faults", _faults),
    ("POST", "/faults", _add_faults),
    ("DELETE", "/faults", _clear_faults),
    ("GET", "/switches", _switches),
    ("PATCH", "/switches", _set_switches),
    ("PUT", "/transitions", _transitions),
    ("POST", "/clock", _clock),
    ("GET", "/agents", _agents),
    ("POST", "/agents", _seed_agent),
    ("GET", "/agents/{number}", _agent),
    ("PATCH", "/agents/{number}", _patch_agent),
    ("DELETE", "/agents/{number}", _remove_agent),
    ("GET", "/testers", _testers),
    ("POST", "/testers", _seed_tester),
    ("PATCH", "/testers/{number}/{phoneno}", _patch_tester),
    ("DELETE", "/testers/{number}/{phoneno}", _remove_tester),
    ("GET", "/accounts", _accounts),
    ("PUT", "/accounts", _set_accounts),
    ("GET", "/export", _export),
    ("PUT", "/import", _import),
    ("GET", "/coverage", _coverage),
)


def application(pod: Pod) -> ASGIApp:
    """Return the admin paths of one pod."""
    return Router([Route(path, _guarded(pod, handler), methods=[method]) for method, path, handler in ROUTES])
