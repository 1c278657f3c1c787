"""Storage: one SQLite database for all pods; every row names its pod.

The database is used by one thread only.
Write-ahead logging without a sync per commit keeps what was answered if the process is killed. A crash of the whole
machine may lose the last moments, which is good enough for a simulator.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (pod TEXT, name TEXT, value TEXT, PRIMARY KEY (pod, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS agents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, pod TEXT, number TEXT, sid TEXT, service_code TEXT, deleted INTEGER,
    record TEXT, meta TEXT, UNIQUE (pod, number));
CREATE INDEX IF NOT EXISTS agents_by_code ON agents (pod, service_code);
CREATE TABLE IF NOT EXISTS testers (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, pod TEXT, number TEXT, digits TEXT, record TEXT, invitations INTEGER);
CREATE INDEX IF NOT EXISTS testers_by_agent ON testers (pod, number, digits);
CREATE TABLE IF NOT EXISTS invitations (pod TEXT, number TEXT, at REAL);
CREATE INDEX IF NOT EXISTS invitations_by_agent ON invitations (pod, number);
CREATE TABLE IF NOT EXISTS faults (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, pod TEXT, operation TEXT, fault TEXT);
CREATE TABLE IF NOT EXISTS journal (pod TEXT, number INTEGER, entry TEXT, PRIMARY KEY (pod, number));
"""


def connect(path: str) -> sqlite3.Connection:
    """Open or create the database.

    Args:
        path: a file's path, or `:memory:` for a database that is dropped when it is closed.
    """
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    connection.executescript(SCHEMA)
    return connection


class Storage:
    """The rows of one pod."""

    def __init__(self, connection: sqlite3.Connection, pod: str) -> None:
        self.connection = connection
        self.pod = pod

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Run everything inside together or not at all; cannot be nested."""
        self.connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement whose first placeholder is the pod, and return its rows."""
        return self.connection.execute(sql, (self.pod, *values)).fetchall()

    def insert(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run an insert whose first placeholder is the pod, and return the new row's number."""
        return self.connection.execute(sql, (self.pod, *values)).lastrowid or 0

    def setting(self, name: str, default: Any) -> Any:
        """Return a stored setting, or the default."""
        found = self.rows("SELECT value FROM settings WHERE pod = ? AND name = ?", (name,))
        return json.loads(found[0][0]) if found else default

    def put_setting(self, name: str, value: Any) -> None:
        """Store a setting as JSON."""
        self.rows("INSERT OR REPLACE INTO settings VALUES (?, ?, ?)", (name, json.dumps(value)))

    def clear(self) -> None:
        """Remove every row of the pod, settings included."""
        with self.transaction():
            for table in ("settings", "agents", "testers", "invitations", "faults", "journal"):
                self.rows(f"DELETE FROM {table} WHERE pod = ?")  # noqa: S608 - names from the line above
