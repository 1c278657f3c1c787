"""An agent that the page shows: what is declared, and what was there before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Inputs = dict[str, Any]


class Step(str, Enum):
    """What happens to an agent; the value is the page's word for it."""

    ALONE = ""
    NEW = "new"
    CHANGED = "changed"
    REPLACED = "replaced"
    LEAVING = "going away"
    SAME = "unchanged"


@dataclass(frozen=True)
class Agent:
    """An agent to be shown.

    Attributes:
        name: of the resource, or another by which people find it.
        after: the inputs, by our names; None where it goes away. UNKNOWN stands for what is not known yet.
        before: what was there; None where nothing is compared, or it is new.
        step: what happens to it.
        live: `before` is an answer of the API, which leaves out what no read returns.
        verified: an answer has said so; a declaration never does.
    """

    name: str
    after: Mapping[str, Any] | None
    before: Mapping[str, Any] | None = None
    step: Step = Step.ALONE
    live: bool = False
    verified: bool = False

    @property
    def shown(self) -> Mapping[str, Any]:
        """What is left in the end, or what goes away."""
        return self.after if self.after is not None else self.before or {}

    @property
    def is_unchanged(self) -> bool:
        """Whether it was compared, and nothing differs."""
        return self.step is Step.SAME


def says_verified(row: Mapping[str, Any]) -> bool:
    """Whether an answer, or the state that was made of one, says that the agent is verified or launched."""
    state, status = (str(row.get(name) or "").strip().upper() for name in ("verification_state", "status"))
    return state in ("VERIFIED", "VERIFICATION_STATE_VERIFIED") or status == "LAUNCHED"
