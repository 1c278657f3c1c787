"""A service code that goes from one agent of a run to another: who gets it waits for who gives it up."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rcs_provider.core.errors import RcsError
from rcs_provider.core.run import GIVES_UP, KEEPS, name_of

from .lookup import declared_with, known_now

if TYPE_CHECKING:
    from collections.abc import Generator

    from rcs_provider.core.kind import Context

_GRACE: Final = 2.0
"""Seconds in which the engine may still ask what the change of the other resource means."""
_BOUND: Final = 60.0
"""Seconds after which the other resource is not waited for: the engine may be told to do one thing at a time."""
_POLL: Final = 0.5


def comes_free(context: Context, code: str) -> bool:
    """Whether another resource of the run has given a service code up; waits for one that is about to.

    Args:
        context: of the operation that needs the code.
        code: which another agent has.
    """
    if not context.urn:
        return False  # without an engine there is no other resource
    begun = time.monotonic()
    while time.monotonic() < begun + _BOUND:
        givers = _givers(context, code)
        if not givers and time.monotonic() > begun + _GRACE:
            return False
        if givers and context.api.client.run.others(declared_with(code), context.urn, KEEPS):
            return False
        if givers and _is_free(context, code):
            return True
        if givers:
            context.say(f"waiting for {name_of(givers[0])} to give service_code {code} up", ephemeral=True)
        if not context.api.wait(_POLL):
            return False
    return False


def _givers(context: Context, code: str) -> list[str]:
    return context.api.client.run.others(declared_with(code), context.urn, GIVES_UP)


def _is_free(context: Context, code: str) -> bool:
    try:
        return known_now(context.api, code) is None
    except RcsError:
        return False


@contextmanager
def keeping_where_it_fails(context: Context, code: str) -> Generator[None]:
    """Tells whoever waits for this agent's service code that the change failed."""
    try:
        yield
    except BaseException:
        context.api.client.run.note(declared_with(code), context.urn, KEEPS)
        raise


def advice(context: Context, code: str) -> str:
    """What to do about a service code that another agent has: where a resource of the run was to give it up, or not."""
    if givers := _givers(context, code):
        name = name_of(givers[0])
        return f"{name} did not give it up in time: run `pulumi up` again, or make this one depend on {name}."
    return (
        "Declare another service_code. Or let that agent give it up first: updates come before deletions, so where it "
        "leaves the program as well, run `pulumi up` without this change, and then with it."
    )
