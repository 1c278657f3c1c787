"""Paths: which path and method is which operation, and the application that serves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Mount, Route, Router

from rcs_simulator import admin
from rcs_simulator.gateway import NEW_TESTER_LIST, OLD_TESTER_LIST, VERIFICATION, Endpoint

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from rcs_simulator.pod import Pod

PATHS: dict[str, dict[str, str]] = {
    "/v1/{sid}/rcs/agent": {"POST": "create_agent"},
    "/v1/{sid}/rcs/agents": {"GET": "list_agents"},
    OLD_TESTER_LIST: {"GET": "list_testers"},
    NEW_TESTER_LIST: {"GET": "list_testers"},
    "/v1/{sid}/rcs/agenttester/register": {"POST": "register_tester"},
    "/v1/{sid}/rcs/agent/{number}": {"GET": "get_agent", "PUT": "update_agent", "DELETE": "delete_agent"},
    VERIFICATION: {"GET": "get_verification"},
    "/v1/{sid}/rcs/brands": {"GET": "list_brands"},
    "/v1/{sid}/rcs/masters": {"GET": "list_masters"},
}
"""Every path of the API; a fixed word stands before a placeholder, which would match it, too."""


def application(pod: Pod) -> ASGIApp:
    """Return the ASGI application of one world: the API, and the admin paths under `/_admin`."""
    routes = [Route(path, Endpoint(pod, path, methods)) for path, methods in PATHS.items()]
    router = Router([*routes, Mount("/_admin", admin.application(pod))], redirect_slashes=False)
    router.default = Endpoint(pod, "", {})
    return router
