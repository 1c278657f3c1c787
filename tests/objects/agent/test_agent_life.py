"""An agent's life: reading, deleting, and who it is."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from fakes import BROKEN, HTML, NOT_FOUND, THROTTLED, Bench, bad, good, operation
from proves import proves
from samples import ALL_INPUTS, LEAST, NUMBER, SID, declared, row_of

from rcs_provider.api.envelope import Answer
from rcs_provider.core.codec import decoded, inputs_of, state_of
from rcs_provider.core.errors import ApiError, ConfigError, RcsError, Refusal, ServerError, Unclear
from rcs_provider.core.fields import UNKNOWN
from rcs_provider.core.kind import Identity
from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.objects.agent.life import AGENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_provider.api.request import Request

INPUTS = declared(ALL_INPUTS)
ROW = row_of(INPUTS)
STATE = state_of(TABLE, INPUTS, decoded(TABLE, ROW), {})
GONE = [NOT_FOUND, bad("Agent not found", status=404), good({**ROW, "status": "DELETED"})]
UNSURE = [
    BROKEN, HTML, Unclear("lost"), Answer(404, {}, b""), Answer(404, {}, b"<html>"), Answer(401, {}, b""),
    bad("Brand not found"), bad("Agent not found", code="RCS905"), Answer(200, {}, b""),
]  # fmt: skip


@proves("D7")
def test_a_read_gives_the_state_that_the_create_gave(bench: Callable[..., Bench]) -> None:
    bed = bench(get=good(ROW))
    assert AGENT.read(bed.context(), NUMBER, STATE) == STATE
    assert bed.script.calls == ["get"]


@proves("P5")
def test_a_read_shows_drift_in_the_state_and_in_the_inputs(bench: Callable[..., Bench]) -> None:
    found = AGENT.read(bench(get=good({**ROW, "description": "Other"})).context(), NUMBER, STATE)
    assert found is not None
    assert inputs_of(TABLE, found) == {**INPUTS, "description": "Other"}


@proves("A1")
@pytest.mark.parametrize("answer", GONE)
def test_an_agent_that_is_gone_reads_as_nothing(bench: Callable[..., Bench], answer: Answer) -> None:
    assert AGENT.read(bench(get=answer).context(), NUMBER, STATE) is None


@proves("A2")
@pytest.mark.parametrize("answer", UNSURE)
def test_an_agent_of_which_nothing_is_known_raises(bench: Callable[..., Bench], answer: Any) -> None:
    with pytest.raises(RcsError, match=f"could not read agent {NUMBER}: "):
        AGENT.read(bench(get=answer, settings={"max_retries": 0}).context(), NUMBER, STATE)


@proves("E5")
def test_an_agent_that_is_only_looked_at_shows_everything_and_declares_nothing(bench: Callable[..., Bench]) -> None:
    found = AGENT.read(bench(get=good(ROW)).context(), NUMBER, {})
    assert found is not None
    assert inputs_of(TABLE, found) == {}
    assert (found["service_code"], found["agent_number"], found["pod"], found["sid"]) == ("SUPPORT", NUMBER, "in", SID)


@proves("B6")
def test_an_agent_of_another_account_is_not_read_and_not_deleted(bench: Callable[..., Bench]) -> None:
    bed = bench()
    with pytest.raises(Refusal, match="lives in sid OTHER"):
        AGENT.read(bed.context(), NUMBER, {**STATE, "sid": "OTHER"})
    with pytest.raises(Refusal, match="lives in sid OTHER"):
        AGENT.delete(bed.context(), NUMBER, {**STATE, "sid": "OTHER"})


def test_a_read_without_a_key_says_which_setting_is_missing(bench: Callable[..., Bench]) -> None:
    with pytest.raises(ConfigError, match="kaleyra:apiKey is not set"):
        AGENT.read(bench(settings={"api_key": None}).context(), NUMBER, STATE)


# delete


@pytest.mark.parametrize("answer", [good({}), good([]), Answer(204, {}, b""), Answer(200, {}, b"")])
def test_a_delete_is_one_call(bench: Callable[..., Bench], answer: Answer) -> None:
    bed = bench(delete=answer)
    AGENT.delete(bed.context(), NUMBER, STATE)
    assert bed.script.calls == ["delete"]


@proves("A3")
@pytest.mark.parametrize("answer", [NOT_FOUND, bad("Agent not found", status=404)])
def test_an_agent_that_is_gone_already_is_deleted(bench: Callable[..., Bench], answer: Answer) -> None:
    bed = bench(delete=answer)
    AGENT.delete(bed.context(), NUMBER, STATE)
    assert bed.script.calls == ["delete"]


@proves("D9")
@pytest.mark.parametrize("lost", [Unclear("lost"), BROKEN, HTML, Answer(200, {}, b"<html>")])
@pytest.mark.parametrize("gone", GONE)
def test_a_delete_whose_answer_is_lost_is_settled_by_a_look(
    bench: Callable[..., Bench], lost: Any, gone: Answer
) -> None:
    bed = bench(delete=lost, get=gone)
    AGENT.delete(bed.context(), NUMBER, STATE)
    assert bed.script.calls == ["delete", "get"]


@proves("D9")
@pytest.mark.parametrize("lost", [Unclear("lost"), BROKEN])
def test_a_delete_whose_answer_is_lost_and_that_did_nothing_fails(bench: Callable[..., Bench], lost: Any) -> None:
    bed = bench(delete=lost, get=good(ROW))
    with pytest.raises((Unclear, ServerError), match=f"could not delete agent {NUMBER}: "):
        AGENT.delete(bed.context(), NUMBER, STATE)
    assert bed.script.calls == ["delete", "get"]


@proves("A2")
@pytest.mark.parametrize("answer", UNSURE)
def test_a_delete_that_cannot_be_settled_fails(bench: Callable[..., Bench], answer: Any) -> None:
    with pytest.raises(RcsError):
        AGENT.delete(bench(delete=Unclear("lost"), get=answer, settings={"max_retries": 0}).context(), NUMBER, STATE)


@proves("A2")
@pytest.mark.parametrize(
    "answer", [bad("Brand not found"), bad("Agent 99999 not found"), Answer(404, {}, b""), Answer(401, {}, b"")]
)
def test_a_refused_delete_fails(bench: Callable[..., Bench], answer: Answer) -> None:
    with pytest.raises(ApiError):
        AGENT.delete(bench(delete=answer).context(), NUMBER, STATE)


@proves("D11")
def test_a_throttled_delete_is_repeated(bench: Callable[..., Bench]) -> None:
    bed = bench(delete=[THROTTLED, good({})])
    AGENT.delete(bed.context(), NUMBER, STATE)
    assert bed.script.calls == ["delete", "delete"]


@proves("P13")
def test_the_agent_that_this_run_made_is_not_deleted_by_its_own_replacement(bench: Callable[..., Bench]) -> None:
    bed = bench()
    bed.run.made.add(f"agent {NUMBER}")
    AGENT.delete(bed.context(), NUMBER, STATE)
    AGENT.delete(bed.context(), NUMBER, {**STATE, "deletion_policy": "retain"})
    assert bed.script.calls == []
    line = f"agent {NUMBER} stays: it is the one that this run has just made or taken over"
    hint = "To make a new one, set the option deleteBeforeReplace (in Python delete_before_replace) to true"
    assert bed.heard.of("warning") == [f"{line}. {hint}", line]


@proves("P13", "D27")
def test_an_agent_that_its_resource_goes_on_with_is_not_deleted_for_what_a_stopped_replacement_left(
    bench: Callable[..., Bench],
) -> None:
    bed = bench()
    bed.run.living.add(f"agent {NUMBER}")
    AGENT.delete(bed.context(), NUMBER, STATE)
    assert bed.script.calls == []
    (line,) = bed.heard.of("warning")
    assert line.startswith(f"agent {NUMBER} stays: its resource goes on with it")


@proves("D22")
def test_an_agent_that_another_resource_manages_is_not_deleted(bench: Callable[..., Bench]) -> None:
    bed = bench()
    bed.run.note(f"agent {NUMBER}", "urn:new")
    AGENT.delete(bed.context(), NUMBER, STATE)
    assert bed.script.calls == []
    assert bed.heard.of("warning") == [f"agent {NUMBER} stays: urn:new manages it"]


@proves("P13")
def test_a_replacement_deletes_the_old_agent_first_unless_it_stays() -> None:
    def first(policy: str | None) -> bool:
        return AGENT.deletes_first(state_of(TABLE, declared(LEAST, deletion_policy=policy), {}, {}))

    assert [first(each) for each in ("prevent", "delete", "retain", None)] == [True, True, False, True]


# who it is


def test_an_agent_is_told_apart_by_its_service_code() -> None:
    assert AGENT.identity(INPUTS) == Identity("service_code SUPPORT")
    assert AGENT.identity({"service_code": UNKNOWN}) is None
    assert AGENT.identity({}) is None


# writes


@proves("A10")
def test_writes_to_one_agent_never_overlap_while_another_agent_is_written(bench: Callable[..., Bench]) -> None:
    numbers = (NUMBER, "80000")
    inside: dict[str, int] = dict.fromkeys(numbers, 0)
    most: dict[str, int] = dict.fromkeys(numbers, 0)
    guard, both = threading.Lock(), threading.Barrier(2)

    def number_of(request: Request) -> str:
        return request.url.rsplit("/", 1)[1]

    def put(request: Request) -> Answer:
        number = number_of(request)
        with guard:
            inside[number] += 1
            most[number] = max(most[number], inside[number])
        if len(seen[number]) == 0:
            both.wait(10)  # the first write of each agent meets the first one of the other
        with guard:
            seen[number].append(number)
            inside[number] -= 1
        return good({})

    def get(request: Request) -> Answer:
        return good(
            {**ROW, "agent_number": number_of(request), "description": f"version {len(seen[number_of(request)])}"}
        )

    seen: dict[str, list[str]] = {number: [] for number in numbers}
    bed = bench(get=get, put=put)

    def update(number: str) -> None:
        AGENT.update(bed.context(), number, {**STATE, "agent_number": number}, {**INPUTS, "description": "New"})

    with ThreadPoolExecutor(8) as pool:
        for each in [pool.submit(update, number) for number in numbers for _ in range(4)]:
            each.result(30)
    assert most == dict.fromkeys(numbers, 1)
    assert {number: len(each) for number, each in seen.items()} == dict.fromkeys(numbers, 4)
    assert {operation(each) for each in bed.script.requests} == {"get", "put"}


@proves("A10")
def test_an_agent_is_not_deleted_while_it_is_written(bench: Callable[..., Bench]) -> None:
    deleting, deleted, overlaps = threading.Event(), threading.Event(), []

    def remove() -> None:
        deleting.set()
        AGENT.delete(bed.context(), NUMBER, STATE)

    def put(_: Request) -> Answer:
        removal = pool.submit(remove)
        assert deleting.wait(10)
        overlaps.append(deleted.wait(0.2))
        removals.append(removal)
        return good({})

    def delete(_: Request) -> Answer:
        deleted.set()
        return good({})

    removals: list[Any] = []
    changed = {**ROW, "description": "New"}
    bed = bench(get=[good(ROW), good(changed)], put=put, delete=delete)
    with ThreadPoolExecutor(2) as pool:
        AGENT.update(bed.context(), NUMBER, STATE, {**INPUTS, "description": "New"})
        removals[0].result(10)
    assert overlaps == [False]
    assert bed.script.calls.count("delete") == 1
