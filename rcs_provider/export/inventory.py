"""Reads an account: every live object and what belongs to it, with calls that change nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rcs_provider import objects
from rcs_provider.core.errors import trying
from rcs_provider.core.kind import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rcs_provider.api.client import Calls, Client, Row
    from rcs_provider.core.kind import Kind, Say

_READERS: Final = 8
"""Objects that are read side by side; the rate limit spaces the calls."""


@dataclass(frozen=True)
class Found:
    """One live object: its id, its answer as it came, and what belongs to it."""

    kind: Kind[Any]
    id: str
    row: Row
    children: tuple[Found, ...] = ()


@dataclass(frozen=True)
class Inventory:
    """An account: its live objects in the order of their kinds and ids, and by kind the ids of deleted ones."""

    objects: tuple[Found, ...] = ()
    deleted: dict[str, tuple[str, ...]] = field(default_factory=dict[str, "tuple[str, ...]"])

    def of(self, kind: Kind[Any]) -> Iterator[Found]:
        """The live objects of a kind."""
        for each in self.objects:
            yield from [each] if each.kind is kind else [one for one in each.children if one.kind is kind]


def read_account(
    client: Client,
    say: Say,
    told: Callable[[int, int], None] = lambda _done, _of: None,
    kinds: Sequence[Kind[Any]] | None = None,
) -> Inventory:
    """Reads the whole account: the list of each kind, then each live object and what belongs to it.

    Args:
        client: of the account; the time limit of an operation counts for each object.
        say: hears of calls that are repeated.
        told: hears after each object how many are done, and of how many.
        kinds: to read; None takes all that there are.

    Raises:
        RcsError: a call failed; an inventory with a gap would be taken for the whole.
    """
    of_kinds = objects.OBJECTS if kinds is None else kinds
    wanted: list[tuple[Kind[Any], str]] = []
    deleted: dict[str, tuple[str, ...]] = {}
    with trying("read the account"):
        for kind in (each for each in of_kinds if not each.parent):
            listed = kind.listed(client.api(say))
            wanted += [(kind, id_) for id_ in listed.live]
            deleted[kind.name] = listed.deleted
    read: list[Found | None] = []

    def reads(each: tuple[Kind[Any], str]) -> Found | None:
        return _found(client.api(say), *each, of_kinds)

    with ThreadPoolExecutor(_READERS) as readers:
        for one in readers.map(reads, wanted):
            read.append(one)
            told(len(read), len(wanted))
    for (kind, id_), one in zip(wanted, read, strict=True):
        if one is None:  # it went away since the list
            deleted[kind.name] = tuple(sorted([*deleted[kind.name], id_], key=in_order))
    return Inventory(tuple(each for each in read if each is not None), deleted)


def _found(api: Calls, kind: Kind[Any], id_: str, kinds: Sequence[Kind[Any]]) -> Found | None:
    with trying(f"read {kind.called(id_)}"):
        row = kind.fetch(api, id_)
    if row is None:
        return None
    children: list[Found] = []
    for child in [each for each in kinds if each.parent == kind.name]:
        with trying(f"read the {child.name}s of {kind.called(id_)}"):
            children += [Found(child, one, row) for one, row in child.listed(api, id_).live.items() if row is not None]
    return Found(kind, id_, row, tuple(children))
