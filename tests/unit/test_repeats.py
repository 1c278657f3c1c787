"""Whether a call may be made again, and how long to wait before."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcs_provider.errors import (
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
from rcs_provider.repeats import Repeats, may_repeat

ERRORS: list[RcsError] = [
    NotSent("x"), Throttled("x"), Unclear("x"), ServerError("x"), ApiError("x"), NotFound("x"), NothingThere("x"),
    ServiceCodeTaken("x"), ConfigError("x"), Refusal("x"),
]  # fmt: skip
READ = (NotSent, Throttled, Unclear, ServerError)
WRITE = (NotSent, Throttled)


@pytest.mark.parametrize("error", ERRORS, ids=lambda each: type(each).__name__)
@pytest.mark.parametrize(
    ("method", "safe"), [("GET", READ), ("PUT", WRITE), ("DELETE", WRITE), ("POST", ()), ("PATCH", ())]
)
def test_d11_what_may_be_repeated_follows_from_the_verb_and_the_error(
    method: str, safe: tuple[type[RcsError], ...], error: RcsError
) -> None:
    assert may_repeat(method, error) is isinstance(error, safe)
    assert (Repeats(method, 3).pause(error) is not None) is isinstance(error, safe)


@pytest.mark.parametrize("most", [0, 1, 5])
def test_a8_there_are_so_many_repeats_and_no_more(most: int) -> None:
    repeats = Repeats("GET", most)
    assert [repeats.pause(NotSent("x")) is not None for _ in range(most + 2)] == [True] * most + [False] * 2


@given(st.integers(1, 30))
def test_a8_waits_grow_with_jitter_and_are_capped(most: int) -> None:
    repeats = Repeats("GET", most)
    waits = [repeats.pause(NotSent("x")) or 0.0 for _ in range(most)]
    assert 0.25 <= waits[0] <= 0.5
    for place, wait in enumerate(waits[1:], 1):
        assert min(20.0, 0.5 * 2**place) <= wait <= min(20.0, 0.5 * 2**place + 0.5)
    assert all(one <= other for one, other in pairwise(waits))


@given(st.text(max_size=40) | st.integers().map(str) | st.floats().map(str))
def test_a8_any_retry_after_gives_a_wait_that_is_no_shorter_than_the_usual_one(asked: str) -> None:
    seconds = Repeats("GET", 1).pause(Throttled("x", retry_after=asked))
    assert seconds is not None
    assert 0.25 <= seconds < 1e9


def test_a8_a_retry_after_of_a_server_error_is_honoured_too() -> None:
    assert Repeats("GET", 1).pause(ServerError("x", retry_after="7")) == 7.0
