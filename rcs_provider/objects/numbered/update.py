"""Update of an object: read it, lay the declared values over it, put the whole object, read it back."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.codec import UNREAD, State, decoded, drifted, state_of, update_body
from rcs_provider.core.compare import same
from rcs_provider.core.diff import plan
from rcs_provider.core.errors import ApiError, Refusal, ServerError, ServiceCodeTaken, Throttled
from rcs_provider.core.fields import ABSENT
from rcs_provider.core.kind import UNFINISHED

from .finding import differences, holder_of
from .handover import advice, comes_free, keeping_where_it_fails
from .rules import drift_line, refuse_locked

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from rcs_provider.api.client import Calls, Row
    from rcs_provider.core.fields import Table
    from rcs_provider.core.kind import Context, Inputs

    from . import Numbered

_POLLS: Final = (0.5, 1.0, 2.0)
"""Seconds between two looks at an object that does not show yet what was put."""


@dataclass(frozen=True)
class Update:
    """One update.

    Attributes:
        kind: of the object.
        context: of the operation.
        number: of the object.
    """

    kind: Numbered
    context: Context[Calls]
    number: str

    @property
    def called(self) -> str:
        """What messages call the object."""
        return self.kind.called(self.number)

    def run(self, state: State, inputs: Inputs) -> State:
        """Brings the object to the declared state; a change that Kaleyra does not know makes no call.

        Raises:
            Refusal: the object is gone, or a restricted field was changed outside Pulumi.
        """
        kind, context = self.kind, self.context
        changes = plan(kind.table, state, inputs)
        if not changes.calls and not state.get(UNFINISHED):
            return state_of(kind.table, inputs, {}, state)
        for field in changes.drifted:
            raise Refusal(drift_line(kind, field.name, state, inputs))
        writing = context.api.client.writing.held(self.called)
        with keeping_where_it_fails(kind, context, str(state.get(kind.key))), writing:
            row = kind.fetch(context.api, self.number)
            if row is None:
                raise Refusal(
                    f"{self.called} is gone at Kaleyra", "Run `pulumi refresh`, then `pulumi up` makes it anew."
                )
            self._refuse_another(row, state)
            self._refuse(row, state, inputs)
            return self.put(row, state, inputs)

    def _refuse_another(self, row: Row, state: State) -> None:
        """A half-made object has never been read: its number may have come from an answer about another one."""
        key = self.kind.key
        if state.get(UNFINISHED) and row.get(key) != state.get(key):
            raise Refusal(
                f"{self.called} has {key} {row.get(key)}, so it is not the one that was made",
                f"Run `pulumi state delete URN` and `pulumi up` again: it looks for the {self.kind.key_name}.",
            )

    def _refuse(self, row: Row, state: State, inputs: Inputs) -> None:
        table = self.kind.table
        live = decoded(table, row)
        for field in drifted(table, inputs, live):
            raise Refusal(drift_line(self.kind, field.name, live, inputs))
        frozen = [each.name for each in differences(table, inputs, live) if each.freezes]
        refuse_locked(self.kind, frozen, {**state, **live})

    def put(self, row: Row, state: State, inputs: Inputs) -> State:
        """Puts the object where it differs from the declaration, and gives the state that it then has.

        Args:
            row: the object as the API just answered it.
            state: the state so far; empty for an object that is taken over.
            inputs: the declaration.
        """
        table = self.kind.table
        body = update_body(table, row, state, inputs)
        if not _differs(table, body, row, state) and not _hides_a_change(table, inputs, row, state):
            return state_of(table, inputs, decoded(table, row), state)
        with self._explained(body, row):
            answer = self._put_in_turn(body, row)
        # Four fields of an agent come back in this answer and in no read, so this is the only chance to see them.
        kept = {**state, **decoded(table, answer), UNREAD: False}
        return state_of(table, inputs, self._read_back(inputs), kept)

    def _put_in_turn(self, body: Row, row: Row) -> Row:
        """The answer to an update; one that needs the key of another object of the run waits until it is free."""
        try:
            return self._put(body)
        except (Throttled, ServerError):
            raise
        except ApiError:
            key = body[self.kind.key]
            if key == row.get(self.kind.key) or not comes_free(self.kind, self.context, str(key)):
                raise
        return self._put(body)

    def _put(self, body: Row) -> Row:
        """The answer to an update; one refused for want of what the service can tell is sent once more with it."""
        kind, context = self.kind, self.context
        try:
            return kind.put(context.api, self.number, body)
        except ApiError as error:
            missed = kind.missed(context, self.number, body, error)
            if not missed:
                raise
        return {**kind.put(context.api, self.number, {**body, **missed}), **missed}

    @contextmanager
    def _explained(self, body: Row, row: Row) -> Generator[None]:
        """Where an update is refused, names the object that has its new key: the refusal may not even say so."""
        kind, context = self.kind, self.context
        try:
            yield
        except (Throttled, ServerError):
            raise
        except ApiError as error:
            key = str(body[kind.key])
            holder = holder_of(kind, context.api, key) if key != row.get(kind.key) else None
            if holder not in (None, self.number):
                error.message = f"{kind.key} {key} belongs to {kind.called(str(holder))}: {error.message}"
                error.hint = advice(kind, context, key)
            elif isinstance(error, ServiceCodeTaken):
                error.message = f"{kind.key} {key} is taken: {error.message}"
                error.hint = (
                    f"The list of {kind.name}s does not show who has it, perhaps a deleted {kind.name}: declare "
                    f"another {kind.key}."
                )
            raise

    def _read_back(self, inputs: Inputs) -> Mapping[str, Any]:
        kind, context = self.kind, self.context
        live = decoded(kind.table, kind.get(context.api, self.number))
        for pause in _POLLS:
            if not differences(kind.table, inputs, live) or not context.api.wait(pause):
                break
            live = decoded(kind.table, kind.get(context.api, self.number))
        if stale := ", ".join(each.name for each in differences(kind.table, inputs, live)):
            context.say(f"Kaleyra does not show {stale} of {self.called} as it was sent", "warning")
        return live


def _differs(table: Table, body: Mapping[str, Any], row: Row, state: State) -> bool:
    """Whether the body says anything that the object has not; what no read returns is held against the state."""
    wanted, live = decoded(table, body), decoded(table, row)
    for each in table.sent:
        known = live.get(each.name, ABSENT) if each.key in row else state.get(each.name, ABSENT)
        if each.name in wanted and not same(each, wanted[each.name], known, live=each.key in row):
            return True
    return False


def _hides_a_change(table: Table, inputs: Inputs, row: Row, state: State) -> bool:
    """Whether a declared value changed and the answer cannot tell: a phone's country code, a picture's place."""
    live = decoded(table, row)
    for each in table.sent:
        if each.restricted or each.name not in inputs or each.name not in state:
            continue
        declared = inputs[each.name]
        if not same(each, declared, state[each.name]) and not same(each, declared, live.get(each.name, ABSENT)):
            return True
    return False
