"""The dynamic provider's process, and what every state holds of it.

This module loads nothing of the provider, because programs import it too: for the text that their resources carry.
"""

from __future__ import annotations

import base64
import pickle
from functools import cache
from typing import TYPE_CHECKING, Any

from rcs_provider.serving import PROVIDER_KEY

if TYPE_CHECKING:
    from .provider import RcsProvider


__all__ = ["PROVIDER_KEY", "load", "pickled"]


def load(kind: str) -> RcsProvider:
    """The provider that state names. State holds this function's path, so the path never changes."""
    from .provider import provider_of  # noqa: PLC0415 - only the provider's process needs it

    return provider_of(kind)


class _Reference:
    """The provider of a kind, pickled as a call of `load`."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return load, (self._kind,)


@cache
def pickled(kind: str) -> str:
    """What state holds of the provider of a kind: one text for every Python and every version of this package."""
    return base64.b64encode(pickle.dumps(_Reference(kind), protocol=4)).decode()
