"""A natural key that one object of a run gives up and another takes: the second waits for the first."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rcs_provider.core.errors import RcsError
from rcs_provider.core.run import GIVES_UP, KEEPS, name_of

from .finding import known_now

if TYPE_CHECKING:
    from collections.abc import Generator

    from rcs_provider.api.client import Calls
    from rcs_provider.core.kind import Context

    from . import Numbered

_GRACE: Final = 2.0
"""Seconds in which the engine may still ask what the change of the other resource means."""
_BOUND: Final = 60.0
"""Seconds after which the other resource is not waited for: the engine may be told to do one thing at a time."""
_POLL: Final = 0.5


def comes_free(kind: Numbered, context: Context[Calls], key: str) -> bool:
    """Whether another resource of the run has given a key up; waits for one that is about to.

    Args:
        kind: of the object.
        context: of the operation that needs the key.
        key: which another object has.
    """
    if not context.urn:
        return False  # without an engine there is no other resource
    begun = time.monotonic()
    while time.monotonic() < begun + _BOUND:
        givers = _givers(kind, context, key)
        if not givers and time.monotonic() > begun + _GRACE:
            return False
        if givers and context.run.others(kind.keyed(key), context.urn, KEEPS):
            return False
        if givers and _is_free(kind, context, key):
            return True
        if givers:
            context.say(f"waiting for {name_of(givers[0])} to give {kind.key} {key} up", ephemeral=True)
        if not context.api.wait(_POLL):
            return False
    return False


def _givers(kind: Numbered, context: Context[Calls], key: str) -> list[str]:
    return context.run.others(kind.keyed(key), context.urn, GIVES_UP)


def _is_free(kind: Numbered, context: Context[Calls], key: str) -> bool:
    try:
        return known_now(kind, context.api, key) is None
    except RcsError:
        return False


@contextmanager
def keeping_where_it_fails(kind: Numbered, context: Context[Calls], key: str) -> Generator[None]:
    """Tells the resource that waits for this object's key if the change fails."""
    try:
        yield
    except BaseException:
        context.run.note(kind.keyed(key), context.urn, KEEPS)
        raise


def advice(kind: Numbered, context: Context[Calls], key: str) -> str:
    """What to do about a key that another object has, with or without a resource of the run that gives it up."""
    if givers := _givers(kind, context, key):
        name = name_of(givers[0])
        return f"{name} did not give it up in time: run `pulumi up` again, or make this one depend on {name}."
    return (
        f"Declare another {kind.key}. Or let that {kind.name} give it up first: updates come before deletions, so "
        "where it leaves the program as well, run `pulumi up` without this change, and then with it."
    )
