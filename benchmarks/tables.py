"""Tables of the page, and what is read off measured rows for them."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row = dict[str, Any]

NONE: Final = "-"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = ["", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join(lines) + "\n"


def of(rows: list[Row], size: int, peer: str, phase: str) -> list[Row]:
    """The runs of a tool in a phase that came to their end."""
    wanted = (size, peer, phase)
    return [each for each in rows if (each["size"], each["peer"], each["phase"]) == wanted and not each["failed"]]


def sizes(rows: list[Row]) -> list[int]:
    """The numbers of agents that were measured."""
    return sorted({each["size"] for each in rows})


def middle(rows: Iterable[Row], name: str) -> float:
    """The median of a figure."""
    return median(each[name] for each in rows)


def spread(rows: list[Row], name: str, unit: float, places: int) -> str:
    """The median of a figure with the least and the most, or what stands for nothing."""
    if not rows:
        return NONE
    least, most = min(each[name] for each in rows), max(each[name] for each in rows)
    low, mid, high = (f"{each / unit:.{places}f}" for each in (least, middle(rows, name), most))
    return mid if low == high else f"{mid} ({low} to {high})"


def ratio(ours: list[Row], theirs: list[Row], name: str) -> float | None:
    """Median by median; None where there is nothing to compare."""
    below = middle(theirs, name) if theirs else 0
    return middle(ours, name) / below if ours and below else None


def shown(number: float | None) -> str:
    """A ratio with two places."""
    return NONE if number is None else f"{number:.2f}"
