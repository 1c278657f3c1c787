"""What an operation of the API is, and those that are about no kind of object.

The operations on a kind stand beside it, in `objects`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rcs_provider.core.errors import NotSent, RcsError, ServerError, Throttled, Unclear

ALWAYS: Final = (NotSent, Throttled, Unclear, ServerError)
"""Errors after which a read is repeated."""
UNDONE: Final = (NotSent, Throttled)
"""Errors after which a change is repeated: provably nothing was carried out."""

VALUES: Final = "Where these words name a value, change it in the program; otherwise ask Kaleyra with this line."
"""What to do where a call that carries declared values is refused."""


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


LIST_BRANDS: Final = Operation("list the brands", "GET", "/brands")
LIST_MASTERS: Final = Operation("list the allowed values", "GET", "/masters")
GET_MASTER_LIST: Final = Operation("list the allowed values", "GET", "/masters?listname={number}")
