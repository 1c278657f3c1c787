"""Snapshots: a whole pod as one JSON object, and back (C2).

Shape: `{"pod": str, "accounts": {sid: [key]}, "switches": {...}, "settings": {...}, "agents": [{"sid", "record",
"meta"}], "testers": [{"record", "invitations"}], "invitations": [[agent number, seconds since 1970]], "faults":
[{"operation", ...}]}`. The journal is not part of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rcs_simulator.pod import Pod

COUNTERS = ("uuids", "last_number", "skipped")


def export(pod: Pod) -> dict[str, Any]:
    """Return everything that a pod knows, except its journal."""
    found = pod.storage.rows("SELECT name, value FROM settings WHERE pod = ?")
    return {
        "pod": pod.name,
        "accounts": pod.backend.accounts.table,
        "switches": pod.backend.switches.values(),
        "settings": {name: json.loads(value) for name, value in found if name in COUNTERS},
        "agents": [{"sid": row.sid, "record": row.record, "meta": row.meta} for row in pod.backend.agents.rows()],
        "testers": [_tester(row) for row in pod.backend.testers.rows()],
        "invitations": pod.storage.rows("SELECT number, at FROM invitations WHERE pod = ?"),
        "faults": pod.faults.pending(),
    }


def _tester(row: dict[str, Any]) -> dict[str, Any]:
    count = row.pop("invitations")
    return {"record": row, "invitations": count}


def load(pod: Pod, snapshot: dict[str, Any]) -> None:
    """Replace everything that a pod knows, and empty its journal.

    Raises:
        ValueError: not a snapshot, or a snapshot of the other pod.
        KeyError: the snapshot is incomplete; the pod is then as before, without its journal.
    """
    if snapshot.get("pod") != pod.name:
        raise ValueError(f"this is no snapshot of pod {pod.name}: its pod is {snapshot.get('pod')!r}")
    before = export(pod)
    try:
        _replace(pod, snapshot)
    except Exception:
        _replace(pod, before)
        raise


def _replace(pod: Pod, snapshot: dict[str, Any]) -> None:
    pod.reset()
    pod.backend.accounts.put(snapshot["accounts"])
    pod.backend.set(snapshot["switches"])
    for row in snapshot["agents"]:
        pod.backend.agents.add(row["sid"], row["record"], row["meta"])
    for row in snapshot["testers"]:
        pod.backend.testers.add(row["record"], row["invitations"])
    for number, at in snapshot["invitations"]:
        pod.storage.rows("INSERT INTO invitations VALUES (?, ?, ?)", (number, at))
    for fault in snapshot["faults"]:
        rest = {name: value for name, value in fault.items() if name != "operation"}
        pod.faults.add(fault["operation"], [rest])
    for name, value in snapshot["settings"].items():
        pod.storage.put_setting(name, value)
