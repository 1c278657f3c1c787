"""The operations on one object as every face offers them: all promises that faces share stand here.

A face translates its engine's calls into these and the outcomes back. It holds no promise of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic

from . import check, codec
from .diff import Plan, plan
from .errors import Problem, Refusal
from .fields import UNKNOWN, Role
from .kind import UNFINISHED, Calls, Context, Identity, Inputs, Kind, Live
from .run import KEEPS, name_of
from .text import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .codec import State
    from .errors import RcsError


@dataclass(frozen=True)
class Checked:
    """Completed inputs, all that is wrong with them, and what a user should know if nothing is."""

    inputs: Inputs
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What a change of inputs means.

    Attributes:
        changed: names of the fields whose declared values changed.
        drifted: only what is stored differs: a restricted field that Kaleyra changed, or a mark of ours.
        replaces: names of the fields that force a replacement.
        deletes_first: a replacement deletes the old object before it makes the new one.
        notes: lines that a preview shows.
    """

    changed: tuple[str, ...]
    drifted: bool
    replaces: tuple[str, ...]
    deletes_first: bool
    notes: tuple[str, ...]


class Controller(Generic[Calls]):
    """One kind of object in one operation on one resource.

    Args:
        kind: of the object.
        context: of the operation.
    """

    def __init__(self, kind: Kind[Calls], context: Context[Calls]) -> None:
        self._kind = kind
        self._context = context
        self._run, self._urn = context.run, context.urn

    def check(
        self, old: Mapping[str, Any], new: Mapping[str, Any], probe: Callable[[], RcsError | None] | None = None
    ) -> Checked:
        """Validates inputs and fills them in; all mistakes at once.

        Args:
            old: stored inputs; empty for an object that is made anew.
            new: declared inputs.
            probe: tells why the account cannot be used; asked where nothing else is wrong. Without it there is no call.
        """
        kind, settings = self._kind, self._context.settings
        stored = codec.plain(kind.table, old)
        inputs = check.completed(kind, settings, stored, new)
        wrong, kept = check.judged(kind, settings, stored, inputs)
        found = wrong + self.claim(inputs) + self._moved_anew(old)
        if not found and probe is not None and (error := probe()) is not None:
            found = [Problem("", f"the account cannot be used: {error}")]
        self._run.declared.add(self._urn)
        policies = self._run.own_policies
        (policies.add if new.get("deletion_policy") is not None else policies.discard)(self._urn)
        warnings = [] if found else [*kept, *check.advice(kind, settings, inputs)]
        return Checked(inputs, tuple(found), tuple(warnings))

    def claim(self, inputs: Inputs) -> list[Problem]:
        """Notes what the resource declares that no other may share, and says which one does."""
        identity = self._kind.identity(inputs)
        if identity is None or not self._urn:
            return []
        self._run.note(identity.thing, self._urn)
        first, *others = map(name_of, self._run.holders(identity.thing))
        if not others:
            return []
        said = f"{identity.shown} is declared twice, by {first} and by {others[0]}"
        return [Problem("", said, place=self._kind.key)]

    def _moved_anew(self, old: Mapping[str, Any]) -> list[Problem]:
        """What is wrong with making anew what moves over from the other face.

        The engine asks for a check without stored inputs after a comparison where it replaces, also for an option of
        the program that no provider hears of. The old object would have another URN than the new one.
        """
        if old or self._urn not in self._run.moving:
            return []
        said = (
            "cannot be replaced in the run that moves a stack to another provider. Leave out the option "
            "replaceOnChanges (in Python replace_on_changes), run `pulumi up`, and only then add it"
        )
        return [Problem("", said, place=self._kind.key)]

    def diff(self, id_: str, state: State, inputs: Inputs, *, moving: bool = False) -> Difference:
        """Says what a change of inputs means; no call.

        Args:
            id_: of the object.
            state: as it is stored.
            inputs: declared.
            moving: the state comes from the other face, and so has another URN.

        Raises:
            Refusal: it would break a promise.
        """
        kind, declared = self._kind, self._declared(inputs)
        found = plan(kind.table, state, declared)
        # After a read the engine asks with old and new the other way round: only drift can be said then.
        asked = found if self._is_declared() else Plan(drifted=found.drifted)
        kind.refuse(state, declared, asked)
        if moving and asked.replaces:
            # The new object would be declared under another URN than the old one, which is then never deleted.
            raise Refusal(
                f"{joined(asked.replaces)} cannot change in the run that moves a stack to another provider",
                "Put the old value back, run `pulumi up`, and only then change it.",
            )
        if moving:
            self._run.moving.add(self._urn)
        self._pass_on(state, declared, asked)
        notes = tuple(kind.notes(state, declared, asked))
        is_drifted = bool(found.drifted or found.marks)
        if self._urn and self._is_declared():
            self._run.note(kind.called(id_), self._urn)
            if not (found.changes or is_drifted):
                self._lives(id_)
        return Difference(
            tuple(each.field.name for each in found.changes),
            is_drifted,
            tuple(found.replaces),
            kind.deletes_first(state),
            notes,
        )

    def create(self, inputs: Inputs) -> Live:
        """Makes the object; one whose creation is only half done is marked, and the next update finishes it."""
        live = self._kind.create(self._context, self._declared(inputs))
        return Live(live.id, {**live.state, UNFINISHED: True}, live.unfinished) if live.unfinished else live

    def read(self, id_: str, state: State) -> tuple[State, Inputs] | None:
        """The object as it is, with inputs for exactly what the program declares; None where it is gone.

        Raises:
            Refusal: there is none, and it was only looked at.
        """
        self._run.declared.discard(self._urn)
        found = self._kind.read(self._context, id_, state)
        if found is not None:
            return found, codec.inputs_of(self._kind.table, found)
        if not codec.is_managed(state):
            raise self._no_such(id_)
        return None

    def taken_in(self, id_: str) -> tuple[State, Inputs]:
        """An object that no state knows, with inputs for all that it has, so that a program can declare just that.

        Raises:
            Refusal: the id cannot be one of the kind, which no call is needed for, or there is no such object.
        """
        kind, settings = self._kind, self._context.settings
        if needed := kind.misformed(id_):
            raise Refusal(f"this is not the id of {kind.one}", f"It is {needed}.")
        self._run.declared.discard(self._urn)
        found = kind.read(self._context, id_, {})
        if found is None:
            raise self._no_such(id_)
        inputs, state = check.taken_in(kind, settings, {**found, **kind.named(id_)})
        return state, inputs

    def foreseen(self, inputs: Inputs, state: State | None = None) -> State:
        """What a preview shows of an object that would be made, or updated from a state; no call."""
        if state is not None:
            return {**state, **inputs}
        shown = (each for each in self._kind.table if each.role is not Role.SETTING)
        return {**{each.name: UNKNOWN for each in shown}, **inputs}

    def update(self, id_: str, state: State, inputs: Inputs) -> State:
        """Makes the object as declared; gives the whole state."""
        self._lives(id_)
        return self._kind.update(self._context, id_, state, self._declared(inputs))

    def delete(self, id_: str, state: State) -> None:
        """Removes the object as far as the API can, and as its deletion policy lets it."""
        self._kind.delete(self._context, id_, state)

    def _lives(self, id_: str) -> None:
        """Notes that the resource goes on with the object.

        A replacement that makes first and is stopped leaves the old state behind. The next run deletes that, and it
        may be about the very object that the resource has: the new one was found by its key, and taken over.
        """
        if self._urn and self._is_declared():
            self._run.living.add(self._kind.called(id_))

    def _no_such(self, id_: str) -> Refusal:
        # An empty answer to a look-up would pass for an object without properties.
        return Refusal(f"there is no {self._kind.called(id_)} in account {self._context.settings.sid}")

    def _declared(self, inputs: Inputs) -> Inputs:
        """Inputs that a check completed, and whether the program gave the policy; after a read nobody knows that."""
        if not self._is_declared():
            return inputs
        return {**inputs, codec.OWN_POLICY: self._urn in self._run.own_policies}

    def _is_declared(self) -> bool:
        """Whether the program declared the resource since it was last read: a check comes first then."""
        return not self._urn or self._urn in self._run.declared

    def _pass_on(self, state: State, inputs: Inputs, asked: Plan) -> None:
        """Notes what the resource gives up for another, as a second one may wait for that; nobody can in a circle."""
        kind, run = self._kind, self._run
        old, new = kind.identity(codec.inputs_of(kind.table, state)), kind.identity(inputs)
        if old is None or new is None or old == new or asked.replaces or not self._is_declared():
            return
        if circle := run.pass_on(old.thing, new.thing, self._urn):
            run.note(old.thing, self._urn, KEEPS)
            raise _in_a_circle(kind, old, new, circle)


def _in_a_circle(kind: Kind[Any], old: Identity, new: Identity, urns: list[str]) -> Refusal:
    names = " and ".join(sorted(map(name_of, urns)))
    return Refusal(
        f"{names} pass on {old.shown} and {new.shown} in a circle, and Kaleyra gives each to one {kind.name} at a time",
        "First give one of them a value that no other has, run `pulumi up`, and then the one that is meant.",
    )
