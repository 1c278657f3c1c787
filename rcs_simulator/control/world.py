"""World: one pod of a running simulator, as a test or a script sees it; a client of the admin paths.

It works for a simulator in another process, too, and never uses a proxy.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cached_property
from http import HTTPStatus
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMEOUT = 30.0

Record = dict[str, Any]


class WorldError(ValueError):
    """The simulator refuses an admin call: unknown switch, fault or value; the message names it."""


class WorldLookupError(LookupError):
    """The agent or tester that an admin call names does not exist."""


@dataclass(frozen=True)
class Entry:
    """One request as the journal holds it.

    Attributes:
        number: place in the journal, from 1.
        started: seconds on the server's monotonic clock, when the request was read.
        ended: likewise, when the answer was sent or given up; None while the request is being handled.
        method: HTTP method.
        path: path without query.
        query: query parameters.
        operation: such as `create_agent`; None if the API has no such path or method.
        status: HTTP status sent; None if no answer was sent.
        headers: request headers by lower-case name, secrets masked.
        body: request body as JSON, or as str if it is not valid JSON.
        flags: what was unusual: `unknown_route`, `wrong_method`, `missing_key`, `wrong_sid`, `wrong_key`,
            `content_type`, `fault:<kind>`, `simulator_bug`.
        agent_number: number of the agent, if known.
        service_code: service code of the agent, if known.
        phoneno: phone of the tester, if known.
    """

    number: int
    started: float
    ended: float | None
    method: str
    path: str
    query: dict[str, str]
    operation: str | None
    status: int | None
    headers: dict[str, str]
    body: Any
    flags: tuple[str, ...]
    agent_number: str | None
    service_code: str | None
    phoneno: str | None

    def overlaps(self, other: Entry) -> bool:
        """Return whether two requests were being handled at the same time."""
        ends = [float("inf") if entry.ended is None else entry.ended for entry in (self, other)]
        return self.started < ends[1] and other.started < ends[0]


class World:
    """A pod of a running simulator.

    Args:
        url: its origin, such as `http://127.0.0.1:43121`.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    @cached_property
    def _account(self) -> tuple[str, str]:
        sid, keys = next(iter(self.accounts().items()))
        return sid, keys[0]

    @property
    def sid(self) -> str:
        """SID of the first account."""
        return self._account[0]

    @property
    def api_key(self) -> str:
        """API key of the first account."""
        return self._account[1]

    def reset(self) -> None:
        """Forget objects, journal, faults, switches and accounts."""
        self._call("POST", "/reset")
        self.__dict__.pop("_account", None)

    # switches and time

    def set(self, **switches: Any) -> None:
        """Set switches.

        Raises:
            WorldError: an unknown switch or value; then nothing is set.
        """
        self._call("PATCH", "/switches", switches)

    def switches(self) -> Record:
        """Return all switches with their values."""
        return dict(self._call("GET", "/switches"))

    def skip(self, seconds: float) -> None:
        """Move the world's time forward, for quotas and transitions."""
        self._call("POST", "/clock", {"skip": seconds})

    def accounts(self) -> dict[str, list[str]]:
        """Return the accounts, `{sid: [key, ...]}`."""
        return dict(self._call("GET", "/accounts"))

    def set_accounts(self, accounts: Mapping[str, list[str]]) -> None:
        """Replace the accounts, `{sid: [key, ...]}`; the first is what `sid` and `api_key` say."""
        self._call("PUT", "/accounts", dict(accounts))
        self.__dict__.pop("_account", None)

    # journal

    def journal(self, operation: str | None = None, method: str | None = None, path: str | None = None) -> list[Entry]:
        """Return the requests so far, in order, those that match."""
        query = {"operation": operation, "method": method, "path": path}
        entries: list[Record] = self._call("GET", "/journal", query=query)["entries"]
        return [_entry(one) for one in entries]

    def clear_journal(self) -> None:
        """Drop the journal's entries."""
        self._call("DELETE", "/journal")

    # faults

    def fault(self, operation: str, *faults: str | int | Mapping[str, Any], **match: str) -> None:
        """Append faults to an operation's script; the module `faults.kinds` names their kinds.

        Args:
            operation: such as `create_agent`, or `any`.
            faults: words, HTTP statuses, or objects with `kind`.
            match: `agent_number`, `service_code` or `phoneno`, to hit only that object's calls.

        Raises:
            WorldError: an unknown operation, fault or key; then nothing is added.
        """
        given = [{"kind": "status", "status": fault} if isinstance(fault, int) else fault for fault in faults]
        texts = [{"kind": fault} if isinstance(fault, str) and match else fault for fault in given]
        merged = [fault if isinstance(fault, str) else {**fault, **match} for fault in texts]
        self._call("POST", "/faults", {"operation": operation, "faults": merged})

    def pending_faults(self) -> list[Record]:
        """Return the faults that have not fired, `[{"operation": str, "kind": str, ...}]`."""
        return list(self._call("GET", "/faults")["pending"])

    def clear_faults(self) -> None:
        """Drop the faults that have not fired."""
        self._call("DELETE", "/faults")

    # agents

    def agents(self, *, deleted: bool = False) -> list[Record]:
        """Return the agents as stored, in order of creation: the live ones, or all."""
        return list(self._call("GET", "/agents", query={"deleted": "true" if deleted else None})["agents"])

    def agent(self, number: str) -> Record:
        """Return an agent as stored, a deleted one too.

        Raises:
            WorldLookupError: no agent has that number.
        """
        return dict(self._call("GET", f"/agents/{_part(number)}"))

    def seed_agent(self, **given: Any) -> str:
        """Store an agent past all validation, and return its number; what is not given has an example's value."""
        return str(self._call("POST", "/agents", given)["agent_number"])

    def patch_agent(self, number: str, **given: Any) -> None:
        """Overwrite any fields of an agent.

        Raises:
            WorldLookupError: no agent has that number.
        """
        self._call("PATCH", f"/agents/{_part(number)}", given)

    def remove_agent(self, number: str) -> None:
        """Remove an agent without a trace.

        Raises:
            WorldLookupError: no agent has that number.
        """
        self._call("DELETE", f"/agents/{_part(number)}")

    # testers

    def testers(self, number: str) -> list[Record]:
        """Return an agent's testers as stored, each with its `invitations`."""
        return list(self._call("GET", "/testers", query={"agent_number": str(number)})["testers"])

    def invitations(self, number: str) -> int:
        """Return how many invitations were sent for an agent."""
        return int(self._call("GET", "/testers", query={"agent_number": str(number)})["invitations"])

    def seed_tester(self, number: str, phoneno: str, **given: Any) -> None:
        """Store a tester without an invitation."""
        self._call("POST", "/testers", {"agent_no": str(number), "phoneno": phoneno, **given})

    def patch_tester(self, number: str, phoneno: str, **given: Any) -> None:
        """Overwrite any fields of a tester.

        Raises:
            WorldLookupError: the agent has no such tester.
        """
        self._call("PATCH", f"/testers/{_part(number)}/{_part(phoneno)}", given)

    def remove_tester(self, number: str, phoneno: str) -> None:
        """Remove a tester.

        Raises:
            WorldLookupError: the agent has no such tester.
        """
        self._call("DELETE", f"/testers/{_part(number)}/{_part(phoneno)}")

    # the whole

    def export(self) -> Record:
        """Return everything that the world knows, its journal left out."""
        return dict(self._call("GET", "/export"))

    def load(self, world: Record) -> None:
        """Replace everything that the world knows by what `export()` returned.

        Raises:
            WorldError: not an export, or an export of the other pod.
        """
        self._call("PUT", "/import", world)
        self.__dict__.pop("_account", None)

    def _call(self, method: str, path: str, body: Any = None, query: Mapping[str, str | None] | None = None) -> Any:
        asked = urlencode({name: value for name, value in (query or {}).items() if value is not None})
        address = urlsplit(self.url)
        connection = HTTPConnection(address.hostname or "", address.port, timeout=TIMEOUT)
        try:
            payload = None if body is None else json.dumps(body)
            connection.request(method, f"/_admin{path}?{asked}", payload, {"content-type": "application/json"})
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        return _value(response.status, text)


def _entry(entry: Record) -> Entry:
    known: Record = {one.name: entry[one.name] for one in fields(Entry)}
    known["flags"] = tuple(entry["flags"])
    return Entry(**known)


def _part(value: str) -> str:
    return quote(str(value), safe="")


def _value(status: int, text: bytes) -> Any:
    if status < HTTPStatus.BAD_REQUEST:
        return json.loads(text)
    try:
        message = json.loads(text)["error"]
    except (ValueError, KeyError, TypeError):
        raise WorldError(f"HTTP {status} instead of an admin path's answer") from None
    raise (WorldLookupError if status == HTTPStatus.NOT_FOUND else WorldError)(message)
