"""Lives: a world is created, previewed, refreshed, updated and destroyed by one peer, and each phase is measured."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from measure import Cost, cost
from peers import PHASES, TOFU, Peer, Ways
from worlds import CHANGED, Meter, declared, metered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CANNOT: Final = {(TOFU.name, "update")}
"""What is known to fail: the API wants its own fields back, and restapi sends what is declared."""


@dataclass(frozen=True)
class Site:
    """A folder in which a peer deploys to a world of its own."""

    peer: Peer
    ways: Ways
    folder: Path
    environment: Mapping[str, str]
    meter: Meter

    def declare(self, agents: list[dict[str, Any]]) -> None:
        """What is to be deployed from now on."""
        (self.folder / "declared.json").write_text(json.dumps(agents))

    def run(self, phase: str) -> Cost:
        """Runs the peer's command for a phase."""
        return cost(self.peer.command(phase, self.ways), self.folder, self.environment)


@contextmanager
def site(peer: Peer, ways: Ways, **switches: Any) -> Iterator[Site]:
    """A fresh folder and a fresh world, whose answer to a create holds the number: only this package finds it else."""
    with (
        TemporaryDirectory(prefix="bench-") as temporary,
        metered(**{"create_returns_number": True, **switches}) as meter,
    ):
        folder = Path(temporary) / "project"
        folder.mkdir()
        yield Site(peer, ways, folder, peer.prepare(folder, meter.world, ways), meter)


def life(peer: Peer, size: int, ways: Ways, phases: Sequence[str] = PHASES) -> Iterator[dict[str, Any]]:
    """Measures the phases of one life; a failure that is not known of ends everything."""
    with site(peer, ways, latency=ways.latency) as place:
        for phase in phases:
            changes = CHANGED if PHASES.index(phase) >= PHASES.index("update") else {}
            place.declare(declared(size, ways.testers, **changes))
            place.meter.begin()
            spent = place.run(phase)
            if spent.code and (peer.name, phase) not in CANNOT:
                # Figures without it would look whole: nothing is written.
                raise SystemExit(f"{peer.name} failed in the phase {phase}:\n{spent.out.strip()[-2000:]}")
            yield {"peer": peer.name, "size": size, "phase": phase, **_figures(place, spent)}


def _figures(place: Site, spent: Cost) -> dict[str, Any]:
    traffic = place.meter.read()
    return {
        "failed": bool(spent.code),
        "wall": round(spent.wall, 3),
        "cpu": round(spent.cpu, 3),
        "parts": {part: round(seconds, 2) for part, seconds in sorted(spent.parts.items())},
        "memory": spent.memory,
        "others": round(spent.others, 2),
        "calls": traffic.calls,
        "at_once": traffic.at_once,
        "bytes": traffic.size,
        "state": place.peer.state(place.folder),
    }


def lives(
    peers: Sequence[Peer], size: int, repeats: int, ways: Ways, phases: Sequence[str] = PHASES
) -> Iterator[dict[str, Any]]:
    """Measures many lives; the peers take turns, so that a machine that is busy for a while hurts none alone."""
    for repeat in range(repeats):
        first = repeat % len(peers)
        for peer in [*peers[first:], *peers[:first]]:
            for row in life(peer, size, ways, phases):
                print(size, peer.name, row["phase"], row["wall"], file=sys.stderr, flush=True)
                yield row
