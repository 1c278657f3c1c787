"""Deploys the same agents and testers with this package and its peers; writes docs/benchmarks.md.

Every run is kept in build/benchmarks.json. The page is written once all parts and sizes have been measured.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from typing import TYPE_CHECKING, Any, Final

from abilities import failing
from lives import lives
from loading import imported
from peers import BARE, PACKAGE, ROOT, TOFU, Ways, available
from report import page
from scaling import scales
from serving import served

if TYPE_CHECKING:
    from collections.abc import Callable

RESULTS: Final = ROOT / "build" / "benchmarks.json"
PAGE: Final = ROOT / "docs" / "benchmarks.md"

SIZES: Final = (1, 20, 100, 400)
"""Numbers of agents that the page shows."""
CHECKPOINTED: Final = 100
"""Agents up to which the engine stores the state after each step, as it does by itself; beyond, only at the end."""
LATENCY: Final = 0.1
PARALLEL: Final = 32
STORING: Final = {
    "as it comes": Ways(),
    "with `PULUMI_DIY_BACKEND_ZSTD`": Ways(packed=True),
    "with `PULUMI_SKIP_CHECKPOINTS`": Ways(checkpoints=False),
}
"""How Pulumi's engine may store the state, by what the page calls it."""


def _sides(asked: argparse.Namespace) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for size in asked.sizes:
        found += lives(available(), size, asked.repeats, Ways(checkpoints=size <= CHECKPOINTED))
    return found


def _slow(asked: argparse.Namespace) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for kept in (True, False):
        ways = Ways(testers=0, latency=LATENCY, parallel=PARALLEL, workers=PARALLEL, checkpoints=kept)
        found += [{**row, "checkpoints": kept} for row in lives(available(), CHECKPOINTED, asked.repeats, ways)]
    return found


def _checkpoints(asked: argparse.Namespace) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for storing, ways in [*STORING.items()] * asked.repeats:
        rows = lives([PACKAGE], CHECKPOINTED, 1, ways, ("create", "update"))
        found += [{**row, "storing": storing} for row in rows]
    return found


SECTIONS: Final[dict[str, Callable[[argparse.Namespace], Any]]] = {
    "cannot": lambda _asked: [each for peer in available((BARE, TOFU, PACKAGE)) for each in failing(peer)],
    "imports": lambda _asked: imported(),
    "simulator": lambda _asked: served(),
    "own": lambda _asked: [row for kind in ("agent", "tester") for row in scales(kind, (100, 2000))],
    "slow": _slow,
    "checkpoints": _checkpoints,
    "sides": _sides,
}
"""What can be measured: each is a part of the results, and stays there until it is measured again."""


def _arguments() -> argparse.Namespace:
    def sizes(text: str) -> list[int]:
        return [int(each) for each in text.split(",")]

    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", choices=SECTIONS, action="append", help="measure this part; may be repeated")
    parser.add_argument("--sizes", type=sizes, default=SIZES, help="numbers of agents")
    parser.add_argument("--repeats", type=int, default=3)
    return parser.parse_args()


def _merged(known: list[dict[str, Any]], measured: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was measured, and what is known of other sizes."""
    sizes = {row["size"] for row in measured}
    return [*(row for row in known if row["size"] not in sizes), *measured]


def _is_whole(found: dict[str, Any]) -> bool:
    """Whether a page of these results would lack nothing: a quick look must not take figures from the published one."""
    return found.keys() >= SECTIONS.keys() and {row["size"] for row in found["sides"]} >= set(SIZES)


def main() -> None:
    """Measures what is asked for, everything by default."""
    asked = _arguments()
    RESULTS.parent.mkdir(exist_ok=True)
    found: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    found["machine"] = f"{os.cpu_count()} cores and Python {platform.python_version()}"
    for name in asked.only or SECTIONS:
        measured = SECTIONS[name](asked)
        found[name] = _merged(found.get(name, []), measured) if name == "sides" else measured
        RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    made = page(found)
    if _is_whole(found):
        PAGE.write_text(made)
    sys.stdout.write(made)


if __name__ == "__main__":
    main()
