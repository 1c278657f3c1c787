"""What a planned change means for an object with a number: what is refused, and what a preview says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_provider.core.codec import OWN_POLICY, TAKEN_OVER, UNREAD, inputs_of
from rcs_provider.core.diff import contains_unknown
from rcs_provider.core.errors import Refusal
from rcs_provider.core.fields import Role, is_block
from rcs_provider.core.text import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rcs_provider.core.codec import State
    from rcs_provider.core.diff import Plan
    from rcs_provider.core.fields import Table
    from rcs_provider.core.kind import Inputs

    from . import Numbered


def policy_of(table: Table, state: State) -> str:
    """The deletion policy that the engine's options were last set from."""
    return str(inputs_of(table, state).get("deletion_policy", "prevent"))


def refuse(kind: Numbered, state: State, inputs: Inputs, plan: Plan) -> None:
    """Raises Refusal for a change that cannot work, as far as the state shows."""
    changed = [each.field for each in plan.changes]
    if not plan.replaces:
        frozen = [each.name for each in changed if each.freezes and not contains_unknown(inputs.get(each.name))]
        refuse_locked(kind, frozen, state)
        _refuse_late(kind, [each.name for each in changed if each.role is Role.IMMUTABLE], state)
        return
    policy, called, needed = policy_of(kind.table, state), _called(kind, state), joined(plan.replaces)
    if policy == "prevent":
        raise Refusal(
            f'{needed} cannot change in place, and {called} is protected by deletion_policy "prevent"',
            'Set "delete" or "retain", run `pulumi up`, and only then change it.',
        )
    if policy == "delete" and (why := kind.locked(state)):
        raise Refusal(
            f"{needed} needs a new {kind.name}, and {called} is {why}: deleting it cannot be undone",
            "Put the old value back, or say it outright: `pulumi up --replace URN`.",
        )
    if policy == "delete" and state.get(TAKEN_OVER):
        raise Refusal(
            f"{needed} needs a new {kind.name}, and {called}, which this stack took over without being told to, is not "
            "deleted by the policy of the stack or the provider",
            'Put the old value back, or set deletion_policy="delete" on this resource itself, run `pulumi up`, and '
            "only then change it.",
        )
    if policy == "retain" and not any(each.name == kind.key for each in changed):
        raise Refusal(
            f'{needed} needs a new {kind.name}, but under deletion_policy "retain" the old one keeps {kind.key} '
            f"{inputs.get(kind.key)}",
            f"Declare another {kind.key} as well.",
        )


def refuse_locked(kind: Numbered, names: list[str], state: State) -> None:
    """Raises Refusal if fields would change that are frozen."""
    if names and (why := kind.locked(state)):
        raise Refusal(f"{joined(names)} cannot change any more: the {kind.name} is {why}", "Put the old value back.")


def _refuse_late(kind: Numbered, immutable: list[str], state: State) -> None:
    late = [name for name in immutable if name not in inputs_of(kind.table, state)]
    if late and not state.get(UNREAD):
        raise Refusal(
            f"{joined(late)} cannot change after creation, as no update of the API names it",
            f"Leave it out, or make the {kind.name} anew with `pulumi up --replace URN`.",
        )


def notes(kind: Numbered, state: State, inputs: Inputs, plan: Plan) -> Iterator[str]:
    """What the preview says beside the engine's own lines."""
    called = _called(kind, state)
    if plan.replaces:
        yield f"{joined(plan.replaces)} cannot change in place: {_fate(kind, state)}"
    for field in plan.drifted:
        yield drift_line(kind, field.name, state, inputs)
    if inputs.get(OWN_POLICY) is False and state.get(TAKEN_OVER) and inputs.get("deletion_policy") == "delete":
        yield (
            f"this stack took over {called}, and another stack may manage it: only a deletion_policy on this resource "
            "itself deletes it"
        )
    if state.get(UNREAD) and plan.calls and not plan.replaces and (names := kind.unread(state, inputs)):
        yield (
            f"the first update of {called} since it was taken over may reset {', '.join(names)}, which no answer "
            "shows: declare those that it has"
        )
    for change in plan.changes:
        name = change.field.name
        if name == kind.key and not plan.replaces and kind.key_change:
            yield f"{name} changes in place: {kind.key_change}"
        if change.field.initial and not plan.replaces:
            yield f"{name} is sent with a create only: the change is kept in state and makes no call"
        if change.call and name not in inputs and not change.field.empty_on_removal:
            yield f"{name} is no longer managed: Kaleyra keeps its value"


def _fate(kind: Numbered, state: State) -> str:
    called, policy = _called(kind, state), policy_of(kind.table, state)
    fate = "stays at Kaleyra, unmanaged" if policy == "retain" else "is deleted"
    return f"{called} {fate}, and a new one is made{f': {kind.starts_again}' if kind.starts_again else ''}"


def _called(kind: Numbered, state: State) -> str:
    return kind.called(str(state.get(kind.number)))


def drift_line(kind: Numbered, name: str, live: State, inputs: Inputs) -> str:
    """The message about a restricted field that was changed outside Pulumi."""
    return (
        f"{name} is {_shown(live.get(name))} at Kaleyra, the program says {_shown(inputs.get(name))}, "
        f"and no update can change it: change the program, or make the {kind.name} anew with "
        "`pulumi up --replace URN`"
    )


def _shown(value: Any) -> str:
    if is_block(value):
        return ", ".join(f"{name} {_shown(each)}" for name, each in sorted(value.items()))
    return str(value)
