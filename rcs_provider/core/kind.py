"""What the package knows of one kind of object, in plain data: no Pulumi types, no HTTP.

Values are `None`, `bool`, `float`, `int`, `str`, `list`, `dict` and the one sentinel `UNKNOWN`; calls block.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Protocol, TypeVar

from .codec import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from .codec import State
    from .diff import Plan
    from .errors import Problem
    from .fields import Table
    from .run import Run
    from .settings import Settings

Inputs = dict[str, Any]
Calls = TypeVar("Calls")
"""The client by which a kind talks to the service; the core hands it on and never looks at it."""

PACKAGE: Final = "kaleyra"
"""Pulumi's name of the package: the vendor's."""
MODULE: Final = "rcs"
"""Pulumi's name of the module in it: the product's."""
UNFINISHED: Final = "__unfinished"
"""Marks the state of an object whose creation is only half done."""


class Say(Protocol):
    """Speaks to the user; never raises."""

    def __call__(self, message: str, level: str = "info", *, ephemeral: bool = False) -> None:
        """Shows a line: `level` is info, warning or error; an ephemeral one is progress and is not kept."""
        ...


@dataclass(frozen=True)
class Context(Generic[Calls]):
    """What an operation on one object has at hand.

    Attributes:
        api: the client, with this operation's deadline.
        settings: of the account.
        run: what is known of the run.
        say: speaks to the user.
        urn: of the resource, or nothing.
    """

    api: Calls
    settings: Settings
    run: Run
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


class Kind(ABC, Generic[Calls]):
    """One kind of object: its names, its fields, its rules, and its life at the service.

    Attributes:
        name: in messages and in state, where the provider is found by it.
        section: the key of a stack's configuration that lists objects of the kind.
        token: type of its dynamic resource; it stands in every state and never changes.
        table: of its fields, the account's included.
        key: the natural key: the field by which people tell one object from another.
        number: the attribute of a resource that is its id.
        parent: name of the kind that an object belongs to, or nothing.
        parent_field: the field that holds the parent's id.
        rules: what JSON Schema cannot say; each yields the problems it finds in completed inputs.
        waiting: what the outputs of a stack's data show while an object has no status.
        hints: what a user should know and may be right all the same, for an account; shown as warnings.
    """

    name: ClassVar[str]
    section: ClassVar[str]
    token: ClassVar[str]
    table: ClassVar[Table]
    key: ClassVar[str]
    number: ClassVar[str] = "id"
    parent: ClassVar[str] = ""
    parent_field: ClassVar[str] = ""
    waiting: ClassVar[str] = ""
    rules: ClassVar[Sequence[Callable[[Inputs], Iterator[Problem]]]] = ()
    hints: ClassVar[Sequence[Callable[[Settings, Inputs], Iterator[Problem]]]] = ()

    @property
    def package_token(self) -> str:
        """Type of its resource in the package that every language uses: `kaleyra:rcs:Agent`."""
        return f"{PACKAGE}:{MODULE}:{self.name.capitalize()}"

    @property
    def one(self) -> str:
        """One object, with its article."""
        return f"{'an' if self.name[0] in 'aeiou' else 'a'} {self.name}"

    @property
    def key_name(self) -> str:
        """The key, as people say it."""
        return self.key.replace("_", " ")

    def called(self, id_: str) -> str:
        """What messages call the object of an id."""
        return f"{self.name} {id_}"

    def misformed(self, id_: str) -> str:
        """What an id has to be, where it cannot be one of the kind; empty where it can."""
        del id_
        return ""

    def named(self, id_: str) -> dict[str, Any]:
        """The fields that an id tells, as an exported program spells them."""
        del id_
        return {}

    @abstractmethod
    def identity(self, inputs: Inputs) -> Identity | None:
        """What no two resources of one account may share; None where it is not known yet."""

    def refuse(self, state: State, inputs: Inputs, plan: Plan) -> None:
        """Raises Refusal where the plan would break a promise that only the state tells."""
        del state, inputs, plan

    def notes(self, state: State, inputs: Inputs, plan: Plan) -> Iterator[str]:
        """Lines that a preview shows about a plan, as the engine does not say which field forces what."""
        del state, inputs, plan
        return iter(())

    def deletes_first(self, state: State) -> bool:
        """Whether a replacement deletes the old object before it makes the new one."""
        del state
        return False

    @abstractmethod
    def create(self, context: Context[Calls], inputs: Inputs) -> Live:
        """Makes the object, or finds that it was made already."""

    @abstractmethod
    def read(self, context: Context[Calls], id_: str, state: State) -> State | None:
        """The object as it is, or None where it is gone; `state` is empty where it is only looked at."""

    @abstractmethod
    def update(self, context: Context[Calls], id_: str, state: State, inputs: Inputs) -> State:
        """Makes the object as declared."""

    @abstractmethod
    def delete(self, context: Context[Calls], id_: str, state: State) -> None:
        """Removes the object as far as the API can."""

    def fetch(self, api: Calls, id_: str) -> dict[str, Any] | None:
        """The object as the API answers it, or None where it is gone; only of kinds that are read one by one."""
        del api
        raise NotImplementedError(id_)

    def seen(self, id_: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """What an answer and an id tell of an object, in the table's types.

        Raises:
            Unclear: a value has a type that its field cannot have.
        """
        del id_
        return decoded(self.table, row)

    @abstractmethod
    def listed(self, api: Calls, parent: str = "") -> Listed:
        """All that the service has of the kind, below a parent where the kind has one.

        Raises:
            RcsError: a call failed, or the list cannot be told apart.
        """


@dataclass(frozen=True)
class Identity:
    """What no two resources of one account may share.

    Attributes:
        shown: for people: "service_code SUPPORT".
        exact: the same where nothing is masked; it is never shown.
    """

    shown: str
    exact: str = ""

    @property
    def thing(self) -> str:
        """The text by which the processes of a run tell it from others."""
        return f"{self.shown} #{self.exact}" if self.exact else self.shown


@dataclass(frozen=True)
class Listed:
    """What the service has of a kind: live ids in their order, ids of deleted ones, and rows where the list has all.

    Attributes:
        live: answers by id; None where each object has to be read.
        deleted: ids.
        keys: natural keys of live ones by id, as people know them; none where the list does not tell.
    """

    live: dict[str, dict[str, Any] | None]
    deleted: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict[str, str])


def in_order(number: str) -> tuple[int, str]:
    """Sorts numbers that are texts."""
    return len(number), number
