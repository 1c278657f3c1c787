"""Paths: which path and method is which operation."""

from __future__ import annotations

OLD_TESTER_LIST = "/v1/{sid}/rcs/agent/testersbyagent"
NEW_TESTER_LIST = "/v1/{sid}/rcs/agenttester/testersbyagent"
VERIFICATION = "/v1/{sid}/rcs/agentstatus"

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
