"""One object's life in plain data: validate, plan, create, read, update, delete. No Pulumi types.

Values are `None`, `bool`, `float`, `int`, `str`, `list`, `dict` and the one sentinel `UNKNOWN`; calls block.
A second face could be put on this as `dynamic` is put on it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final

from . import codec, diff, validation
from .account import account_problems
from .compare import same
from .errors import Problem, RcsError
from .fields import ABSENT, Role, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

    from rcs_provider.api.client import Api, Say

    from .codec import State
    from .diff import Plan
    from .fields import Field
    from .settings import Settings

Inputs = dict[str, Any]

UNFINISHED: Final = "__unfinished"
"""Marks the state of an object whose creation is only half done."""


@dataclass(frozen=True)
class Context:
    """What an operation on one object has at hand.

    Attributes:
        api: the client, with this operation's deadline.
        settings: of the account.
        say: speaks to the user; never raises.
        urn: of the resource, or nothing.
    """

    api: Api
    settings: Settings
    say: Say
    urn: str = ""


@dataclass(frozen=True)
class Live:
    """An object as it is: its id and the state to store.

    Attributes:
        unfinished: why its creation is only half done; the object exists, and the next update finishes it.
    """

    id: str
    state: State
    unfinished: tuple[str, ...] = field(default=())


class ApiObject(ABC):
    """What the package knows of one kind of object.

    Attributes:
        name: of the kind, in messages and in state.
        token: type of its dynamic resource; it stands in every state and never changes.
        table: of its fields, the account's included.
        rules: what JSON Schema cannot say; each yields the problems it finds in normalised inputs.
        hints: what a user should know and may be right all the same; shown as warnings.
    """

    name: ClassVar[str]
    token: ClassVar[str]
    table: ClassVar[Table]
    rules: ClassVar[Sequence[Callable[[Inputs], Iterator[Problem]]]] = ()
    hints: ClassVar[Sequence[Callable[[Inputs], Iterator[Problem]]]] = ()

    def normalise(self, settings: Settings, old: Inputs, inputs: Mapping[str, Any]) -> Inputs:
        """Inputs as they are stored: clean, with defaults and the account, in the spelling already stored."""
        clean = codec.with_defaults(self.table, codec.plain(self.table, inputs))
        given: dict[str, Any] = {
            each.name: getattr(settings, each.setting) for each in self.table.inputs if each.setting
        }
        account = {"pod": settings.pod, "sid": settings.sid}
        given |= {name: value for name, value in account.items() if value is not None}
        clean = {**given, **clean}
        respelt = codec.respelt(self.table, codec.plain(self.table, old), clean)
        # A value that is none must not hide behind the stored one that it resembles.
        wrong: set[str] = set() if respelt == clean else {each.head for each in validation.problems(self.table, clean)}
        return {name: clean[name] if name in wrong else value for name, value in respelt.items()}

    def validate(self, settings: Settings, old: Inputs, inputs: Inputs) -> list[Problem]:
        """All that is wrong with normalised inputs; `old` are those stored, empty for an object that is made anew."""
        return self.judge(settings, old, inputs)[0]

    def judge(self, settings: Settings, old: Inputs, inputs: Inputs) -> tuple[list[Problem], list[Problem]]:
        """What `validate` gives, and what passes because it is stored so.

        Kaleyra had that when the object was read or taken over, so it is worth a warning and no more.
        """
        found = list(settings.problems) or list(account_problems(self.name, settings, old, inputs))
        kept: list[Problem] = []
        for each in [] if settings.problems else self._unfit(inputs):
            (kept if _is_stored(each, old, inputs) else found).append(each)
        return found + list(_immutable_problems(self.table, old, inputs)), [_passing(each) for each in kept]

    def advise(self, settings: Settings, inputs: Inputs) -> list[Problem]:  # noqa: ARG002
        """What is worth a warning in inputs that passed, for an account."""
        return [*validation.advice(self.table, inputs), *(found for hint in self.hints for found in hint(inputs))]

    def _unfit(self, inputs: Inputs) -> list[Problem]:
        found = list(validation.problems(self.table, inputs))
        return found + [problem for rule in self.rules for problem in rule(inputs)]

    def called(self, id_: str) -> str:
        """What messages call the object of an id."""
        return f"{self.name} {id_}"

    @abstractmethod
    def identity(self, inputs: Inputs) -> str | None:
        """What no two resources of one account may share; None where it is not known yet.

        The words before " #" may be shown; what follows tells apart what they mask.
        """

    def plan(self, state: State, inputs: Inputs) -> Plan:
        """What differs between what is stored and what is declared."""
        return diff.plan(self.table, state, inputs)

    def refuse(self, state: State, inputs: Inputs, plan: Plan) -> None:
        """Raises Refusal where the plan would break a promise that only the state tells."""
        del state, inputs, plan

    def notes(self, state: State, inputs: Inputs, plan: Plan) -> Iterator[str]:
        """Lines that a preview shows about a plan, as the engine does not say which field forces what."""
        del state, inputs, plan
        return iter(())

    def deletes_first(self, state: State, inputs: Inputs) -> bool:  # noqa: ARG002
        """Whether a replacement deletes the old object before it makes the new one."""
        return False

    @abstractmethod
    def create(self, context: Context, inputs: Inputs) -> Live:
        """Makes the object, or finds that it was made already."""

    @abstractmethod
    def read(self, context: Context, id_: str, state: State) -> State | None:
        """The object as it is, or None where it is gone; `state` is empty where it is only looked at."""

    @abstractmethod
    def update(self, context: Context, id_: str, state: State, inputs: Inputs) -> State:
        """Makes the object as declared."""

    @abstractmethod
    def delete(self, context: Context, id_: str, state: State) -> None:
        """Removes the object as far as the API can."""


@contextmanager
def trying(what: str) -> Generator[None]:
    """Says in every error of ours what was being tried: "update agent 71732"."""
    try:
        yield
    except RcsError as error:
        error.message = f"could not {what}: {error.message}"
        raise


def _passing(problem: Problem) -> Problem:
    return Problem(problem.path, f"{problem.reason}; it passes, as it is stored so")


def _is_stored(problem: Problem, old: Inputs, inputs: Inputs) -> bool:
    return bool(old) and all(old.get(name, ABSENT) == inputs.get(name, ABSENT) for name in problem.heads)


def _immutable_problems(table: Table, old: Inputs, inputs: Inputs) -> Iterator[Problem]:
    def changes(role: Role) -> list[str]:
        fields = (each for each in table.inputs if each.role is role and each.name in inputs and _is_told(each, old))
        return [each.name for each in fields if not same(each, old.get(each.name, ABSENT), inputs[each.name])]

    if not old or changes(Role.REPLACE):
        return
    for name in changes(Role.IMMUTABLE):
        if not diff.contains_unknown(inputs[name]):
            yield Problem(
                name,
                "cannot change after creation, as no update of the API names it: "
                "put the old value back, or make the object anew with `pulumi up --replace URN`",
            )


def _is_told(field: Field, old: Inputs) -> bool:
    """Whether the stored inputs tell what the object has; if no answer shows it, it may be there undeclared."""
    return field.returned or field.name in old
