"""The documented operations: their verbs and paths, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rcs_provider.core.errors import NotSent, RcsError, ServerError, Throttled, Unclear

ALWAYS: Final = (NotSent, Throttled, Unclear, ServerError)
"""Errors after which a read is repeated."""
UNDONE: Final = (NotSent, Throttled)
"""Errors after which a change is repeated: provably nothing was carried out."""

_VALUES: Final = "Where these words name a value, change it in the program; otherwise ask Kaleyra with this line."


@dataclass(frozen=True)
class Operation:
    """One documented operation.

    Attributes:
        verb: what it does to what, for messages: "create the agent".
        method: the HTTP verb.
        path: below `/v1/<sid>/rcs`, with a place for the agent's number, or for the name of a list.
        empty_ok: a success without a body is one.
        repeated_after: the errors after which the call is made again.
        refused: what to do where Kaleyra refuses for a reason that the classification does not know.
    """

    verb: str
    method: str
    path: str
    empty_ok: bool = False
    repeated_after: tuple[type[RcsError], ...] = ALWAYS
    refused: str = ""


CREATE_AGENT: Final = Operation("create the agent", "POST", "/agent", repeated_after=UNDONE, refused=_VALUES)
UPDATE_AGENT: Final = Operation(
    "update the agent", "PUT", "/agent/{number}", empty_ok=True, repeated_after=UNDONE, refused=_VALUES
)
GET_AGENT: Final = Operation("read the agent", "GET", "/agent/{number}")
GET_VERIFICATION: Final = Operation("read the agent's verification", "GET", "/agentstatus?agent_number={number}")
"""Asked only for an update that was refused for want of what it may tell; no page shows its answer."""
DELETE_AGENT: Final = Operation(
    "delete the agent",
    "DELETE",
    "/agent/{number}",
    empty_ok=True,
    repeated_after=UNDONE,
    refused='If Kaleyra keeps it, as it may a verified agent: set deletion_policy="retain" on it, run `pulumi up`, '
    "then destroy or remove it, and it stays at Kaleyra.",
)
LIST_AGENTS: Final = Operation("list the agents", "GET", "/agents")
# An invitation goes to a person, and a 429 may be a used-up quota.
REGISTER_TESTER: Final = Operation(
    "register the tester", "POST", "/agenttester/register", repeated_after=(), refused=_VALUES
)
LIST_TESTERS: Final = Operation("list the testers", "GET", "/agenttester/testersbyagent?agent_number={number}")
LIST_TESTERS_OLD: Final = Operation("list the testers", "GET", "/agent/testersbyagent?agent_number={number}")
"""The list's older path, asked only where the newer one answers 404 or 405."""
LIST_BRANDS: Final = Operation("list the brands", "GET", "/brands")
LIST_MASTERS: Final = Operation("list the allowed values", "GET", "/masters")
GET_MASTER_LIST: Final = Operation("list the allowed values", "GET", "/masters?listname={number}")
