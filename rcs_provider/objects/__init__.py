"""The kinds of objects that Kaleyra has, in one ordered list that everything goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .agent.life import AGENT
from .tester.life import TESTER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcs_provider.core.kind import ApiObject

OBJECTS: Final[tuple[ApiObject, ...]] = (AGENT, TESTER)
"""Every kind of object; one that refers to another comes after it."""


def by_name() -> Mapping[str, ApiObject]:
    """The kinds by their names."""
    return {each.name: each for each in OBJECTS}
