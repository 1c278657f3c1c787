"""Rules about a tester's number that its table cannot express: no invitation goes to a guessed number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rcs_provider.core.codec import inputs_of
from rcs_provider.core.errors import Problem, Refusal
from rcs_provider.core.phone import doubt, is_possible

from .fields import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rcs_provider.core.codec import State
    from rcs_provider.core.diff import Plan
    from rcs_provider.core.kind import Inputs
    from rcs_provider.core.settings import Settings

_PLUS: Final = "+"
_SPELL_IT_OUT: Final = 'start with + and the country code, such as "+91 98765 43210"'


def no_guess(inputs: Inputs) -> Iterator[Problem]:
    """A number without a plus that is not a valid mobile number most likely lacks its country code."""
    phone, why = _doubted(inputs)
    if why and not phone.startswith(_PLUS):
        yield Problem("phoneno", f"{why}: {_SPELL_IT_OUT}")


def may_be_another(settings: Settings, inputs: Inputs) -> Iterator[Problem]:
    """A number with a plus is taken as meant, though nobody may have it, or it may get no messages."""
    del settings
    phone, why = _doubted(inputs)
    if why and phone.startswith(_PLUS):
        yield Problem("phoneno", f"{why}: check it before a person is invited")


def refuse(state: State, inputs: Inputs, plan: Plan) -> None:
    """Refuses another invitation to a number in state that an older version accepted and this one does not.

    Raises:
        Refusal: with what to do about the number.
    """
    guess = next(no_guess(inputs), None)
    if invites_again(state, inputs) and guess and not plan.replaces:
        raise Refusal(f"no invitation is sent again, as {guess}")


def invites_again(state: State, inputs: Inputs) -> bool:
    """Whether `resend` has another text than before."""
    return inputs.get("resend") not in (None, inputs_of(TABLE, state).get("resend"))


def _doubted(inputs: Inputs) -> tuple[str, str]:
    """A number that could exist and the doubt about it; both empty if no number is known."""
    phone = inputs.get("phoneno")
    return (phone, doubt(phone)) if isinstance(phone, str) and is_possible(phone) else ("", "")
