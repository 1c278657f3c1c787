"""What was measured, as a page: ratios first, then what they are made of."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, Final

from peers import BARE, EMPTY, PACKAGE, PEERS, PHASES
from words import BUSY, CHECKPOINTS, HEAD, OWN, PARTS, SKIPPED, SLOW, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, Any]

_NONE: Final = "-"
_OTHERS: Final = 0.2
"""Processes busy with other work from which on times say little."""


def page(found: Mapping[str, Any]) -> str:
    """The page, in Markdown.

    Args:
        found: what `build/benchmarks.json` holds; what it lacks is left out.
    """
    sides, slow = found.get("sides", []), found.get("slow", [])
    busy = any(row["others"] > _OTHERS for row in [*sides, *slow])
    parts = [
        HEAD.format(machine=found["machine"]),
        BUSY if busy else "",
        _runs(sides),
        _ratios(sides),
        PARTS + _parts(sides) if sides else "",
        SLOW + _ratios(_kept(slow, True)) + SKIPPED + _ratios(_kept(slow, False)) if slow else "",
        CHECKPOINTS + _checkpoints(found["checkpoints"]) if "checkpoints" in found else "",
        OWN + _own(found["own"]) + _stored(sides) + _limits(found) if "own" in found else "",
        TABLE + _whole(sides, found.get("cannot", [])) if sides else "",
    ]
    return "\n".join(part for part in parts if part)


def _runs(rows: list[Row]) -> str:
    """How often each size was measured."""
    found = {size: len(_of(rows, size, PACKAGE.name, PHASES[0])) for size in _sizes(rows)}
    said = ", ".join(f"{size} ({runs})" for size, runs in found.items())
    return f"Numbers of agents, and in brackets how often each was measured: {said}.\n" if rows else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join(lines) + "\n"


def _of(rows: list[Row], size: int, peer: str, phase: str) -> list[Row]:
    wanted = (size, peer, phase)
    return [each for each in rows if (each["size"], each["peer"], each["phase"]) == wanted and not each["failed"]]


def _sizes(rows: list[Row]) -> list[int]:
    return sorted({each["size"] for each in rows})


def _middle(rows: Iterable[Row], name: str) -> float:
    return median(each[name] for each in rows)


def _spread(rows: list[Row], name: str, unit: float, places: int) -> str:
    least, middle, most = (
        f"{each / unit:.{places}f}"
        for each in (min(r[name] for r in rows), _middle(rows, name), max(r[name] for r in rows))
    )
    return middle if least == most else f"{middle} ({least} to {most})"


def _ratio(rows: list[Row], size: int, peer: str, phase: str) -> str:
    ours, theirs = _of(rows, size, PACKAGE.name, phase), _of(rows, size, peer, phase)
    return f"{_middle(ours, 'wall') / _middle(theirs, 'wall'):.2f}" if ours and theirs else _NONE


def _ratios(rows: list[Row]) -> str:
    known = {each["peer"] for each in rows}
    others = [peer.name for peer in PEERS if peer.name in known and peer is not PACKAGE]
    return _table(
        ("agents", "wall time, as a multiple of that of", *PHASES),
        [
            [size, peer, *(_ratio(rows, size, peer, each) for each in PHASES)]
            for size in _sizes(rows)
            for peer in others
        ],
    )


def _parts(rows: list[Row]) -> str:
    """Where the CPU time of the largest world goes: differences of programs that do more and more."""
    size = _sizes(rows)[-1]

    def used(peer: str, phase: str, *names: str) -> float:
        return median(sum(each["parts"].get(name, 0.0) for name in names) for each in _of(rows, size, peer, phase))

    def cells(phase: str) -> list[str]:
        own = ("program", "provider")
        engine, empty = used(EMPTY.name, phase, "engine", "host", "rest"), used(EMPTY.name, phase, *own)
        bare, ours = used(BARE.name, phase, *own), used(PACKAGE.name, phase, *own)
        state = used(PACKAGE.name, phase, "engine", "host", "rest") - engine
        return [phase, *(f"{each:.1f}" for each in (engine, empty, bare - empty, ours - bare, state))]

    heads = ("phase", "engine", "SDK", "a bare provider's calls", "this package beyond these", "engine, for it")
    return _table(heads, map(cells, PHASES))


def _kept(rows: list[Row], kept: bool) -> list[Row]:
    """The runs in which the engine stored the state after each step, or those in which it did not."""
    return [row for row in rows if row["checkpoints"] is kept]


def _checkpoints(rows: list[Row]) -> str:
    ways = list(dict.fromkeys(row["storing"] for row in rows))

    def cells(phase: str) -> list[object]:
        runs = [[row for row in rows if (row["phase"], row["storing"]) == (phase, way)] for way in ways]
        return [rows[0]["size"], phase, *(_spread(each, "wall", 1, 1) for each in runs)]

    return _table(("agents", "seconds", *ways), map(cells, dict.fromkeys(each["phase"] for each in rows)))


def _own(found: list[Row]) -> str:
    return "".join(_own_of(kind, [row for row in found if row["kind"] == kind]) for kind in ("agent", "tester"))


def _own_of(kind: str, found: list[Row]) -> str:
    names, sizes = list(found[0]["microseconds"]), ("declared", "inputs", "outputs", "answered", "pickle")
    rows = [[r["count"], *(f"{r['microseconds'][n]:.0f}" for n in names), *(r[n] for n in sizes)] for r in found]
    last, first = found[-1]["microseconds"], found[0]["microseconds"]
    rows.append(["ratio", *(f"{last[name] / first[name]:.2f}" for name in names), *[""] * len(sizes)])
    return _table((f"{kind}s", *names, *sizes), rows)


def _stored(rows: list[Row]) -> str:
    """How much larger the state of the largest world is than it has to be."""
    if not rows:
        return ""
    size = _sizes(rows)[-1]
    ours, least = (_middle(_of(rows, size, peer.name, PHASES[0]), "state") for peer in (PACKAGE, EMPTY))
    return (
        f"\nThe whole state of {size} agents with their testers, the engine's own notes included, is {ours / least:.2f}"
        " times that\nof the empty provider, which stores what is declared and answered, and nothing else.\n"
    )


def _limits(found: Mapping[str, Any]) -> str:
    loading, serving = found["imports"], found["simulator"]
    return (
        f"\nImporting the package adds {loading['milliseconds']:.0f} ms and {loading['megabytes']:.1f} MB to"
        f" `import pulumi`.\nThe simulator serves {serving['per_second']} requests a second here.\n"
    )


def _whole(rows: list[Row], cannot: list[dict[str, str]]) -> str:
    keys = [(size, phase, peer.name) for size in _sizes(rows) for phase in PHASES for peer in PEERS]
    lines = [_line(rows, cannot, *key) for key in keys if any(_key(row) == key for row in rows)]
    heads = ("agents", "phase", "tool", "seconds", "CPU s", "calls", "kB", "memory MB", "state kB", "could not")
    return _table(heads, lines)


def _key(row: Row) -> tuple[int, str, str]:
    return row["size"], row["phase"], row["peer"]


def _line(rows: list[Row], cannot: list[dict[str, str]], size: int, phase: str, peer: str) -> list[object]:
    done = _of(rows, size, peer, phase)
    missing = "; ".join(each["name"] for each in cannot if (each["peer"], each["phase"]) == (peer, phase)) or _NONE
    if not done:
        return [size, phase, peer, *[_NONE] * 6, missing]
    calls = ", ".join(f"{count} {name}" for name, count in done[-1]["calls"].items()) or "none"
    cells = [_spread(done, "wall", 1, 1), _spread(done, "cpu", 1, 1), calls]
    sizes = [f"{_middle(done, name) / unit:.0f}" for name, unit in (("bytes", 1e3), ("memory", 1e6), ("state", 1e3))]
    return [size, phase, peer, *cells, *sizes, missing]
