"""What each tool does when things go wrong: tried, not claimed. No figure here depends on time."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from lives import Site, site
from peers import Peer, Ways
from worlds import AGENT, CHANGED, declared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PLENTY: Final = 20
"""Answers that go wrong: more than any tool asks for."""


@dataclass(frozen=True)
class Ability:
    """Something a user counts on.

    Attributes:
        phase: the phase that it is about.
        name: what is done, for the tables.
        works: tries it in a fresh folder and world.
        switches: of the simulator.
    """

    phase: str
    name: str
    works: Callable[[Site], bool]
    switches: dict[str, Any] = field(default_factory=dict)


def _live(place: Site) -> list[dict[str, Any]]:
    return place.meter.world.agents()


def _begin(place: Site, **changes: Any) -> None:
    place.declare(declared(1, 1, **changes))


def _made(place: Site) -> str:
    """Makes one agent; gives its number."""
    _begin(place)
    assert place.run("create").code == 0
    return str(_live(place)[0]["agent_number"])


def _finds_the_number(place: Site) -> bool:
    _begin(place)
    return place.run("create").code == 0


def _survives_a_lost_answer(place: Site) -> bool:
    _begin(place)
    place.meter.world.fault("create_agent", "lost")
    place.run("create")
    return place.run("create").code == 0 and len(_live(place)) == 1


def _takes_over(place: Site) -> bool:
    place.meter.world.seed_agent(**AGENT, service_code="CODE0")
    _begin(place)
    return place.run("create").code == 0 and len(_live(place)) == 1


def _names_mistakes(place: Site) -> bool:
    _begin(place, display_name="x" * 41)
    place.meter.begin()
    out = place.run("preview").out
    # The plugin says it in the names of every language: displayName.
    return re.search(r"display_?name.*\b40\b", out, re.IGNORECASE) is not None and not place.meter.read().calls


def _sees_a_deletion(place: Site) -> bool:
    place.meter.world.remove_agent(_made(place))
    place.run("refresh")
    return place.run("create").code == 0 and len(_live(place)) == 1


def _keeps_through_an_outage(place: Site) -> bool:
    _made(place)
    place.meter.world.fault("any", *["html404"] * _PLENTY)
    place.run("refresh")
    place.meter.world.clear_faults()
    place.meter.begin()
    return place.run("preview").code == 0 and not place.meter.read().calls


def _sees_drift(place: Site) -> bool:
    place.meter.world.patch_agent(_made(place), **CHANGED)
    return place.run("refresh").code == 0 and place.run("preview").code != 0


def _updates(place: Site) -> bool:
    _made(place)
    _begin(place, **CHANGED)
    return place.run("update").code == 0 and _live(place)[0]["description"] == CHANGED["description"]


ABILITIES: Final = (
    Ability(
        "create", "find the new agent's number, which the documented answer does not hold", _finds_the_number,
        {"create_returns_number": False},
    ),
    Ability("create", "finish after the answer to a create got lost", _survives_a_lost_answer),
    Ability("create", "take over an equal agent that exists", _takes_over),
    Ability("preview", "name a wrong value before any call", _names_mistakes),
    Ability("refresh", "notice an agent that was deleted elsewhere, and make it again", _sees_a_deletion),
    Ability("refresh", "keep what it manages when a gateway answers 404 for everything", _keeps_through_an_outage),
    Ability("refresh", "show a change that was made elsewhere", _sees_drift),
    Ability("update", "change an agent", _updates),
)  # fmt: skip


def failing(peer: Peer) -> Iterator[dict[str, str]]:
    """What a peer could not do, each as `{"peer": ..., "phase": ..., "name": ...}`."""
    for ability in ABILITIES:
        with site(peer, Ways(), **ability.switches) as place:
            works = ability.works(place)
        print(peer.name, "can" if works else "cannot", ability.name, file=sys.stderr)
        if not works:
            yield {"peer": peer.name, "phase": ability.phase, "name": ability.name}
