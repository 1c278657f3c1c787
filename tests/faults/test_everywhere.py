"""What must hold everywhere: nothing sent twice, order where it matters, limits, and stacks that fail in part."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from proves import proves
from relay import Passed, Relay
from running import Running
from stage import agent

from rcs_provider.api.client import Client
from rcs_provider.core import check
from rcs_provider.core.kind import Context
from rcs_provider.core.run import Run
from rcs_provider.core.settings import Settings
from rcs_provider.objects.agent.life import AGENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from stage import Stage

    from rcs_simulator import Entry, World

ON: Final = "--continue-on-error"


def _posts(world: World) -> Counter[str]:
    """How often each agent and each tester was posted."""
    return Counter(str(one.phoneno or one.service_code) for one in world.journal(method="POST"))


def _ten(third: str = "TAKEN") -> tuple[dict[str, Any], dict[str, Any]]:
    """Ten agents, the third with a service code of its own, and two testers of each."""
    agents = {f"agent-{index}": agent(f"CODE{index}" if index != 3 else third) for index in range(1, 11)}
    testers = {
        f"{name}-{each}": {"agent": name, "phoneno": f"91900000{index:02d}0{each}"}
        for index, name in enumerate(agents)
        for each in (1, 2)
    }
    return agents, testers


def _taken(world: World) -> None:
    """A service code that nobody holds any more and that Kaleyra does not give again."""
    world.seed_agent(service_code="TAKEN", status="DELETED")
    world.set(delete_frees_service_code=False)


@proves("D8", "D22", "B12", "B13")
def test_a_refused_agent_and_testers_beyond_a_quota_fail_in_a_line_each_and_all_else_is_done(
    stage: Stage, world: World
) -> None:
    """Agent three of ten is refused, and the fourth has more testers than a day may have."""
    _taken(world)
    world.set(tester_daily_quota=4)
    full = {f"agent-4-{each}": {"agent": "agent-4", "phoneno": f"9190000040{each:02d}"} for each in range(3, 7)}

    def declare(third: str) -> None:
        agents, testers = _ten(third)
        stage.declare(agents, testers | full)

    declare("TAKEN")
    # For the testers of an agent that failed the SDK adds a traceback of its own to the stack's row.
    run = stage.pulumi("up", "--yes", "--skip-preview", ON)
    assert run.code != 0
    assert "Traceback" not in "".join(line for name, lines in run.said.items() if name != "stack" for line in lines)
    stored = stage.resources()
    assert len(stored) == 9 + 18 + 2
    assert sorted(each["service_code"] for each in world.agents()) == sorted(
        each["inputs"]["service_code"] for name, each in stored.items() if name.count("-") == 1
    )
    assert len(world.agents()) == 9
    assert sum(world.invitations(each["agent_number"]) for each in world.agents()) == 18 + 2
    (line,) = [line for line in run.said["agent-3"] if line.startswith("error:")]
    assert "TAKEN" in line
    assert "already mapped" in line
    refused = {name for name in (*full, "agent-4-1", "agent-4-2") if name in run.said}
    assert len(refused) == 2
    for name in refused:
        (line,) = run.said[name]
        assert "20 testers a day and 200 in all" in line
        assert "Quota exceeded" in line
    assert set(_posts(world).values()) == {1}

    world.clear_journal()
    world.skip(86_401)
    declare("FREE")
    phones = {each["args"]["phoneno"] for name, each in stage.declared()["testers"].items() if name in refused}
    stage.up()
    assert _posts(world) == dict.fromkeys({"FREE", "919000000201", "919000000202"} | phones, 1), "not what was missing"
    assert stage.preview().ops == {}
    assert len(world.agents()) == 10


@proves("D22")
def test_without_continue_on_error_what_was_made_is_in_state_and_the_next_run_does_the_rest(
    stage: Stage, world: World
) -> None:
    """The engine starts nothing new after an error, lets what is under way end, and stores it."""
    _taken(world)
    stage.declare(*_ten())
    stage.fails("up", "--yes", "--skip-preview")
    agents = {each["id"] for name, each in stage.resources().items() if name.count("-") == 1}
    assert agents == {each["agent_number"] for each in world.agents()}
    testers = {each["id"] for name, each in stage.resources().items() if name.count("-") == 2}
    assert testers == {f"{number}/{each['phoneno']}" for number in agents for each in world.testers(number)}
    sent = _posts(world)
    stage.declare(*_ten("FREE"))
    stage.up()
    assert len(world.agents()) == 10
    assert {count for what, count in _posts(world).items() if what != "TAKEN"} == {1}
    assert sent.keys() <= _posts(world).keys()
    assert stage.preview().ops == {}


@proves("A10")
def test_changes_and_deletions_of_one_agent_wait_for_each_other(world: World) -> None:
    """The engine has one operation on a resource at a time; two resources of one process may still mean one agent."""
    world.set(latency=0.05)
    client = Client(_settings(world))
    numbers = [world.seed_agent(**agent(f"CODE{index}")) for index in range(2)]
    inputs = check.completed(AGENT, client.settings, {}, agent("CODE0"))
    told: list[str] = []

    def change(index: int) -> None:
        number = numbers[index % 2]
        context = Context(client.api(_heard(told)), client.settings, Run(), _heard(told), f"urn:{index}")
        state = AGENT.read(context, number, {})
        assert state is not None
        wanted = {**inputs, "service_code": f"CODE{index % 2}", "description": f"Text {index}"}
        AGENT.update(context, number, {**state, "__managed": ["description"], "__declared": {}}, wanted)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(change, range(16)))
    assert len(world.journal("update_agent")) == 16
    writes = [one for one in world.journal() if one.method != "GET"]
    assert not _overlapping(writes, same=True)
    assert _overlapping(writes, same=False), "nothing ran side by side"


def _heard(told: list[str]) -> Callable[..., None]:
    def say(message: str, level: str = "info", *, ephemeral: bool = False) -> None:
        if not ephemeral:
            told.append(f"{level}: {message}")

    return say


def _settings(world: World, **more: Any) -> Settings:
    known: dict[str, Any] = {"requests_per_second": 1000.0, "read_timeout": 5.0}
    return Settings(pod="in", sid=world.sid, endpoint=world.url, api_key=world.api_key, **{**known, **more})


def _overlapping(entries: Iterable[Entry], *, same: bool) -> bool:
    found = [one for one in entries if one.agent_number]
    return any(
        one.overlaps(other) and (one.agent_number == other.agent_number) is same
        for index, one in enumerate(found)
        for other in found[:index]
    )


@proves("P11", "B8")
def test_twenty_testers_of_one_agent_cost_one_list_in_each_phase(stage: Stage, world: World) -> None:
    testers = {f"t{index}": {"agent": "agent", "phoneno": f"9190000000{index:02d}"} for index in range(20)}
    stage.declare({"agent": agent("CODE")}, testers)
    for command in ("up", "refresh", "up"):
        world.clear_journal()
        assert stage.pulumi(command, "--yes", "--skip-preview").code == 0
        assert len(world.journal("list_testers")) == (0 if command == "up" and not _posts(world) else 1), command
    (number,) = [each["agent_number"] for each in world.agents()]
    assert world.invitations(number) == 20


@proves("A11", "D8")
def test_two_runs_at_once_make_one_agent_and_one_clear_error(make: Callable[..., Stage], world: World) -> None:
    """Both look before either posts: the relay holds their lists until it has seen two."""
    both = threading.Barrier(2, timeout=60)

    def hold(one: Passed) -> None:
        if one.path.endswith("/agents") and len([each for each in relay.passed if each.path == one.path]) <= 2:
            both.wait()

    with Relay(world.url, hold) as relay, ExitStack() as undo:
        runs = []
        for name in ("one", "other"):
            stage = make(name)
            stage.env["KALEYRA_ENDPOINT"] = relay.url
            # Whoever comes first waits for the other as long as it takes; a repeat of its own would count as the other.
            stage.configure(readTimeout=90, operationTimeout=200)
            stage.declare({"agent": agent("CODE")})
            runs.append((stage, undo.enter_context(Running(stage, "up", "--yes", "--skip-preview"))))
        ended = [(stage, running.ended()) for stage, running in runs]
    (loser,) = [run for _, run in ended if run.code != 0]
    (live,) = world.agents()
    assert [line for line in loser.said["agent"] if line.startswith("error:")] == loser.said["agent"]
    assert "Service code already mapped" in loser.said["agent"][0]
    assert f"agent {live['agent_number']}" in loser.said["agent"][0]
    assert [stage.resources()["agent"]["id"] for stage, run in ended if run.code == 0] == [live["agent_number"]]
    assert [stage.resources() for stage, run in ended if run.code != 0] == [{}]


@proves("A8", "D11", "D30")
def test_repeats_are_shown_wait_as_asked_are_bounded_in_number_and_time_and_can_be_switched_off(
    stage: Stage, world: World
) -> None:
    busy, away = {"kind": "status", "status": 429}, {"kind": "status", "status": 503}
    stage.declare({name: agent(name) for name in ("many", "long", "soon")})
    stage.configure(maxRetries=3, operationTimeout=60)
    stage.up()
    numbers = {each["service_code"]: each["agent_number"] for each in world.agents()}
    world.clear_journal()
    world.fault("get_agent", *[away] * 9, service_code="many")
    world.fault("get_agent", *[{**busy, "retry_after": 3600}] * 9, service_code="long")
    world.fault("get_agent", {**busy, "retry_after": 2}, away, service_code="soon")
    run = stage.fails("refresh", "--yes", "--skip-preview")
    calls = Counter(one.agent_number for one in world.journal("get_agent"))
    assert calls == {numbers["many"]: 4, numbers["long"]: 1, numbers["soon"]: 3}
    assert sum("trying again" in row for row in run.progress("many")) == 3
    assert [row for row in run.progress("long") if "trying again" in row] == [], "promised what it did not do"
    first, second, third = [one for one in world.journal("get_agent") if one.agent_number == numbers["soon"]]
    assert second.started - (first.ended or 0) >= 2
    assert third.status == 200
    rows = [row for row in run.progress("soon") if "trying again in" in row]
    assert [row.split(";")[0] for row in rows] == [
        "warning: could not read the agent: Too many requests (RCS429, TOO_MANY_REQUESTS, HTTP 429)",
        "warning: could not read the agent: Service Unavailable (RCS503, RCS_CHANNEL_INTERNAL_ERROR, HTTP 503)",
    ]
    assert run.said.get("soon", []) == []

    stage.configure(maxRetries=0)
    world.clear_faults()
    world.clear_journal()
    world.fault("get_agent", *[away] * 9)
    run = stage.fails("refresh", "--yes", "--skip-preview", "--run-program")
    assert Counter(one.agent_number for one in world.journal("get_agent")) == dict.fromkeys(numbers.values(), 1)
    assert "trying again" not in run.out


@proves("A8", "D11")
def test_a_call_that_was_refused_a_connection_is_repeated_until_there_is_one(stage: Stage, world: World) -> None:
    with Relay(world.url) as relay:
        stage.env["KALEYRA_ENDPOINT"] = relay.url
        stage.configure(maxRetries=9, operationTimeout=120)
        stage.declare({"agent": agent("CODE")})
        relay.close()
        with Running(stage, "up", "--yes", "--skip-preview") as running:
            running.says("refuses connections; trying again")
            relay.open()
            run = running.ended()
    assert run.code == 0, run.out
    assert set(_posts(world).values()) == {1}


@proves("D8", "A8", "A10", "P11")
def test_twelve_agents_at_three_posts_a_second_need_one_up_and_then_change_side_by_side_each_in_one_write_at_a_time(
    stage: Stage, world: World
) -> None:
    """Of those that are sent at once three are carried out, then three of the rest, and so on."""
    codes = [f"CODE{index}" for index in range(12)]
    stage.declare({code.lower(): agent(code) for code in codes})
    stage.configure(maxRetries=5, operationTimeout=60)
    throttled = {code: index // 3 for index, code in enumerate(codes)}
    for code, often in throttled.items():
        world.fault("create_agent", *[{"kind": "status", "status": 429}] * often, service_code=code)
    stage.up()
    assert sorted(each["service_code"] for each in world.agents()) == sorted(codes)
    assert _posts(world) == {code: often + 1 for code, often in throttled.items()}

    world.set(latency=0.3)
    world.clear_journal()
    stage.declare({code.lower(): agent(code, description="Changed") for code in codes})
    run = stage.up()
    assert f"~ {len(codes)} updated" in run.out
    assert len(world.journal("update_agent")) == len(codes)
    assert _overlapping(world.journal(), same=False), "nothing ran side by side"
    assert not _overlapping(world.journal(), same=True)
    assert stage.preview().ops == {}


@proves("A9")
def test_the_rate_limit_is_shared_by_all_resources_of_a_run(stage: Stage, world: World) -> None:
    rate = 5
    stage.configure(requestsPerSecond=rate)
    stage.declare({f"agent-{index}": agent(f"CODE{index}") for index in range(10)})
    stage.up()
    starts = sorted(one.started for one in world.journal())
    assert len(starts) >= 20, "a POST and a read of each"
    # The gaps hold where the calls leave; what the machine then does to them cannot bring them closer in all.
    assert starts[-1] - starts[0] >= (len(starts) - 1) / rate * 0.9
