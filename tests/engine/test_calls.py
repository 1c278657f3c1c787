"""How many calls each command makes: none more than it needs, and nothing twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest
from proves import proves
from samples import LEAST

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World

AGENTS: Final = 6
TESTERS: Final = 3
DELAY: Final = 0.5
"""Seconds that a call takes, as over a network; else the first agent is made before the second is asked for."""


def _declare(project: Project, **changes: Any) -> None:
    agents = {f"a{n}": {**LEAST, "service_code": f"CODE{n}", **changes} for n in range(AGENTS)}
    testers = {
        f"t{n}-{place}": {"agent": f"a{n}", "phoneno": f"9190000000{n}{place}"}
        for n in range(AGENTS)
        for place in range(TESTERS)
    }
    project.declare(agents, testers)


@pytest.fixture
def counted(world: World) -> Callable[[Callable[[], object]], Counter[str]]:
    """Runs a command; gives the calls that it made by operation, each to another object but for lists and reads."""

    def run(command: Callable[[], object]) -> Counter[str]:
        world.clear_journal()
        command()
        return Counter(each.operation or each.path for each in world.journal())

    return run


@proves("A16")
def test_each_command_makes_the_calls_that_it_needs_and_none_twice(
    project: Project, world: World, counted: Callable[[Callable[[], object]], Counter[str]]
) -> None:
    _declare(project)
    assert counted(project.preview) == {}

    world.set(latency=DELAY)
    made = counted(lambda: project.up("--parallel", "16"))
    lists = made.pop("list_agents")
    assert made == {
        "create_agent": AGENTS,
        "get_agent": AGENTS,
        "register_tester": AGENTS * TESTERS,
        "list_testers": AGENTS,
    }
    assert lists == 2, "one before the first agent, and one after the last, which all of them share"

    world.set(latency=0)
    assert counted(project.up) == {}

    assert counted(project.refresh) == {"get_agent": AGENTS, "list_testers": AGENTS}

    _declare(project, description="Answers other questions")
    assert counted(project.up) == {"get_agent": 2 * AGENTS, "update_agent": AGENTS}

    assert counted(project.destroy) == {"delete_agent": AGENTS}
