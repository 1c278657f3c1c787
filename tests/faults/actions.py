"""What the engine is asked to do with the lanes of the matrix."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Final

from stage import agent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lanes import Lane
    from stage import Stage

    from rcs_simulator import Entry, World

Resource = tuple[str, dict[str, Any]]
"""The section of what a stage declares, and what stands there."""


class Action(ABC):
    """What the engine is asked to do with every lane."""

    command: ClassVar[Sequence[str]]
    write: ClassVar[str] = ""
    sends_again: ClassVar[bool] = False
    """Whether the next run sends a change that was made and not confirmed, which then does nothing."""

    def before(self, world: World, lane: Lane) -> Resource | None:
        """What the program declares of a lane at first, if anything."""
        del world
        return _agent(lane)

    def moved(self, world: World, lane: Lane) -> None:
        """What happens to it at Kaleyra after that; to some nothing."""
        del world, lane

    def declared(self, world: World, lane: Lane) -> Resource:
        """What the program declares of a lane when the action runs."""
        del world
        return _agent(lane)

    @abstractmethod
    def done(self, world: World, lane: Lane) -> bool:
        """Whether the service has what was asked for, once and not twice."""

    @abstractmethod
    def stored(self, stage: Stage, lane: Lane) -> str:
        """What state holds: "new", "old" or "number"."""

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


def _agent(lane: Lane, **more: Any) -> Resource:
    return "agents", {"args": agent(lane.name, **more), **_gated(lane)}


def _gated(lane: Lane) -> dict[str, Any]:
    """The provider of a lane whose connection is refused: one for each row, named as that."""
    return {"provider": lane.call.key} if lane.fault.script is None else {}


class Create(Action):
    """`pulumi up` makes the agents."""

    command = ("up", "--continue-on-error")
    write = "create_agent"

    def before(self, world: World, lane: Lane) -> Resource | None:
        """There is nothing."""

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

    def moved(self, world: World, lane: Lane) -> None:
        """The agent gets another status."""
        world.patch_agent(called(world, lane)[0]["agent_number"], status="PENDING")

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

    def declared(self, world: World, lane: Lane) -> Resource:
        """The agent has another description."""
        del world
        return _agent(lane, description="Changed")

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
    """`pulumi up` registers a tester of each agent; the agents are there, and nobody's."""

    command = ("up", "--continue-on-error")
    write = "register_tester"

    def before(self, world: World, lane: Lane) -> Resource | None:
        """The agent alone."""
        world.seed_agent(**agent(lane.name))
        return None

    def declared(self, world: World, lane: Lane) -> Resource:
        """The tester."""
        number = called(world, lane)[0]["agent_number"]
        return "testers", {"args": {"agent_no": number, "phoneno": lane.phone}, **_gated(lane)}

    def done(self, world: World, lane: Lane) -> bool:
        """There is one tester, and one invitation was sent."""
        number = called(world, lane)[0]["agent_number"]
        assert len(world.testers(number)) == world.invitations(number) < 2
        return [each["phoneno"] for each in world.testers(number)] == [lane.phone]

    def stored(self, stage: Stage, lane: Lane) -> str:
        """The tester is in state."""
        return "new" if lane.name in stage.resources() else "old"


class Relist(Register):
    """`pulumi refresh` reads the testers, whose test status has moved on."""

    command = ("refresh",)
    write = ""

    def before(self, world: World, lane: Lane) -> Resource | None:
        """The agent with its tester."""
        super().before(world, lane)
        return self.declared(world, lane)

    def moved(self, world: World, lane: Lane) -> None:
        """The tester gets a test status."""
        world.patch_tester(called(world, lane)[0]["agent_number"], lane.phone, test_status="SENT")

    def stored(self, stage: Stage, lane: Lane) -> str:
        """The test status tells whether the list came through."""
        return {"SENT": "new"}.get(stage.resources()[lane.name]["outputs"]["test_status"], "old")


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
