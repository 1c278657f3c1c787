"""The documented operations on agents."""

from __future__ import annotations

from typing import Final

from rcs_provider.api.operations import UNDONE, VALUES, Operation

CREATE: Final = Operation("create the agent", "POST", "/agent", repeated_after=UNDONE, refused=VALUES)
"""Its documented answer echoes the body and holds no number."""
READ: Final = Operation("read the agent", "GET", "/agent/{number}")
UPDATE: Final = Operation(
    "update the agent", "PUT", "/agent/{number}", empty_ok=True, repeated_after=UNDONE, refused=VALUES
)
"""Replaces the whole object."""
DELETE: Final = Operation(
    "delete the agent",
    "DELETE",
    "/agent/{number}",
    empty_ok=True,
    repeated_after=UNDONE,
    refused='If Kaleyra keeps it, as it may a verified agent: set deletion_policy="retain" on it, run `pulumi up`, '
    "then destroy or remove it, and it stays at Kaleyra.",
)
"""Retires the agent; its record stays readable with status DELETED."""
LIST: Final = Operation("list the agents", "GET", "/agents")
GET_VERIFICATION: Final = Operation("read the agent's verification", "GET", "/agentstatus?agent_number={number}")
"""Asked only for an update that was refused for want of what it may tell; no page shows its answer."""
