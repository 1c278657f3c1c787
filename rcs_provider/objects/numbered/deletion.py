"""Deletion of an object, and every reason not to delete it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rcs_provider.core.codec import TAKEN_OVER
from rcs_provider.core.errors import NotFound, Refusal, ServerError, Unclear, trying
from rcs_provider.core.run import name_of

from .rules import policy_of

if TYPE_CHECKING:
    from rcs_provider.api.client import Calls
    from rcs_provider.core.codec import State
    from rcs_provider.core.kind import Context

    from . import Numbered

_TO_DELETE: Final = (
    'Set "delete" (or "retain" to leave it at Kaleyra) and run `pulumi up`, then destroy or remove it; '
    "`pulumi state delete URN` only forgets it."
)
_TO_MAKE_ANEW: Final = "To make a new one, set the option deleteBeforeReplace (in Python delete_before_replace) to true"


def delete(kind: Numbered, context: Context[Calls], number: str, state: State) -> None:
    """Deletes the object at Kaleyra, unless another resource manages it; one that is already gone is a success."""
    called = kind.called(number)
    with trying(f"delete {called}"):
        if reason := _reason_to_stay(kind, context, number, state):
            context.say(f"{called} stays: {reason}", "warning")
            return
        with context.api.client.writing.held(called):
            _delete(kind, context, number)


def _reason_to_stay(kind: Numbered, context: Context[Calls], number: str, state: State) -> str:
    """Why the object is only forgotten; empty if it is to be deleted.

    Raises:
        Refusal: it must be neither deleted nor forgotten.
    """
    run, called, policy = context.run, kind.called(number), policy_of(kind.table, state)
    if called in run.made:
        made = "it is the one that this run has just made or taken over"
        return f"{made}. {_TO_MAKE_ANEW}" if policy == "delete" else made
    # A run that was stopped while a resource was renamed without an alias leaves the object under both names.
    if owners := run.others(called, context.urn):
        return f"{owners[0]} manages it"
    if called in run.living:
        return "its resource goes on with it, so only the entry of the replaced one is forgotten"
    if policy == "prevent":
        raise Refusal('it is protected by its deletion_policy "prevent"', _TO_DELETE)
    if policy == "retain":
        return 'its deletion_policy is "retain", so it is only forgotten here'
    if state.get(TAKEN_OVER):
        return (
            "this stack took it over without being told to, so another stack may manage it, and neither the stack's "
            'policy nor the provider\'s deletes it. To delete it, take it over with deletion_policy="delete" on the '
            "resource itself, then destroy"
        )
    key = str(state.get(kind.key))
    if claimed := run.others(kind.keyed(key), context.urn):
        name = name_of(claimed[0])
        raise Refusal(
            f"{name} declares its {kind.key} {key}",
            f"Let {name} take it over by `pulumi up`, or forget it here by `pulumi state delete URN`.",
        )
    return ""


def _delete(kind: Numbered, context: Context[Calls], number: str) -> None:
    try:
        kind.remove(context.api, number)
    except NotFound as error:
        if not kind.says_gone(error, number):
            raise
    except (Unclear, ServerError):
        if kind.fetch(context.api, number) is not None:
            raise
