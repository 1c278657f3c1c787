"""Agents: their storage, and the rules of create, read, list, update and delete."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rcs_simulator.api import fields, views
from rcs_simulator.api.answers import encode
from rcs_simulator.api.errors import (
    AgentLockedError,
    AgentNotFoundError,
    NoAgentsError,
    ServiceCodeMappedError,
)
from rcs_simulator.api.restriction import VERIFIED, check_restricted, check_unlocked, merged
from rcs_simulator.api.validation import check_create, check_update, in_order

if TYPE_CHECKING:
    from rcs_simulator.api.switches import Switches
    from rcs_simulator.state.clock import Clock
    from rcs_simulator.state.ids import Ids
    from rcs_simulator.state.storage import Storage

Record = dict[str, Any]

COLUMNS = "seq, number, sid, record, meta"
MOST_SHOWN = 20_000


@dataclass
class Row:
    """One stored agent.

    Attributes:
        seq: order of creation.
        number: agent number.
        sid: owning account.
        text: the record as stored, in JSON.
        meta: what only the simulator knows: `reads`, `created` (seconds since 1970), `lag`, `before`, `list_lag`,
            `moved` (names of the transitions that happened).
    """

    seq: int
    number: str
    sid: str
    text: str
    meta: Record

    @cached_property
    def record(self) -> Record:
        """The agent's fields, hidden ones included; read from the text when first asked for, as lists seldom ask."""
        return dict(json.loads(self.text))

    @property
    def is_deleted(self) -> bool:
        """Whether the agent was deleted; it stays readable."""
        return bool(self.record.get("status") == "DELETED")


class Agents:
    """The agents of one pod."""

    def __init__(self, storage: Storage, ids: Ids, clock: Clock) -> None:
        self.storage = storage
        self.ids = ids
        self.clock = clock
        self.shown: dict[str, bytes] = {}
        self.shown_with: Switches | None = None

    # rows

    def rows(self, sid: str | None = None, *, deleted: bool = True) -> list[Row]:
        """Return the stored agents in order of creation, those of one account or all."""
        where = ("" if deleted else " AND deleted = 0") + ("" if sid is None else " AND sid = ?")
        found = self.storage.rows(
            f"SELECT {COLUMNS} FROM agents WHERE pod = ?{where} ORDER BY seq",  # noqa: S608 - constant parts
            () if sid is None else (sid,),
        )
        return [_row(*columns) for columns in found]

    def row(self, number: str, sid: str | None = None) -> Row | None:
        """Return one stored agent, or None if the account has no such agent."""
        sql = f"SELECT {COLUMNS} FROM agents WHERE pod = ? AND number = ?"  # noqa: S608 - constant parts
        found = self.storage.rows(sql, (number,))
        row = _row(*found[0]) if found else None
        return row if row and sid in (None, row.sid) else None

    def add(self, sid: str, record: Record, meta: Record | None = None) -> None:
        """Store a new agent as it is."""
        number = str(record["agent_number"])
        self.storage.rows(
            "INSERT INTO agents (pod, number, sid, service_code, deleted, record, meta) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, sid, *_indexed(record), json.dumps(record), json.dumps(meta or {})),
        )
        self.ids.reserve(number)

    def save(self, row: Row) -> None:
        """Store a changed agent."""
        sql = "UPDATE agents SET service_code = ?2, deleted = ?3, record = ?4, meta = ?5 WHERE pod = ?1 AND number = ?6"
        row.text = json.dumps(row.record)
        self.storage.rows(sql, (*_indexed(row.record), row.text, json.dumps(row.meta), row.number))

    def remove(self, number: str) -> None:
        """Remove an agent without a trace."""
        self.storage.rows("DELETE FROM agents WHERE pod = ? AND number = ?", (number,))

    # rules

    def create(self, sid: str, body: Record, switches: Switches) -> Record:
        """Create an agent. Source: "Create an Agent".

        Raises:
            ApiError: the body is refused, or its service code is taken.
        """
        in_order(
            (lambda: check_create(body, switches), lambda: self._check_code(body.get("service_code"), "", switches)),
            switches,
        )
        with self.storage.transaction():
            record = self.complete(body, switches)
            self.add(sid, record, self._meta(switches))
        return record

    def complete(self, body: Record, switches: Switches) -> Record:
        """Return a full record: what was sent, defaults, and what the server itself knows about a new agent."""
        number = str(body.get("agent_number") or self.ids.number())
        sent = {name: body[name] for name in fields.CREATE_ORDER if name in body and name != "status"}
        status = body.get("status") if switches.create_takes_status else None
        given: Record = {"phones": [], "emails": [], "website": [], "languages": [], **fields.OMITTABLE, **sent}
        identity = self.ids.uuid()
        return {
            **given,
            "rcs_provider_id": str(given.get("rcs_provider_id", "1")),
            "id": identity,
            "agent_number": number,
            "provider_agent_id": f"brands/{self.ids.uuid()}/agents/simulated_{number}_{identity[:8]}_agent",
            "status": str(status or switches.initial_status).upper(),
            "integration_status": False,
            "integration_name": "RCS",
            "verification_name": f"ver__{number}",
            "verification_state": "VERIFICATION_STATE_UNVERIFIED",
        }

    def _meta(self, switches: Switches) -> Record:
        lag = {"lag": switches.read_lag, "before": None, "list_lag": switches.list_lag_reads}
        return {"created": self.clock.now(), "reads": 0, **lag}

    def read(self, sid: str, number: str, switches: Switches) -> Record:
        """Read an agent, a deleted one too. Source: "Get Agent by Agent Number".

        Raises:
            AgentNotFoundError: no such agent in this account, or not yet visible.
        """
        row = self.row(number, sid)
        if row is None:
            raise AgentNotFoundError
        if row.meta.get("lag"):
            return self._lagging(row)
        self._move(row, switches)
        return row.record

    def _lagging(self, row: Row) -> Record:
        before: Record | None = row.meta.get("before")
        row.meta["lag"] -= 1
        self.save(row)
        if before is None:
            raise AgentNotFoundError
        return before

    def _move(self, row: Row, switches: Switches) -> None:
        """Let a transition happen whose reads or seconds have passed (C8)."""
        if row.is_deleted or not (switches.status_after_reads or switches.status_after_seconds):
            return
        self._transit(row, "reads", row.meta.get("reads", 0), switches.status_after_reads)
        self._transit(row, "seconds", self._age(row), switches.status_after_seconds)
        row.meta["reads"] = row.meta.get("reads", 0) + 1
        self.save(row)

    def _age(self, row: Row) -> float:
        return self.clock.now() - float(row.meta.get("created", 0.0))

    def _transit(self, row: Row, unit: str, passed: float, transition: Record | None) -> None:
        moved = row.meta.setdefault("moved", [])
        if transition and unit not in moved and passed >= transition[unit]:
            row.record.update({name: value for name, value in transition.items() if name != unit})
            moved.append(unit)

    def listing(self, sid: str, switches: Switches) -> list[bytes]:
        """List the agents of an account, each as the JSON that a read shows.

        Raises:
            NoAgentsError: there are no agents to show. Source: "Agent error codes".
        """
        shown = [row for row in self.rows(sid, deleted=switches.list_shows_deleted) if not self._is_late(row)]
        if not shown:
            raise NoAgentsError
        for row in shown:
            self._move_by_time(row, switches)
        return [self._shown(row, switches) for row in shown]

    def _shown(self, row: Row, switches: Switches) -> bytes:
        """Return an agent's JSON, which is cached until the agent or a switch changes: lists may be long."""
        if self.shown_with is not switches or len(self.shown) > MOST_SHOWN:
            self.shown, self.shown_with = {}, switches
        if row.text not in self.shown:
            self.shown[row.text] = encode(views.read(row.record, switches))
        return self.shown[row.text]

    def _move_by_time(self, row: Row, switches: Switches) -> None:
        """Let a transition happen in a listed agent whose seconds have passed: a list does not count as a read."""
        if switches.status_after_seconds and not row.is_deleted and "seconds" not in row.meta.get("moved", []):
            self._transit(row, "seconds", self._age(row), switches.status_after_seconds)
            self.save(row)

    def _is_late(self, row: Row) -> bool:
        lag = row.meta.get("list_lag", 0)
        if lag:
            row.meta["list_lag"] = lag - 1
            self.save(row)
        return bool(lag)

    def update(self, sid: str, number: str, body: Record, switches: Switches) -> Record:
        """Replace an agent's editable fields. Source: "Update an Agent".

        Raises:
            AgentNotFoundError: no such agent, or a deleted one.
            ApiError: the body is refused.
        """
        row = self._live(sid, number)
        before = row.record
        in_order(
            (
                lambda: check_update(body, switches),
                lambda: check_unlocked(before, switches),
                lambda: check_restricted(body, before, switches),
                lambda: self._check_code(body.get("service_code"), number, switches),
            ),
            switches,
        )
        row.record = merged(before, body, switches)
        row.meta |= {"lag": switches.read_lag, "before": before if switches.read_lag else None}
        self.save(row)
        return row.record

    def _live(self, sid: str, number: str) -> Row:
        row = self.row(number, sid)
        if row is None or row.is_deleted:
            raise AgentNotFoundError
        return row

    def live(self, sid: str, number: str) -> Record:
        """Return a live agent.

        Raises:
            AgentNotFoundError: no such agent, or a deleted one.
        """
        return self._live(sid, number).record

    def delete(self, sid: str, number: str, switches: Switches) -> None:
        """Mark an agent as DELETED; it stays readable, as the sample of "Get Agent by Agent Number" shows.

        Raises:
            AgentNotFoundError: no such agent, or deleted already (see switch `delete_deleted`).
            AgentLockedError: the agent is verified, and switch `delete_verified` is `refuse`.
        """
        row = self.row(number, sid)
        if row is None or (row.is_deleted and switches.delete_deleted == "not_found"):
            raise AgentNotFoundError
        if row.record.get("verification_state") == VERIFIED and switches.delete_verified == "refuse":
            raise AgentLockedError("Verified agent cannot be deleted")
        row.record["status"] = "DELETED"
        self.save(row)

    def _check_code(self, code: object, own_number: str, switches: Switches) -> None:
        found = self.storage.rows("SELECT number, deleted FROM agents WHERE pod = ? AND service_code = ?", (code,))
        holders = [number for number, deleted in found if not (deleted and switches.delete_frees_service_code)]
        if any(number != own_number for number in holders):
            raise ServiceCodeMappedError


def _row(seq: int, number: str, sid: str, record: str, meta: str) -> Row:
    return Row(seq, number, sid, record, json.loads(meta))


def _indexed(record: Record) -> tuple[str, int]:
    return str(record.get("service_code", "")), int(record.get("status") == "DELETED")
