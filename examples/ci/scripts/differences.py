#!/usr/bin/env python3
"""differences.py: from what `pulumi preview --refresh --json` prints, where Kaleyra and the program differ, as JSON.

Each entry has the `urn` and the `id` of a resource, and in `is` what it is: `changed`, `gone` from Kaleyra, `new` in
the program and not deployed, or `removed` from the program and still there. The `fields` of a changed one have the
value at Kaleyra and the declared one, which is null if only the update will know it. A secret is shown as `[secret]`,
the phone number in a tester's id as its last two digits.
"""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LATER = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"  # how Pulumi writes a value that is not known yet


def differences(preview: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One entry for each resource that the next update would change."""
    # A preview with a refresh has two steps for a resource: the read, with what was stored, and what has to be done.
    stored = {step["urn"]: step["oldState"] for step in preview["steps"] if step["op"] == "refresh"}
    for step in preview["steps"]:
        urn, op = step["urn"], step["op"]
        entry = {"urn": urn, "id": masked(stored.get(urn, {}).get("id", ""))}
        if op == "create":
            yield {**entry, "is": "gone" if urn in stored else "new"}
        elif op == "delete":
            yield {**entry, "is": "removed"}
        elif op in ("update", "replace"):
            yield {**entry, "is": "changed", "fields": changed(step)}


def changed(step: dict[str, Any]) -> dict[str, Any]:
    """The declared fields whose value at Kaleyra is another one."""
    live, declared = step["oldState"]["outputs"], step["newState"]["inputs"]
    # It names secrets too, which look the same on both sides, and leaves out fields that no update can change.
    paths: dict[str, Any] = step.get("detailedDiff") or {}
    named = {re.split(r"[.\[]", path)[0] for path in paths}
    return {
        name: {"kaleyra": live.get(name), "declared": None if LATER in json.dumps(value) else value}
        for name, value in declared.items()
        if name in named or (live.get(name) != value and not name.startswith("__"))
    }


def masked(id_: str) -> str:
    """An id without the phone number that a tester's holds."""
    return re.sub(r"/\d*(\d\d)$", r"/***\1", id_)


if __name__ == "__main__":
    json.dump(list(differences(json.load(sys.stdin))), sys.stdout, indent=2)
    print()
