"""Testers: their storage, registration with its invitations and quotas, and the list."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rcs_simulator.api.errors import FieldFormatError, MissingFieldsError, QuotaExceededError, TesterExistsError

if TYPE_CHECKING:
    from rcs_simulator.api.switches import Switches
    from rcs_simulator.state.clock import Clock
    from rcs_simulator.state.ids import Ids
    from rcs_simulator.state.storage import Storage

Record = dict[str, Any]

DAY = 86_400.0
PHONE = re.compile(r"\d{7,15}")


def digits(phoneno: str) -> str:
    """Return the digits of a phone number, which identify a tester."""
    return re.sub(r"\D", "", phoneno)


def check(body: Record) -> None:
    """Check a registration. Source: "Register Tester", its payload table; the refusals are guesses.

    Raises:
        MissingFieldsError: phoneno or agent_no is absent or empty.
        FieldFormatError: phoneno is not E.164 without its plus.
    """
    missing = [name for name in ("phoneno", "agent_no") if not body.get(name)]
    if missing:
        raise MissingFieldsError(missing)
    if not PHONE.fullmatch(str(body["phoneno"])):
        raise FieldFormatError("invalid phone number format for field 'phoneno'")


class Testers:
    """The testers of one pod."""

    __test__ = False  # not a test class, whatever its name says to pytest

    def __init__(self, storage: Storage, ids: Ids, clock: Clock) -> None:
        self.storage = storage
        self.ids = ids
        self.clock = clock

    # rows

    def rows(self, number: str | None = None) -> list[Record]:
        """Return stored testers, each with its `invitations` (a count), those of one agent or all."""
        where, values = ("", ()) if number is None else (" AND number = ?", (number,))
        sql = f"SELECT record, invitations FROM testers WHERE pod = ?{where} ORDER BY seq"  # noqa: S608 - constant parts
        return [{**json.loads(record), "invitations": count} for record, count in self.storage.rows(sql, values)]

    def add(self, record: Record, invitations: int = 0) -> None:
        """Store a tester as it is."""
        self.storage.rows(
            "INSERT INTO testers (pod, number, digits, record, invitations) VALUES (?, ?, ?, ?, ?)",
            (str(record["agent_no"]), digits(record["phoneno"]), json.dumps(record), invitations),
        )

    def find(self, number: str, phoneno: str) -> tuple[int, Record] | None:
        """Return the row number and the record of a tester, or None."""
        sql = "SELECT seq, record FROM testers WHERE pod = ? AND number = ? AND digits = ? ORDER BY seq"
        found = self.storage.rows(sql, (number, digits(phoneno)))
        return (found[0][0], json.loads(found[0][1])) if found else None

    def save(self, seq: int, number: str, record: Record, more_invitations: int = 0) -> None:
        """Store a changed tester, which stays in that agent's list."""
        sql = (
            "UPDATE testers SET number = ?2, digits = ?3, record = ?4, invitations = invitations + ?5"
            " WHERE pod = ?1 AND seq = ?6"
        )
        values = (number, digits(record["phoneno"]), json.dumps(record), more_invitations, seq)
        self.storage.rows(sql, values)

    def remove(self, number: str, phoneno: str) -> None:
        """Remove a tester; its invitations stay counted."""
        self.storage.rows("DELETE FROM testers WHERE pod = ? AND number = ? AND digits = ?", (number, digits(phoneno)))

    def invitations(self, number: str, since: float = 0.0) -> int:
        """Return how many invitations were sent for an agent since a time (seconds since 1970)."""
        sql = "SELECT COUNT(*) FROM invitations WHERE pod = ? AND number = ? AND at >= ?"
        return int(self.storage.rows(sql, (number, since))[0][0])

    # rules

    def register(self, body: Record, switches: Switches) -> Record:
        """Register a phone as a tester and count its invitation. Source: "Register Tester".

        The caller has checked the body and the agent.

        Raises:
            TesterExistsError: the phone is a tester already, and switch `duplicate_registration` is `error`.
            QuotaExceededError: the agent has had its invitations of the day, or in all.
        """
        number, phoneno = str(body["agent_no"]), str(body["phoneno"])
        found = self.find(number, phoneno)
        if found and switches.duplicate_registration == "error":
            raise TesterExistsError
        self._check_quota(number, switches)
        with self.storage.transaction():
            self.storage.rows("INSERT INTO invitations VALUES (?, ?, ?)", (number, self.clock.now()))
            if found and switches.duplicate_registration == "ok":
                self.save(found[0], number, found[1], more_invitations=1)
                return found[1]
            record = self.complete(number, phoneno, switches)
            self.add(record, invitations=1)
        return record

    def complete(self, number: str, phoneno: str, switches: Switches) -> Record:
        """Return a full record of a new tester, with the keys of the sample of "Get Tester By Agent"."""
        return {
            "phoneno": phoneno,
            "test_status": switches.tester_test_status,
            "status": switches.tester_status,
            "agent_no": number,
            "id": self.ids.uuid(),
            "override_dcs_check": False,
            "carrierid": 0,
        }

    def _check_quota(self, number: str, switches: Switches) -> None:
        if self.invitations(number) >= switches.tester_total_quota:
            raise QuotaExceededError(f"Quota exceeded: {switches.tester_total_quota} tester requests per agent")
        if self.invitations(number, self.clock.now() - DAY) >= switches.tester_daily_quota:
            raise QuotaExceededError(f"Quota exceeded: {switches.tester_daily_quota} tester requests per agent and day")
