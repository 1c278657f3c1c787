"""Deploys the same agents and testers with both providers of this package and its peers; writes docs/benchmarks.md.

Every run is kept in build/benchmarks.json. The page is written once all parts and sizes have been measured.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from abilities import failing
from lives import lives
from loading import imported
from peers import CALLING, DYNAMIC, FACES, PARALLEL, PHASES, ROOT, Ways, available
from report import page
from scaling import scales
from serving import served

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from peers import Peer

RESULTS: Final = ROOT / "build" / "benchmarks.json"
PAGE: Final = ROOT / "docs" / "benchmarks.md"

RUNS: Final[dict[str, dict[int, int]]] = {
    "slow": {100: 2},
    "checkpoints": {50: 1, 100: 1, 200: 1},
    "shipped": {1: 1, 20: 1, 100: 1, 400: 1},  # the limit sets the time, and it does not vary
    "sides": {1: 3, 20: 3, 100: 3, 400: 2},
}
"""How often each number of agents is measured, in the parts that are measured by it."""
CHECKPOINTED: Final = 100
"""Agents up to which the engine stores the state after each step, as it does by itself; beyond, only at the end."""
LATENCY: Final = 0.1
STORING: Final = {
    "as it comes": Ways(testers=0),
    "with `PULUMI_DIY_BACKEND_ZSTD`": Ways(testers=0, packed=True),
    "with `PULUMI_SKIP_CHECKPOINTS`": Ways(testers=0, checkpoints=False),
}
"""How Pulumi's engine may store the state, by what the page calls it."""

Rows = list[dict[str, Any]]


def _cannot(_asked: argparse.Namespace) -> list[dict[str, str]]:
    with ThreadPoolExecutor(2) as both:  # nothing here depends on time
        return [each for found in both.map(failing, available()) for each in found]


def _lives(
    asked: argparse.Namespace,
    part: str,
    peers: Sequence[Peer],
    ways: Callable[[int], Ways],
    phases: Sequence[str] = PHASES,
) -> Rows:
    runs = RUNS[part]
    wanted = {size: asked.repeats or runs.get(size, 1) for size in asked.sizes or runs}
    return [row for size, repeats in wanted.items() for row in lives(peers, size, repeats, ways(size), phases)]


def _sides(asked: argparse.Namespace) -> Rows:
    return _lives(asked, "sides", available(), lambda size: Ways(checkpoints=size <= CHECKPOINTED))


def _shipped(asked: argparse.Namespace) -> Rows:
    return _lives(asked, "shipped", FACES, lambda _: Ways(testers=0, limited=True), CALLING)


def _slow(asked: argparse.Namespace) -> Rows:
    ways = Ways(testers=0, latency=LATENCY, parallel=PARALLEL, workers=PARALLEL)
    return _lives(asked, "slow", available(), lambda _: ways)


def _checkpoints(asked: argparse.Namespace) -> Rows:
    return [
        {**row, "storing": storing}
        for size in asked.sizes or RUNS["checkpoints"]
        for _ in range(asked.repeats or 1)
        for storing, ways in STORING.items()
        for row in lives([DYNAMIC], size, 1, ways, ("create",))
    ]


SECTIONS: Final[dict[str, Callable[[argparse.Namespace], Any]]] = {
    "cannot": _cannot,
    "imports": lambda _asked: imported(),
    "simulator": lambda _asked: served(),
    "own": lambda _asked: [row for kind in ("agent", "tester") for row in scales(kind, (100, 1000))],
    "slow": _slow,
    "checkpoints": _checkpoints,
    "shipped": _shipped,
    "sides": _sides,
}
"""What can be measured: each is a part of the results, and stays there until it is measured again."""


def _arguments() -> argparse.Namespace:
    def sizes(text: str) -> list[int]:
        return [int(each) for each in text.split(",")]

    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", choices=SECTIONS, action="append", help="measure this part; may be repeated")
    parser.add_argument("--sizes", type=sizes, help="numbers of agents")
    parser.add_argument("--repeats", type=int, help="how often each is measured")
    return parser.parse_args()


def _known(asked: argparse.Namespace) -> dict[str, Any]:
    """What was measured before. All of it is measured anew where nothing in particular is asked for."""
    is_part = asked.only or asked.sizes or asked.repeats
    return json.loads(RESULTS.read_text()) if is_part and RESULTS.exists() else {}


def _merged(known: Rows, measured: Rows) -> Rows:
    """What was measured, and what is known of other sizes."""
    sizes = {row["size"] for row in measured}
    return [*(row for row in known if row["size"] not in sizes), *measured]


def _is_whole(found: dict[str, Any]) -> bool:
    """Whether the page would have all parts and sizes and no other: a quick look leaves the published one alone."""
    sizes = {part: {row["size"] for row in found.get(part, [])} for part in RUNS}
    return found.keys() >= SECTIONS.keys() and all(sizes[part] == set(runs) for part, runs in RUNS.items())


def main() -> None:
    """Measures what is asked for, everything by default."""
    asked = _arguments()
    RESULTS.parent.mkdir(exist_ok=True)
    found = _known(asked)
    found["machine"] = f"{os.cpu_count()} cores and Python {platform.python_version()}"
    for name in asked.only or SECTIONS:
        started = time.monotonic()
        measured = SECTIONS[name](asked)
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        found[name] = _merged(found.get(name, []), measured) if name in RUNS else measured
        RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    made = page(found)
    if _is_whole(found):
        PAGE.write_text(made)
    sys.stdout.write(made)


if __name__ == "__main__":
    main()
