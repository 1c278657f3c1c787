"""The kinds of objects at Kaleyra, in one ordered list that all parts of the package use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rcs_provider.core.errors import RcsError

from .agent.life import AGENT
from .tester.life import TESTER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcs_provider.api.client import Calls
    from rcs_provider.core.kind import Kind

OBJECTS: Final[tuple[Kind[Calls], ...]] = (AGENT, TESTER)
"""Every kind of object; one that belongs to another comes after it."""


def by_name() -> Mapping[str, Kind[Calls]]:
    """The kinds by their names."""
    return {each.name: each for each in OBJECTS}


def misfit(api: Calls) -> RcsError | None:
    """Why the account cannot be used, or None. One call per process; all callers share its answer."""
    found: RcsError | None = api.client.shared("misfit").since(0.0, lambda: _refusal(api))
    return found


def _refusal(api: Calls) -> RcsError | None:
    try:
        AGENT.rows(api)
    except RcsError as error:
        return error
    return None
