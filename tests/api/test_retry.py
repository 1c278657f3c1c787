"""Whether a call may be made again, and how long to wait before."""

from __future__ import annotations

import time
from email.utils import formatdate
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proves import proves

from rcs_provider.api.operations import ALWAYS, UNDONE
from rcs_provider.api.retry import Outage, Repeats, may_repeat
from rcs_provider.core.errors import (
    ApiError,
    ConfigError,
    NotFound,
    NothingThere,
    NotSent,
    RcsError,
    Refusal,
    ServerError,
    ServiceCodeTaken,
    Throttled,
    Unclear,
)

ERRORS: list[RcsError] = [
    NotSent("x"), Throttled("x"), Unclear("x"), ServerError("x"), ApiError("x"), NotFound("x"), NothingThere("x"),
    ServiceCodeTaken("x"), ConfigError("x"), Refusal("x"),
]  # fmt: skip
READ = (NotSent, Throttled, Unclear, ServerError)
WRITE = (NotSent, Throttled)


@proves("D11")
@pytest.mark.parametrize("error", ERRORS, ids=lambda each: type(each).__name__)
@pytest.mark.parametrize(("after", "safe"), [(ALWAYS, READ), (UNDONE, WRITE), ((), ())])
def test_what_may_be_repeated_follows_from_the_operation_and_the_error(
    after: tuple[type[RcsError], ...], safe: tuple[type[RcsError], ...], error: RcsError
) -> None:
    assert may_repeat(after, error) is isinstance(error, safe)
    assert (Repeats(after, 3).pause(error) is not None) is isinstance(error, safe)


@proves("D11", "E24")
@pytest.mark.parametrize("error", [NotSent("x", lasting=True), Unclear("x", lasting=True)])
def test_what_repeating_cannot_mend_is_not_repeated(error: RcsError) -> None:
    assert Repeats(ALWAYS, 3).pause(error) is None


@proves("A8")
@pytest.mark.parametrize("most", [0, 1, 5])
def test_there_are_so_many_repeats_and_no_more(most: int) -> None:
    repeats = Repeats(ALWAYS, most)
    assert [repeats.pause(NotSent("x")) is not None for _ in range(most + 2)] == [True] * most + [False] * 2


@proves("A8")
@given(st.integers(1, 30))
def test_waits_grow_with_jitter_and_are_capped(most: int) -> None:
    repeats = Repeats(ALWAYS, most)
    waits = [repeats.pause(NotSent("x")) or 0.0 for _ in range(most)]
    assert 0.25 <= waits[0] <= 0.5
    for place, wait in enumerate(waits[1:], 1):
        assert min(20.0, 0.5 * 2**place) <= wait <= min(20.0, 0.5 * 2**place + 0.5)
    assert all(one <= other for one, other in pairwise(waits))


@proves("A8")
@given(st.text(max_size=40) | st.integers().map(str) | st.floats().map(str))
def test_any_retry_after_gives_a_wait_that_is_no_shorter_than_the_usual_one(asked: str) -> None:
    seconds = Repeats(ALWAYS, 1).pause(Throttled("x", retry_after=asked))
    assert seconds is not None
    assert 0.25 <= seconds < 1e9


@proves("A8")
def test_a_retry_after_of_a_server_error_is_honoured_too() -> None:
    assert Repeats(ALWAYS, 1).pause(ServerError("x", retry_after="7")) == 7.0


@proves("A8")
@pytest.mark.parametrize(("ahead", "least", "most"), [(60, 58.0, 60.0), (-60, 0.25, 0.5)], ids=["later", "past"])
def test_a_retry_after_may_be_a_date(ahead: int, least: float, most: float) -> None:
    asked = formatdate(time.time() + ahead, usegmt=True)
    seconds = Repeats(ALWAYS, 1).pause(Throttled("x", retry_after=asked))
    assert seconds is not None
    assert least <= seconds <= most


@proves("A8")
def test_a_call_tells_which_of_its_tries_comes_next() -> None:
    repeats = Repeats(ALWAYS, 2)
    told = [str(repeats) for _ in range(2) if repeats.pause(NotSent("x"))]
    assert told == ["try 2 of 3", "try 3 of 3"]


REFUSED = NotSent("refused")


@proves("D30")
def test_calls_that_reach_nobody_wait_for_the_same_moment_and_share_their_tries() -> None:
    outage = Outage(2)
    first = outage.pause(REFUSED, 0.0, 0.0)
    assert first is not None
    # The others went out before that moment, however late they fail.
    assert outage.pause(REFUSED, 0.1, 0.2) == first - 0.2
    assert outage.pause(REFUSED, 0.1, first + 5) == 0.0
    second = outage.pause(REFUSED, first, first)
    assert second is not None
    assert second >= 1.0
    assert outage.pause(REFUSED, first + second, first + second) is None
    assert outage.pause(REFUSED, 0.1, first + second) is None
    assert outage.pause(REFUSED, 1000.0, 1000.0) is None, "a later call tries once"


@proves("D30")
def test_a_call_that_comes_through_gives_the_tries_back() -> None:
    outage = Outage(1)
    assert outage.pause(REFUSED, 0.0, 0.0) is not None
    assert outage.pause(REFUSED, 1.0, 1.0) is None
    outage.over()
    assert outage.pause(REFUSED, 2.0, 2.0) is not None
