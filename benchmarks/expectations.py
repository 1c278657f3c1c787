"""What was expected of the provider plugin beside the dynamic provider, and whether it was met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from peers import DYNAMIC, PARALLEL, PHASES, PLUGIN
from tables import of, ratio, shown, sizes, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tables import Row

NOISE: Final = 0.05
"""What two medians of the same thing differ by on a quiet machine."""
WHERE: Final = {"sides": "without a limit", "shipped": "at the shipped settings", "slow": "with 100 ms for each call"}
"""The parts in which both providers were measured, by what the page calls them."""


def expected(found: Mapping[str, Any]) -> str:
    """A table: what was expected, whether it was met, and what was seen."""
    rows = [_calls(found), _at_once(found.get("slow", [])), *_times(found)]
    return table(("expected of the plugin", "met", "seen"), [row for row in rows if row])


def _pairs(rows: list[Row]) -> Iterator[tuple[str, list[Row], list[Row]]]:
    """Size and phase, and the runs of both providers."""
    for size in sizes(rows):
        for phase in PHASES:
            ours, theirs = (of(rows, size, each.name, phase) for each in (PLUGIN, DYNAMIC))
            if ours and theirs:
                yield f"{size} {phase}", ours, theirs


def _calls(found: Mapping[str, Any]) -> list[str]:
    compared, different = 0, []
    for part, where in WHERE.items():
        for place, ours, theirs in _pairs(found.get(part, [])):
            compared += 1
            known = [each["calls"] for each in theirs]
            if any(each["calls"] not in known for each in ours):
                different.append(f"{place} {where}")
    seen = f"the same calls in {compared - len(different)} of {compared} comparisons"
    return ["the dynamic provider's calls, one for one", _verdict(not different), _but(seen, different)]


def _at_once(rows: list[Row]) -> list[str]:
    most = {peer.name: max((each["at_once"] for each in rows if each["peer"] == peer.name), default=0)
            for peer in (PLUGIN, DYNAMIC)}  # fmt: skip
    if not most[PLUGIN.name]:
        return []
    seen = f"{most[PLUGIN.name]} calls at once at the most; {most[DYNAMIC.name]} of the dynamic provider"
    said = f"no more calls at once than `--parallel {PARALLEL}` allows"
    return [said, _verdict(most[PLUGIN.name] <= PARALLEL), seen]


def _times(found: Mapping[str, Any]) -> Iterator[list[str]]:
    for part, where in WHERE.items():
        ratios = {place: ratio(ours, theirs, "wall") for place, ours, theirs in _pairs(found.get(part, []))}
        known = {place: each for place, each in ratios.items() if each is not None}
        above = [f"{place} {shown(each)}" for place, each in known.items() if each > 1 + NOISE]
        if known:
            seen = f"{shown(min(known.values()))} to {shown(max(known.values()))} of its time"
            yield [f"not more time than the dynamic provider, {where}", _verdict(not above), _but(seen, above)]


def _verdict(met: bool) -> str:
    return "yes" if met else "**no**"


def _but(seen: str, exceptions: list[str]) -> str:
    return f"{seen}; not: {', '.join(exceptions)}" if exceptions else seen
