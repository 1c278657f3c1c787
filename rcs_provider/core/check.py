"""A check of inputs: completed, judged, advised on. Pure; each face, `kaleyra-rcs validate` and the export use it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from . import codec, declarable, diff, validation
from .account import account_problems
from .compare import same
from .errors import Problem
from .fields import ABSENT, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .fields import Field, Table
    from .kind import Inputs, Kind
    from .settings import Settings


def completed(kind: Kind[Any], settings: Settings, old: Inputs, inputs: Mapping[str, Any]) -> Inputs:
    """Inputs as they are stored: clean, with defaults and the account, in the spelling already stored.

    Args:
        kind: of the object.
        settings: of the account.
        old: the stored inputs, made clean by `codec.plain`; empty for an object that is made anew.
        inputs: as the program declares them.
    """
    clean = codec.with_defaults(kind.table, codec.plain(kind.table, inputs))
    given: dict[str, Any] = {each.name: getattr(settings, each.setting) for each in kind.table.inputs if each.setting}
    account = {"pod": settings.pod, "sid": settings.sid}
    given |= {name: value for name, value in account.items() if value is not None}
    clean = {**given, **clean}
    respelt = codec.respelt(kind.table, old, clean)
    # An invalid value must not hide behind the stored one that it resembles.
    wrong: set[str] = set()
    if respelt != clean:
        wrong = {each.head for each in validation.problems(kind.table, clean)}
    return {name: clean[name] if name in wrong else value for name, value in respelt.items()}


def taken_in(kind: Kind[Any], settings: Settings, live: Mapping[str, Any]) -> tuple[Inputs, codec.State]:
    """What declares an object that no state knows just as it is: inputs as a check completes them, and the state.

    Args:
        kind: of the object.
        settings: of the account.
        live: its values, in the table's types.
    """
    inputs = completed(kind, settings, {}, declarable.arguments(kind.table, live))
    kept = {codec.UNREAD: True} if any(declarable.unreturned(kind.table)) else {}
    return inputs, codec.state_of(kind.table, inputs, live, kept)


def problems(kind: Kind[Any], settings: Settings, old: Inputs, inputs: Inputs) -> list[Problem]:
    """All that is wrong with completed inputs; `old` are those stored, empty for an object that is made anew."""
    return judged(kind, settings, old, inputs)[0]


def judged(kind: Kind[Any], settings: Settings, old: Inputs, inputs: Inputs) -> tuple[list[Problem], list[Problem]]:
    """What `problems` gives, and what passes because it is stored so.

    Kaleyra had that when the object was read or taken over, so it is worth a warning and no more.
    """
    found = list(settings.problems) or list(account_problems(kind.name, settings, old, inputs))
    kept: list[Problem] = []
    for each in [] if settings.problems else _unfit(kind, inputs):
        (kept if _is_stored(each, old, inputs) else found).append(each)
    return found + list(_immutable_problems(kind.table, old, inputs)), [_passing(each) for each in kept]


def advice(kind: Kind[Any], settings: Settings, inputs: Inputs) -> list[Problem]:
    """What is worth a warning in inputs that passed, for an account."""
    hints = [found for hint in kind.hints for found in hint(settings, inputs)]
    return [*validation.advice(kind.table, inputs), *hints]


def _unfit(kind: Kind[Any], inputs: Inputs) -> list[Problem]:
    found = list(validation.problems(kind.table, inputs))
    return found + [problem for rule in kind.rules for problem in rule(inputs)]


def _passing(problem: Problem) -> Problem:
    return replace(problem, reason=f"{problem.reason}; it passes, as it is stored so")


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
