"""What the matrix is run with: a lane for each cell, and what it meets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from matrix import FAULTS, outcomes

from rcs_simulator import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from matrix import Call, Fault, Outcome
    from project import Run
    from relay import Passed, Relay

    from rcs_simulator import Entry

TRIES: Final = 2
"""Calls that a fault which lasts can hit at the most: one, and the one repeat that the settings allow."""


@dataclass(frozen=True)
class Lane:
    """One resource that meets one fault.

    Attributes:
        call: which of its calls meets it.
        fault: what it meets.
        length: "once" or "lasting", or nothing where that makes no difference.
        outcome: what has to come of it.
        index: its place.
    """

    call: Call
    fault: Fault
    length: str
    outcome: Outcome
    index: int

    @property
    def name(self) -> str:
        """Of the resource in the program, and the service code of its agent."""
        return f"{self.call.key}-{self.fault.key}-{self.length}".rstrip("-")

    @property
    def phone(self) -> str:
        """Of its tester."""
        return f"9190000{self.index:05d}"

    @property
    def hits(self) -> int:
        """How many calls in a row meet the fault."""
        return TRIES if self.length == "lasting" else 1


def lanes(*calls: Call) -> list[Lane]:
    """The lanes of rows: one for each cell, two where the length matters."""
    found = (
        (call, fault, length, outcome)
        for call in calls
        for fault in FAULTS.values()
        for length, outcome in outcomes(call, fault).items()
    )
    return [Lane(*each, index) for index, each in enumerate(found)]


def scripts(lane: Lane, elsewhere: str) -> list[dict[str, Any]]:
    """The faults of a lane's call, in the simulator's form."""
    call = lane.call
    script = lane.fault.script
    if script is None:
        return []
    if script["kind"] == "redirect":
        script = {**script, "url": elsewhere}
    if script["kind"] == "slow" and call.operation.startswith("list"):
        # A list holds everybody's agents: byte by byte it would take a minute.
        script = {**script, "chunk": 512}
    return [{"kind": "ok"}] * call.before + [script] * lane.hits


def closing(relay: Relay, passes: Sequence[str]) -> None:
    """Makes a relay stop listening once the given requests have passed, in this order; at once where there are none."""
    left = list(passes)
    if not left:
        relay.close()

    def after(one: Passed) -> None:
        if left and re.fullmatch(left[0] + ".*", f"{one.method} {one.path}"):
            left.pop(0)
            if not left:
                relay.close()

    relay.after = after


class Still(World):
    """A world while nothing happens in it: what was asked once is not asked again, as every lane of a row asks."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._told: dict[tuple[str, Any], Any] = {}

    def agents(self, *, deleted: bool = False) -> list[dict[str, Any]]:
        """The agents, as they were when that was asked first."""
        return self._once("agents", deleted, lambda: World.agents(self, deleted=deleted))

    def journal(self, operation: str | None = None, method: str | None = None, path: str | None = None) -> list[Entry]:
        """The requests, as they were when that was asked first."""
        return self._once("journal", (operation, method, path), lambda: World.journal(self, operation, method, path))

    def _once(self, what: str, given: Any, ask: Callable[[], Any]) -> Any:
        if (what, given) not in self._told:
            self._told[what, given] = ask()
        return self._told[what, given]


TODO: Final = re.compile(
    r"[.:] ([Rr]un |Check |Ask |Wait |Where these words |This is an error inside Kaleyra: try |The next `pulumi up`)"
)
"""How what to do begins, in the line of an error."""


def words(lane: Lane) -> Iterator[str]:
    """What the terminal has to show in the row of the lane's resource."""
    yield lane.outcome.says
    if not lane.outcome.ok:
        yield lane.fault.shows
        yield "error: could not " if lane.outcome.stored == "old" else ""
    if lane.outcome.meaning.startswith("The answer does not say") and lane.call.action in ("create", "register"):
        yield "looking whether" if lane.outcome.ok else "Run `pulumi up` again"


def announced(run: Run, *names: str) -> int:
    """How many repeats were shown in the rows of resources, and no line of them was kept."""
    assert "trying again in" not in "".join(line for name in names for line in run.said.get(name, ()))
    return sum("trying again in" in row for name in names for row in run.progress(name))
