"""The error tree: what stands below what, and how a message reads."""

from __future__ import annotations

import inspect

import pytest
from proves import proves

from rcs_provider.core import errors
from rcs_provider.core.errors import (
    ApiError,
    ConfigError,
    NotFound,
    NothingThere,
    NotSent,
    Problem,
    RcsError,
    Refusal,
    ServerError,
    ServiceCodeTaken,
    Throttled,
    TransportError,
    Unclear,
)


def test_the_tree_is_the_one_that_the_module_draws() -> None:
    found = {
        name: each.__mro__[1]
        for name, each in vars(errors).items()
        if inspect.isclass(each) and issubclass(each, Exception)
    }
    assert found == {
        "RcsError": Exception,
        "ConfigError": RcsError,
        "Refusal": RcsError,
        "TransportError": RcsError,
        "NotSent": TransportError,
        "Unclear": TransportError,
        "ApiError": RcsError,
        "NotFound": ApiError,
        "NothingThere": ApiError,
        "ServiceCodeTaken": ApiError,
        "KeyRefused": ApiError,
        "Throttled": ApiError,
        "ServerError": ApiError,
    }
    assert all(f"─ {name}" in (errors.__doc__ or "") for name in found if name != "RcsError")


def test_a_problem_reads_as_path_and_reason() -> None:
    assert str(Problem("phones[0].number", "must be a string")) == "phones[0].number: must be a string"
    assert str(Problem("", "it cannot move")) == "it cannot move"


def test_a_message_ends_in_its_hint_with_one_full_stop_between() -> None:
    assert str(RcsError("it broke")) == "it broke"
    assert str(RcsError("it broke", "Mend it.")) == "it broke. Mend it."
    assert str(RcsError("it broke.", "Mend it.")) == "it broke. Mend it."


@proves("B16")
def test_a_refusal_of_the_service_names_its_code_its_label_and_the_status() -> None:
    error = ApiError("Agent not found", status=400, code="RCS904", label="PROV_ERROR")
    assert str(error) == "Agent not found (RCS904, PROV_ERROR, HTTP 400)"
    assert str(ApiError("words")) == "words"
    assert str(ApiError("words", "Do this.", status=502)) == "words (HTTP 502). Do this."


@pytest.mark.parametrize("kind", [NotFound, NothingThere, ServiceCodeTaken, Throttled, ServerError])
def test_every_refusal_of_the_service_carries_the_parts_of_the_answer(kind: type[ApiError]) -> None:
    error = kind("words", status=429, code="C", label="L", retry_after="7")
    assert (error.status, error.code, error.label, error.detail, error.retry_after) == (429, "C", "L", "words", "7")


@pytest.mark.parametrize("kind", [ConfigError, Refusal, NotSent, Unclear])
def test_a_message_can_be_completed_on_its_way_up(kind: type[RcsError]) -> None:
    error = kind("no answer", "Wait.")
    error.message = f"could not read: {error.message}"
    assert str(error) == "could not read: no answer. Wait."


@proves("B16")
def test_what_a_user_is_told_always_says_what_to_do() -> None:
    assert Unclear("the answer was lost").line.startswith("the answer was lost. Run the same command again: ")
    assert Unclear("the answer was lost", "Wait.").line == "the answer was lost. Wait."
    assert all(kind("x").line != "x" for kind in (NotFound, ServiceCodeTaken, Unclear))
