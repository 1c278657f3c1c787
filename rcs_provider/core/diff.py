"""What a change of inputs means: nothing, an update, a replacement or a refusal. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .codec import DECLARED, OWN_POLICY, TAKEN_OVER, inputs_of
from .compare import same
from .fields import ABSENT, UNKNOWN, Role, is_block, is_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .codec import State
    from .fields import Field, Table


@dataclass(frozen=True)
class Change:
    """One field whose declared value changed.

    Attributes:
        field: its record.
        replace: the object has to be made anew.
        call: the API has to be told.
    """

    field: Field
    replace: bool = False
    call: bool = True


@dataclass(frozen=True)
class Plan:
    """All that differs.

    Attributes:
        changes: declared fields whose value changed.
        drifted: restricted fields that were changed behind the back and are declared as before.
        marks: only a mark of ours in the state has to change.
    """

    changes: tuple[Change, ...] = ()
    drifted: tuple[Field, ...] = ()
    marks: bool = False

    @property
    def replaces(self) -> list[str]:
        """Names of the fields that force a replacement."""
        return [each.field.name for each in self.changes if each.replace]

    @property
    def calls(self) -> bool:
        """Whether the update has to talk to the API."""
        return any(each.call for each in self.changes) or bool(self.drifted)


def plan(table: Table, state: State, inputs: Mapping[str, Any]) -> Plan:
    """Compares what is stored with what is declared.

    Args:
        table: of the object.
        state: as `codec.state_of` made it.
        inputs: normalised inputs; UNKNOWN counts as a possible update, never as a replacement, unless the field says
            that a value not known yet means another object.
    """
    old = inputs_of(table, state)
    changes = tuple(
        _change(each, state, inputs.get(each.name, ABSENT))
        for each in table.inputs
        if not same(each, old.get(each.name, ABSENT), inputs.get(each.name, ABSENT))
    )
    changed = {each.field.name for each in changes}
    drifted = tuple(table[name] for name in state.get(DECLARED, {}) if name not in changed)
    marks = TAKEN_OVER in state and OWN_POLICY in inputs and state[TAKEN_OVER] is inputs[OWN_POLICY]
    return Plan(changes, drifted, marks)


def _change(field: Field, state: State, new: Any) -> Change:
    if field.role is Role.SETTING:
        return Change(field, call=False)
    if field.role is not Role.REPLACE:
        return Change(field)
    if contains_unknown(new):
        return Change(field, replace=field.unknown_replaces)
    # Declaring the value that Kaleyra has already, or leaving out what was declared, makes nothing anew.
    as_it_is = same(field, new, state.get(field.name, ABSENT), live=True)
    return Change(field, replace=not as_it_is, call=False)


def contains_unknown(value: Any) -> bool:
    """Whether UNKNOWN stands anywhere in a value."""
    if is_block(value):
        return any(contains_unknown(each) for each in value.values())
    if is_list(value):
        return any(contains_unknown(each) for each in value)
    return value is UNKNOWN
