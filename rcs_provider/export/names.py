"""Names of resources, made from what does not change: the same over all runs, whatever else the account holds."""

from __future__ import annotations

import hashlib
import keyword
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def of_keys(keys: Mapping[str, str], kind: str) -> dict[str, str]:
    """Names of objects by their numbers.

    Args:
        keys: natural keys by number. A key is unique among live objects, so it is the name as it stands, in its own
            case; what no name may hold becomes a dash, and then the number tells two of them apart.
        kind: name of the kind, for an object without a key.
    """
    named = {number: _of_key(key, number, kind) for number, key in keys.items()}
    often = Counter(named.values())
    return {number: name if often[name] == 1 else f"{name}-{number}" for number, name in named.items()}


def _of_key(key: str, number: str, kind: str) -> str:
    clean = re.sub(r"[^A-Za-z0-9_.-]+", "-", key).strip("-.")
    return clean if clean == key != "" else f"{clean or kind}-{number}"


def of_child(parent: str, key: str) -> str:
    """Name of what belongs to another, in which the engine's output does not show the key: its end and a digest."""
    return f"{parent}-{key[-2:]}-{hashlib.sha256(key.encode()).hexdigest()[:6]}"


def of_variables(names: Iterable[str]) -> dict[str, str]:
    """Python names by the names of resources; they are of one program, so the order settles who has to give way."""
    found: dict[str, str] = {}
    for name in names:
        base = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_").lower() or "agent"
        base = f"agent_{base}" if base[0].isdigit() or keyword.iskeyword(base) else base
        taken = found.values()
        found[name] = (
            base
            if base not in taken
            else next(f"{base}_{place}" for place in range(2, len(found) + 3) if f"{base}_{place}" not in taken)
        )
    return found
