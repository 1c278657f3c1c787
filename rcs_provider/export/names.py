"""Names of resources, made from what does not change: the same over all runs, whatever else the account holds."""

from __future__ import annotations

import hashlib
import keyword
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def of_agents(codes: Mapping[str, str]) -> dict[str, str]:
    """Names of agents by their numbers.

    Args:
        codes: service codes by number. A code is unique among live agents, so it is the name as it stands, in its own
            case; what no name may hold becomes a dash, and then the number tells two of them apart.
    """
    named = {number: _of_code(code, number) for number, code in codes.items()}
    often = Counter(named.values())
    return {number: name if often[name] == 1 else f"{name}-{number}" for number, name in named.items()}


def _of_code(code: str, number: str) -> str:
    clean = re.sub(r"[^A-Za-z0-9_.-]+", "-", code).strip("-.")
    return clean if clean == code != "" else f"{clean or 'agent'}-{number}"


def of_tester(agent: str, phone: str) -> str:
    """Name of a tester, in which the engine's output does not show the number: its last two digits and a digest."""
    return f"{agent}-{phone[-2:]}-{hashlib.sha256(phone.encode()).hexdigest()[:6]}"


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
