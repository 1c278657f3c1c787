"""What the matrix is run with: a lane for each cell, and what the engine's actions do to it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from matrix import FAULTS, Call, Fault, Outcome, outcomes
from stage import Stage, agent

from rcs_simulator import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from project import Run
    from relay import Passed, Relay

    from rcs_simulator import Entry

TRIES: Final = 2
"""Calls that a fault which lasts can hit at the most: one, and the one repeat that the settings allow."""


@dataclass(frozen=True)
class Lane:
    """One resource that meets one fault.

    Attributes:
        fault: what it meets.
        length: "once" or "lasting", or nothing where that makes no difference.
        outcome: what has to come of it.
        index: its place.
    """

    fault: Fault
    length: str
    outcome: Outcome
    index: int

    @property
    def name(self) -> str:
        """Of the agent in the program, and its service code."""
        return f"{self.fault.key}-{self.length}".rstrip("-")

    @property
    def phone(self) -> str:
        """Of its tester."""
        return f"9190000{self.index:05d}"

    @property
    def hits(self) -> int:
        """How many calls in a row meet the fault."""
        return TRIES if self.length == "lasting" else 1


def lanes(call: Call) -> list[Lane]:
    """The lanes of a row: one for each cell, two where the length matters."""
    found = ((fault, length, outcome) for fault in FAULTS.values() for length, outcome in outcomes(call, fault).items())
    return [Lane(fault, length, outcome, index) for index, (fault, length, outcome) in enumerate(found)]


def scripts(call: Call, lane: Lane, elsewhere: str) -> list[dict[str, Any]]:
    """The faults of a lane's call, in the simulator's form."""
    script = lane.fault.script
    if script is None:
        return []
    if script["kind"] == "redirect":
        script = {**script, "url": elsewhere}
    if script["kind"] == "slow" and call.operation.startswith("list"):
        # A list holds everybody's agents: byte by byte it would take a minute.
        script = {**script, "chunk": 64}
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


class Action(ABC):
    """What the engine is asked to do with every lane."""

    command: ClassVar[Sequence[str]]
    prefix: ClassVar[str] = ""
    write: ClassVar[str] = ""
    sends_again: ClassVar[bool] = False
    """Whether the next run sends a change that was made and not confirmed, which then does nothing."""

    def prepare(self, stage: Stage, row: Sequence[Lane]) -> None:
        """Brings everything to where the action begins; for some there is nothing to do."""
        del stage, row

    def declare(self, stage: Stage, row: Sequence[Lane], providers: Mapping[str, Any]) -> None:
        """Declares the agents."""
        stage.declare(_agents(row, gated=True), providers=providers)

    @abstractmethod
    def done(self, world: World, lane: Lane) -> bool:
        """Whether the service has what was asked for, once and not twice."""

    @abstractmethod
    def stored(self, stage: Stage, lane: Lane) -> str:
        """What state holds: "new", "old" or "number"."""

    def resource(self, lane: Lane) -> str:
        """Name of the lane's resource that the action is about."""
        return self.prefix + lane.name

    def run(self, stage: Stage, *flags: str) -> Run:
        """Runs the command, whatever comes of it."""
        return stage.pulumi(*self.command, "--yes", "--skip-preview", *flags, timeout=280)

    def writes(self, world: World, lane: Lane) -> int:
        """How many calls that change something the lane has made."""
        return sum(1 for one in world.journal(self.write) if self.write and _about(one, lane, world))


def _about(entry: Entry, lane: Lane, world: World) -> bool:
    if entry.phoneno is not None:
        return entry.phoneno == lane.phone
    if entry.operation == "create_agent":
        return entry.service_code == lane.name
    return entry.agent_number in {each["agent_number"] for each in called(world, lane, deleted=True)}


def called(world: World, lane: Lane, *, deleted: bool = False) -> list[dict[str, Any]]:
    """The agents that have the lane's service code."""
    return [each for each in world.agents(deleted=deleted) if each["service_code"] == lane.name]


def _agents(row: Sequence[Lane], *, gated: bool, **more: Any) -> dict[str, Any]:
    def one(lane: Lane) -> dict[str, Any]:
        provider = {"provider": "gated"} if gated and lane.fault.script is None else {}
        return {"args": agent(lane.name, **more), **provider}

    return {lane.name: one(lane) for lane in row}


class Create(Action):
    """`pulumi up` makes the agents."""

    command = ("up", "--continue-on-error")
    write = "create_agent"

    def done(self, world: World, lane: Lane) -> bool:
        """There is one live agent, as declared; two would be the one thing that must never be."""
        found = called(world, lane)
        assert len(found) < 2, found
        return bool(found) and found[0]["display_name"] == agent(lane.name)["display_name"]

    def stored(self, stage: Stage, lane: Lane) -> str:
        """The agent is in state, and marked where it is half made."""
        found = stage.resources().get(lane.name)
        if found is None:
            return "old"
        assert {found["id"]} == {each["agent_number"] for each in called(_world(stage), lane)}
        return "number" if found.get("initErrors") else "new"


class Refresh(Action):
    """`pulumi refresh` reads the agents, whose status has moved on."""

    command = ("refresh",)

    def prepare(self, stage: Stage, row: Sequence[Lane]) -> None:
        """The agents are there, and move on."""
        for lane in row:
            _world(stage).patch_agent(called(_world(stage), lane)[0]["agent_number"], status="PENDING")

    def done(self, world: World, lane: Lane) -> bool:
        """A refresh changes nothing there."""
        return [each["status"] for each in called(world, lane)] == ["PENDING"]

    def stored(self, stage: Stage, lane: Lane) -> str:
        """The status tells whether the read came through."""
        return {"PENDING": "new", "ACTIVE": "old"}[stage.resources()[lane.name]["outputs"]["status"]]


class Update(Action):
    """`pulumi up` changes the agents' description."""

    command = ("up", "--continue-on-error")
    write = "update_agent"

    def prepare(self, stage: Stage, row: Sequence[Lane]) -> None:
        """Changes the program."""
        declared = stage.declared()
        stage.declare(_agents(row, gated=True, description="Changed"), providers=declared["providers"])

    def done(self, world: World, lane: Lane) -> bool:
        """The agent has the new description."""
        return [each["description"] for each in called(world, lane)] == ["Changed"]

    def stored(self, stage: Stage, lane: Lane) -> str:
        """State has the new description, or everywhere the old one."""
        found = stage.resources()[lane.name]
        both = {found["inputs"]["description"], found["outputs"]["description"]}
        assert len(both) == 1, both
        return "new" if both == {"Changed"} else "old"


class Destroy(Action):
    """`pulumi destroy` deletes the agents."""

    command = ("destroy", "--continue-on-error")
    write = "delete_agent"
    sends_again = True

    def done(self, world: World, lane: Lane) -> bool:
        """No live agent is left."""
        return not called(world, lane)

    def stored(self, stage: Stage, lane: Lane) -> str:
        """State has forgotten it."""
        return "old" if lane.name in stage.resources() else "new"


class Register(Action):
    """`pulumi up` registers a tester of each agent."""

    command = ("up", "--continue-on-error")
    prefix = "tester-"
    write = "register_tester"

    def prepare(self, stage: Stage, row: Sequence[Lane]) -> None:
        """Adds the testers to the program."""
        declared = stage.declared()
        stage.declare(declared["agents"], _testers(row), declared["providers"])

    def declare(self, stage: Stage, row: Sequence[Lane], providers: Mapping[str, Any]) -> None:
        """Declares the agents alone."""
        stage.declare(_agents(row, gated=False), providers=providers)

    def done(self, world: World, lane: Lane) -> bool:
        """There is one tester, and one invitation was sent."""
        number = called(world, lane)[0]["agent_number"]
        assert len(world.testers(number)) == world.invitations(number) < 2
        return [each["phoneno"] for each in world.testers(number)] == [lane.phone]

    def stored(self, stage: Stage, lane: Lane) -> str:
        """The tester is in state."""
        return "new" if self.resource(lane) in stage.resources() else "old"


class Relist(Register):
    """`pulumi refresh` reads the testers, whose test status has moved on."""

    command = ("refresh",)
    write = ""

    def prepare(self, stage: Stage, row: Sequence[Lane]) -> None:
        """The testers are there, and move on."""
        world = _world(stage)
        for lane in row:
            world.patch_tester(called(world, lane)[0]["agent_number"], lane.phone, test_status="SENT")

    def declare(self, stage: Stage, row: Sequence[Lane], providers: Mapping[str, Any]) -> None:
        """Declares agents and testers."""
        stage.declare(_agents(row, gated=False), _testers(row), providers)

    def stored(self, stage: Stage, lane: Lane) -> str:
        """The test status tells whether the list came through."""
        return {"SENT": "new"}.get(stage.resources()[self.resource(lane)]["outputs"]["test_status"], "old")


def _testers(row: Sequence[Lane]) -> dict[str, Any]:
    def one(lane: Lane) -> dict[str, Any]:
        provider = {"provider": "gated"} if lane.fault.script is None else {}
        return {"args": {"agent": lane.name, "phoneno": lane.phone}, **provider}

    return {f"tester-{lane.name}": one(lane) for lane in row}


def _world(stage: Stage) -> World:
    assert stage.world is not None
    return stage.world


ACTIONS: Final[Mapping[str, Action]] = {
    "create": Create(),
    "refresh": Refresh(),
    "update": Update(),
    "destroy": Destroy(),
    "register": Register(),
    "relist": Relist(),
}


TODO: Final = re.compile(
    r"[.:] ([Rr]un |Check |Ask |Wait |Where these words |This is an error inside Kaleyra: try |The next `pulumi up`)"
)
"""How what to do begins, in the line of an error."""


def words(call: Call, lane: Lane) -> Iterator[str]:
    """What the terminal has to show in the row of the lane's resource."""
    yield lane.outcome.says
    if not lane.outcome.ok:
        yield lane.fault.shows
        yield "error: could not " if lane.outcome.stored == "old" else ""
    if lane.outcome.meaning.startswith("The answer does not say") and call.action in ("create", "register"):
        yield "looking whether" if lane.outcome.ok else "Run `pulumi up` again"
