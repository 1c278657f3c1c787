"""How many calls one provider process works on at once, as the simulator's journal saw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from samples import LEAST, copied
from wires import Process, together, urn

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_simulator import Entry, World

SLOW = 0.5
OTHER_POOL = """
from concurrent import futures
from multiprocessing.pool import ThreadPool

class Pool(futures.Executor):
    def __init__(self, max_workers):
        self.threads = ThreadPool(max_workers)

    def submit(self, work, /, *arguments, **named):
        future = futures.Future()
        self.threads.apply_async(work, arguments, named, future.set_result, future.set_exception)
        return future

futures.ThreadPoolExecutor = Pool
"""
"""A pool that looks different inside, as a later SDK's may."""


def _most_at_once(provider: Process, world: World, code: str, count: int) -> int:
    """Makes so many agents at the same moment of a slow server; gives how many of their POSTs it had at once."""
    declared = {f"{code}-{place}": {**copied(LEAST), "service_code": f"{code}-{place}"} for place in range(count)}
    inputs = {name: provider.checked(urn(name), each) for name, each in declared.items()}
    world.set(latency=SLOW)
    made = together(*(lambda name=name: provider.create(urn(name), inputs[name]) for name in inputs))
    assert len(made) == count
    return _at_once(world.journal("create_agent"))


def _at_once(calls: list[Entry]) -> int:
    return max(sum(each.started <= call.started < (each.ended or 0.0) for each in calls) for call in calls)


def _started(start: Callable[..., Process], **more: Any) -> Process:
    return start(requestsPerSecond="1000", **more)


def test_more_calls_are_under_way_than_the_sdk_has_workers(
    start: Callable[..., Process], world: World, code: str
) -> None:
    assert _most_at_once(_started(start), world, code, 12) == 12


def test_calls_that_came_before_the_first_was_looked_at_get_workers_too(
    start: Callable[..., Process], world: World, code: str
) -> None:
    numbers = [world.seed_agent(service_code=f"{code}-{place}") for place in range(12)]
    provider = _started(start)
    world.set(latency=SLOW)
    together(*(lambda number=number: provider.read(urn(f"{code}-{number}"), number, {}) for number in numbers))
    assert _at_once(world.journal("get_agent")) == 12


@pytest.mark.parametrize("served", ["dynamic"], indirect=True)
def test_no_more_calls_are_under_way_than_are_allowed(start: Callable[..., Process], world: World, code: str) -> None:
    assert _most_at_once(_started(start, workers="6"), world, code, 12) == 6


def test_the_rate_limit_holds_for_all_workers_together(start: Callable[..., Process], world: World, code: str) -> None:
    _most_at_once(start(requestsPerSecond="20"), world, code, 12)
    starts = sorted(each.started for each in world.journal())
    assert (len(starts) - 1) / (starts[-1] - starts[0]) <= 20 * 1.1


@pytest.mark.parametrize("served", ["dynamic"], indirect=True)
@pytest.mark.parametrize(
    "patch",
    [OTHER_POOL, "import rcs_provider.dynamic.sdk_gaps as inside; inside.inspect = None"],
    ids=["pool", "frames"],
)
def test_where_the_sdk_looks_different_its_own_four_workers_are_left(
    start: Callable[..., Process], world: World, code: str, patch: str
) -> None:
    assert _most_at_once(_started(start, patch=patch), world, code, 8) == 4


@pytest.mark.parametrize("served", ["dynamic"], indirect=True)
def test_agents_that_are_made_at_the_same_time_are_found_by_one_list(
    start: Callable[..., Process], world: World, code: str
) -> None:
    _most_at_once(_started(start, workers="4"), world, code, 12)
    assert len(world.journal("list_agents")) <= 1 + 12 / 4
    assert len(world.journal("get_agent")) == 12
