"""What was measured, as a page: both providers first, then beside other tools, then what the figures are made of."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, Final

from expectations import expected
from peers import CALLING, DYNAMIC, FACES, PEERS, PHASES, PLUGIN, TOFU
from tables import NONE, middle, of, ratio, shown, sizes, spread, table
from words import BUSY, CALLS, CANNOT, CHECKPOINTS, FACES_APART, HEAD, OWN, PARTS, SHIPPED, SIDES, SLOW, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tables import Row

_OTHERS: Final = 0.2
"""Processes busy with other work from which on times say little."""


def page(found: Mapping[str, Any]) -> str:
    """The page, in Markdown.

    Args:
        found: what `build/benchmarks.json` holds; what it lacks is left out.
    """
    sides, shipped, slow = (found.get(each, []) for each in ("sides", "shipped", "slow"))
    busy = any(_busy(rows) for rows in (sides, shipped, slow))
    parts = [
        HEAD.format(machine=found["machine"]),
        BUSY if busy else "",
        _runs(sides),
        FACES_APART + expected(found) + _apart(sides) if sides else "",
        SIDES + _ratios(sides, _others(sides)) if sides else "",
        CALLS + _calls(sides) if sides else "",
        CANNOT + _cannot(found["cannot"]) if "cannot" in found else "",
        SHIPPED + _shipped(shipped) if shipped else "",
        SLOW + _ratios(slow, [PLUGIN.name, *_others(slow)]) + _at_once(slow) if slow else "",
        PARTS + _parts(sides) if sides else "",
        CHECKPOINTS + _checkpoints(found["checkpoints"]) if "checkpoints" in found else "",
        OWN + _own(found["own"]) + _limits(found) if "own" in found else "",
        TABLE + _whole(sides) if sides else "",
    ]
    return "\n".join(part for part in parts if part)


def _busy(rows: list[Row]) -> bool:
    """Whether other work may have changed a published median; one short run of several may meet some."""
    groups = {(each["size"], each["peer"], each["phase"]) for each in rows}
    found = (of(rows, *each) for each in groups)
    return any(middle(runs, "others") > _OTHERS for runs in found if runs)


def _runs(rows: list[Row]) -> str:
    """How often each size was measured."""
    found = {size: len(of(rows, size, DYNAMIC.name, PHASES[0])) for size in sizes(rows)}
    said = ", ".join(f"{size} ({runs})" for size, runs in found.items())
    return f"Numbers of agents, and in brackets how often each was measured: {said}.\n" if rows else ""


def _names(rows: list[Row]) -> list[str]:
    """The tools that were measured, in the order of the page."""
    known = {each["peer"] for each in rows}
    return [peer.name for peer in PEERS if peer.name in known]


def _others(rows: list[Row]) -> list[str]:
    """The tools that are not of this package."""
    own = {peer.name for peer in FACES}
    return [name for name in _names(rows) if name not in own]


def _apart(rows: list[Row]) -> str:
    """The plugin as a multiple of the dynamic provider."""

    def cells(size: int) -> list[object]:
        runs = [(of(rows, size, PLUGIN.name, each), of(rows, size, DYNAMIC.name, each)) for each in PHASES]
        memory = [ratio(ours, theirs, "memory") for ours, theirs in runs]
        most = max((each for each in memory if each is not None), default=None)
        return [size, *(shown(ratio(*each, "wall")) for each in runs), shown(most), shown(ratio(*runs[0], "state"))]

    heads = ("agents", *(f"time, {phase}" for phase in PHASES), "memory, at the most", "state")
    return table(heads, map(cells, sizes(rows)))


def _ratios(rows: list[Row], names: list[str]) -> str:
    """Time as a multiple of the dynamic provider's."""
    lines = [
        [size, name, *(_time(rows, size, name, each) for each in PHASES)] for size in sizes(rows) for name in names
    ]
    return table(("agents", "time of", *PHASES), lines)


def _time(rows: list[Row], size: int, name: str, phase: str) -> str:
    return shown(ratio(of(rows, size, name, phase), of(rows, size, DYNAMIC.name, phase), "wall"))


def _calls(rows: list[Row]) -> str:
    """What each tool asks the service for, with the largest number of agents."""
    size = sizes(rows)[-1]

    def cell(name: str, phase: str) -> str:
        done = of(rows, size, name, phase)
        made = done[-1]["calls"] if done else {}
        return "<br>".join(f"{count} {each}" for each, count in made.items()) or (NONE if not done else "none")

    names = _names(rows)
    return table((f"{size} agents", *names), [[phase, *(cell(each, phase) for each in names)] for phase in PHASES])


def _cannot(found: list[dict[str, str]]) -> str:
    names = [peer.name for peer in PEERS]
    missing = {name: [each["name"] for each in found if each["peer"] == name] for name in names}
    return table(("tool", "could not"), [[name, "; ".join(each) or "none of these"] for name, each in missing.items()])


def _shipped(rows: list[Row]) -> str:
    def cells(size: int, name: str) -> list[object]:
        done = [of(rows, size, name, phase) for phase in CALLING]
        calls = [sum(each[-1]["calls"].values()) if each else 0 for each in done]
        return [size, name, *(f"{spread(each, 'wall', 1, 1)} ({n})" for each, n in zip(done, calls, strict=True))]

    lines = [cells(size, peer.name) for size in sizes(rows) for peer in FACES]
    return table(("agents", "seconds (calls) of", *CALLING), lines)


def _at_once(rows: list[Row]) -> str:
    most = [[name, max(each["at_once"] for each in rows if each["peer"] == name)] for name in _names(rows)]
    return table(("tool", "calls at once, at the most"), most)


def _parts(rows: list[Row]) -> str:
    """Where the CPU time goes with the largest number of agents, by process."""
    size = sizes(rows)[-1]
    parts = {"engine": ("engine", "host", "rest"), "program": ("program",), "provider": ("provider",)}

    def lines() -> Iterator[list[str]]:
        for phase in PHASES:
            for name in (each for each in _names(rows) if each != TOFU.name):
                done = of(rows, size, name, phase)
                yield [phase, name, *(_used(done, names) for names in parts.values())]

    return table((f"{size} agents", "seconds of CPU with", *parts), lines())


def _used(done: list[Row], names: Sequence[str]) -> str:
    return f"{median(sum(each['parts'].get(name, 0.0) for name in names) for each in done):.1f}" if done else NONE


def _checkpoints(rows: list[Row]) -> str:
    ways = list(dict.fromkeys(row["storing"] for row in rows))

    def cells(size: int) -> list[object]:
        runs = [[row for row in rows if (row["size"], row["storing"]) == (size, way)] for way in ways]
        return [size, *(spread(each, "wall", 1, 1) for each in runs)]

    return table(("agents", *(f"seconds {way}" for way in ways)), map(cells, sizes(rows)))


def _own(found: list[Row]) -> str:
    return "".join(_own_of(kind, [row for row in found if row["kind"] == kind]) for kind in ("agent", "tester"))


def _own_of(kind: str, found: list[Row]) -> str:
    names = list(found[0]["microseconds"])
    rows = [[row["count"], *(f"{row['microseconds'][name]:.0f}" for name in names)] for row in found]
    last, first = found[-1]["microseconds"], found[0]["microseconds"]
    return table((f"{kind}s", *names), [*rows, ["ratio", *(f"{last[name] / first[name]:.2f}" for name in names)]])


def _limits(found: Mapping[str, Any]) -> str:
    loading, serving = found["imports"], found["simulator"]
    return (
        f"\nImporting the package adds {loading['milliseconds']:.0f} ms and {loading['megabytes']:.1f} MB to"
        f" `import pulumi`.\nThe simulator serves {serving['per_second']} requests a second here.\n"
    )


def _whole(rows: list[Row]) -> str:
    keys = [(size, phase, name) for size in sizes(rows) for phase in PHASES for name in _names(rows)]
    heads = ("agents", "phase", "tool", "seconds", "CPU s", "calls", "kB", "memory MB", "state kB")
    return table(heads, [_line(rows, *key) for key in keys])


def _line(rows: list[Row], size: int, phase: str, name: str) -> list[object]:
    done = of(rows, size, name, phase)
    if not done:
        return [size, phase, name, *[NONE] * 6]
    figures = [f"{middle(done, each) / unit:.0f}" for each, unit in (("bytes", 1e3), ("memory", 1e6), ("state", 1e3))]
    calls = sum(done[-1]["calls"].values())
    return [size, phase, name, spread(done, "wall", 1, 1), spread(done, "cpu", 1, 1), calls, *figures]
