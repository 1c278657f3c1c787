"""Creation of an object: at most one POST is carried out, and a number that is known is never lost."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rcs_provider.core.codec import TAKEN_OVER, UNREAD, create_body, decoded, state_of
from rcs_provider.core.errors import RcsError, Refusal, ServerError, ServiceCodeTaken, Unclear, trying
from rcs_provider.core.kind import Live

from .finding import await_made, differences, holder_of, known_before, live_objects, read_back
from .update import Update

if TYPE_CHECKING:
    from collections.abc import Generator

    from rcs_provider.api.client import Calls, Row
    from rcs_provider.core.codec import State
    from rcs_provider.core.fields import Field
    from rcs_provider.core.kind import Context, Inputs

    from . import Numbered


def create(kind: Numbered, context: Context[Calls], inputs: Inputs) -> Live:
    """Takes over the live object with the key if there is one; otherwise creates it."""
    return _Creation(kind, context, inputs).live()


@dataclass(frozen=True)
class _Creation:
    """One creation.

    Attributes:
        kind: of the object.
        context: of the operation.
        inputs: the declaration.
    """

    kind: Numbered
    context: Context[Calls]
    inputs: Inputs

    @property
    def key(self) -> str:
        return str(self.inputs[self.kind.key])

    def live(self) -> Live:
        kind, api = self.kind, self.context.api
        with trying(f"create the {kind.name} with {kind.key} {self.key}"):
            with live_objects(kind, api).changing():
                number = known_before(kind, api, self.key)
                posted = self._post() if number is None else {}
            return self._made(posted) if number is None else self._taken_over(number)

    def _post(self) -> Row | RcsError:
        """The answer, or the error after which the list has to be read."""
        try:
            return self.kind.post(self.context.api, create_body(self.kind.table, self.inputs))
        except (ServiceCodeTaken, Unclear, ServerError) as error:
            return error

    def _made(self, posted: Row | RcsError) -> Live:
        live = self._finished(self._number(posted))
        self._own(live.id)
        return live

    def _own(self, number: str) -> None:
        run = self.context.run
        run.made.add(self.kind.called(number))
        run.note(self.kind.called(number), self.context.urn)

    def _number(self, posted: Row | RcsError) -> str:
        if isinstance(posted, ServiceCodeTaken):
            raise self._taken(posted)
        if isinstance(posted, RcsError):
            return self._settled(posted)
        return self.kind.number_of(posted) or self._number_in_list()

    def _number_in_list(self) -> str:
        said = f"Kaleyra says that the {self.kind.name} was made, and its answer holds no number"
        with self._made_or_not(said):
            number = await_made(self.kind, self.context.api, self.key)
        if number is None:
            raise Unclear(f"{said}; it has not shown up in the list of {self.kind.name}s", self._again)
        return number

    def _settled(self, error: RcsError) -> str:
        """The number of the object that a POST with an unclear answer created, if it created one."""
        kind, api = self.kind, self.context.api
        self.context.say(f"{error.message}: looking whether the {kind.name} was made", "warning")
        with self._made_or_not(f"{error.message}, so the {kind.name} may have been made"):
            number = await_made(kind, api, self.key)
            differing = [] if number is None else self._differing(read_back(kind, api, number))
        if number is None:
            raise Unclear(
                f"{error.message}, and no {kind.name} with that {kind.key_name} has shown up since", self._again
            )
        if differing:
            raise Unclear(
                f"{error.message}; {kind.called(number)} has that {kind.key_name} now, but differs in "
                f"{_names(differing)}, so it may not be this one",
                "Compare the two, then set on_existing.",
            )
        return number

    @property
    def _again(self) -> str:
        kind = self.kind
        return (
            f"Run `pulumi up` again: it looks for the {kind.key_name} first, and takes the {kind.name} over if it is "
            "there."
        )

    @contextmanager
    def _made_or_not(self, so_far: str) -> Generator[None]:
        """If the search for a new object fails, the error says what is known so far and what to do."""
        try:
            yield
        except Refusal:  # says already what was found
            raise
        except RcsError as error:
            raise Unclear(f"{so_far}; looking for it failed: {error}", self._again) from error

    def _taken(self, error: ServiceCodeTaken) -> RcsError:
        """The refusal of a create; it names the object that has the key if the list shows it."""
        kind = self.kind
        number = holder_of(kind, self.context.api, self.key)
        owner = kind.called(number) if number else f"{kind.one} that the list does not show, perhaps a deleted one"
        error.hint = (
            f"It belongs to {owner}: declare another {kind.key}, or run `pulumi up` again to take the {kind.name} over."
        )
        return error

    def _finished(self, number: str) -> Live:
        live = self._seen(number)
        if live.state.get(self.kind.key) == self.key:
            return live
        # No page documents a number in the answer to a create, so the one that was there may be wrong.
        return self._seen(self._number_in_list())

    def _seen(self, number: str) -> Live:
        table = self.kind.table
        try:
            live = decoded(table, read_back(self.kind, self.context.api, number))
        except Exception as error:  # noqa: BLE001 - whatever this is, the object exists, and its number must not be lost
            told = str(error).rstrip(".")
            why = f"{self.kind.called(number)} was made, but could not be read back: {told}. "
            known = state_of(table, self.inputs, {self.kind.number: number}, {})
            return Live(number, known, (f"{why}The next `pulumi up` finishes it",))
        return Live(number, state_of(table, self.inputs, live, {}))

    def _differing(self, row: Row) -> list[Field]:
        return differences(self.kind.table, self.inputs, decoded(self.kind.table, row))

    def _taken_over(self, number: str) -> Live:
        kind, context, inputs = self.kind, self.context, self.inputs
        row = kind.fetch(context.api, number)
        if row is None or row.get(kind.key, self.key) != self.key:
            # The list is older: since then the object has gone, or has given the key up.
            return self._made(self._post())
        self._refuse_owned(number)
        live, differing = decoded(kind.table, row), self._differing(row)
        self._refuse_different(number, differing)
        self._own(number)
        # Nobody can tell an object of a killed run from one that another stack manages.
        told = "on_existing" in inputs
        mark: State = {UNREAD: True} if told else {UNREAD: True, TAKEN_OVER: True}
        context.say(self._taking_over(number, differing, told=told), "warning")
        if names := ", ".join(kind.unread(live, inputs)):
            context.say(
                f"no answer shows its {names}, so an update may reset them: declare those that it has", "warning"
            )
        if not differing:
            return Live(number, state_of(kind.table, inputs, live, mark))
        return Live(number, Update(kind, context, number).put(row, mark, inputs))

    def _taking_over(self, number: str, differing: list[Field], *, told: bool) -> str:
        called = self.kind.called(number)
        equal = f"which has this {self.kind.key_name} and equals the declaration"
        line = f"takes over {called}"
        line += f" and changes its {_names(differing)}" if differing else f", {equal}"
        if told:
            return line
        return (
            f"{line}: it may be of a run that was stopped, or another stack may manage it. If another resource or "
            "stack does, forget it there by `pulumi state delete`: destroying it there (or a targeted destroy of its "
            f"old name here) deletes the {self.kind.name}. Here only a deletion_policy on this resource itself deletes "
            "it"
        )

    def _refuse_owned(self, number: str) -> None:
        kind, context = self.kind, self.context
        if owners := context.run.others(kind.called(number), context.urn):
            raise Refusal(
                f"{kind.called(number)} with {kind.key} {self.key} is managed by {owners[0]} already",
                f"Declare it once, or give {context.urn or 'this resource'} another {kind.key}.",
            )

    def _refuse_different(self, number: str, differing: list[Field]) -> None:
        kind = self.kind
        policy = self.inputs.get("on_existing", self.context.settings.on_existing)
        held = f"{kind.called(number)} has this {kind.key_name} already"
        if policy == "error":
            raise Refusal(f'{held}, and on_existing is "error"', f"Declare another {kind.key}, or set on_existing.")
        restricted = [each for each in differing if each.restricted]
        if restricted:
            raise Refusal(
                f"{held} and differs in {_names(restricted)}, which no update can change",
                f"Declare the values that it has, or another {kind.key}.",
            )
        if differing and policy == "adopt_identical":
            raise Refusal(
                f"{held} and differs in {_names(differing)}",
                f'Declare the values that it has, set on_existing to "adopt" to change them, or use another '
                f"{kind.key_name}.",
            )


def _names(fields: list[Field]) -> str:
    return ", ".join(each.name for each in fields)
