"""Fixtures of the tests over the wire: one simulator and one stand-in of the engine for all, processes as needed."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from samples import KEY
from wires import FACES, Engine, Process, urn

from rcs_simulator import Simulator, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_COUNT = itertools.count(1)


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    made = Engine()
    yield made
    made.server.stop(None).wait(10)
    assert not any(KEY in each.message for each in made.lines)


@pytest.fixture(scope="session")
def whole_world() -> Iterator[World]:
    """The world of pod `in`; no agent's number is ever used twice in it."""
    with Simulator() as running:
        found = running.world("in")
        found.set_accounts({found.sid: [KEY]})
        yield found


@pytest.fixture(scope="session")
def switches(whole_world: World) -> dict[str, Any]:
    return whole_world.switches()


@pytest.fixture
def world(whole_world: World, switches: dict[str, Any]) -> World:
    """The world without a journal, without faults, with its switches as they were."""
    whole_world.set(**switches)
    whole_world.clear_faults()
    whole_world.clear_journal()
    return whole_world


@pytest.fixture(scope="session", params=FACES)
def served(request: pytest.FixtureRequest) -> type[Process]:
    """Every test runs over both faces."""
    return FACES[request.param]


def _config(world: World, config: Mapping[str, Any]) -> dict[str, Any]:
    given = {
        "pod": "in", "sid": world.sid, "apiKey": KEY, "endpoint": world.url, "requestsPerSecond": "1000", **config,
    }  # fmt: skip
    return {f"kaleyra:{name}": value for name, value in given.items() if value is not None}


@pytest.fixture(scope="session")
def shared(
    served: type[Process], engine: Engine, whole_world: World, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Process, Process]]:
    """Two processes that repeat nothing: one run, and a later one that never creates."""
    config = _config(whole_world, {"maxRetries": "0"})
    folders = [tmp_path_factory.mktemp("provider") for _ in range(2)]
    later = {"TMPDIR": str(folders[1])}  # what a run shares between its processes is below it
    made = [served(engine.address, *each) for each in ((folders[0], config, {}), (folders[1], config, later))]
    yield made[0], made[1]
    written = [each.close() for each in made]
    assert not any(KEY in each for each in written)


@pytest.fixture
def provider(shared: tuple[Process, Process]) -> Process:
    """The process of a run that repeats no call."""
    return shared[0]


@pytest.fixture
def later(shared: tuple[Process, Process]) -> Process:
    """The process of a later run, for what the one that made an object does not do."""
    return shared[1]


@pytest.fixture
def start(
    served: type[Process], engine: Engine, world: World, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Process]]:
    """Starts processes; whatever they wrote is searched for the key in the end."""
    running: list[Process] = []

    def started(env: Mapping[str, str] | None = None, patch: str = "", **config: Any) -> Process:
        folder = tmp_path_factory.mktemp("provider")
        running.append(served(engine.address, folder, _config(world, config), env or {}, patch))
        return running[-1]

    yield started
    written = [each.close() for each in running]
    assert not any(KEY in each for each in written)


@pytest.fixture
def code() -> str:
    """A service code that no other test has."""
    return f"CODE{next(_COUNT)}"


@pytest.fixture
def one(code: str) -> str:
    """The URN of an agent that no other test has."""
    return urn(f"agent-{code}")
