"""Snapshots: a whole world as one JSON object, and back (C2).

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
    """Return everything that a world knows, its journal left out."""
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


def load(pod: Pod, world: dict[str, Any]) -> None:
    """Replace everything that a world knows, its journal left empty.

    Raises:
        ValueError: no snapshot, or one of the other pod.
        KeyError: an incomplete one; the world is then as before, without its journal.
    """
    if world.get("pod") != pod.name:
        raise ValueError(f"this is no snapshot of pod {pod.name}: its pod is {world.get('pod')!r}")
    before = export(pod)
    try:
        _replace(pod, world)
    except Exception:
        _replace(pod, before)
        raise


def _replace(pod: Pod, world: dict[str, Any]) -> None:
    pod.reset()
    pod.backend.accounts.put(world["accounts"])
    pod.backend.set(world["switches"])
    for row in world["agents"]:
        pod.backend.agents.add(row["sid"], row["record"], row["meta"])
    for row in world["testers"]:
        pod.backend.testers.add(row["record"], row["invitations"])
    for number, at in world["invitations"]:
        pod.storage.rows("INSERT INTO invitations VALUES (?, ?, ?)", (number, at))
    for fault in world["faults"]:
        rest = {name: value for name, value in fault.items() if name != "operation"}
        pod.faults.add(fault["operation"], [rest])
    for name, value in world["settings"].items():
        pod.storage.put_setting(name, value)
