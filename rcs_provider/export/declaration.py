"""What a program has to declare so that nothing changes, and the state that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rcs_provider import objects
from rcs_provider.core import check, declarable

from . import names

if TYPE_CHECKING:
    from rcs_provider.core.errors import Problem
    from rcs_provider.core.kind import Kind
    from rcs_provider.core.settings import Settings

    from .inventory import Found, Inventory


@dataclass(frozen=True)
class Declaration:
    """One resource.

    Attributes:
        found: the object.
        name: of the resource.
        arguments: what the program declares.
        inputs: the arguments as a check completes them.
        state: the outputs.
        remarks: what Kaleyra has and no new object could have; it passes while it stays as it is.
        parent: name of the resource that it belongs to, or nothing.
    """

    found: Found
    name: str
    arguments: dict[str, Any]
    inputs: dict[str, Any]
    state: dict[str, Any]
    remarks: tuple[Problem, ...]
    parent: str = ""

    @property
    def kind(self) -> Kind[Any]:
        """Of the object."""
        return self.found.kind


def declarations(settings: Settings, inventory: Inventory) -> list[Declaration]:
    """What declares an account: each kind's objects, and after all of them what belongs to them."""
    roots = [each for kind in objects.OBJECTS if not kind.parent for each in _named(settings, inventory, kind)]
    children = [
        _declaration(settings, child, names.of_child(root.name, child.id.partition("/")[2]), root.name)
        for root in roots
        for child in root.found.children
    ]
    return [*roots, *children]


def _named(settings: Settings, inventory: Inventory, kind: Kind[Any]) -> list[Declaration]:
    found = list(inventory.of(kind))
    keys = {each.id: str(each.row.get(kind.key) or "") for each in found}
    called = names.of_keys(keys, kind.name)
    return [_declaration(settings, each, called[each.id]) for each in found]


def _declaration(settings: Settings, found: Found, name: str, parent: str = "") -> Declaration:
    """What declares an object: inputs as a check completes them, and the state that belongs to them."""
    kind = found.kind
    live = kind.seen(found.id, found.row)
    arguments = declarable.arguments(kind.table, live)
    inputs, state = check.taken_in(kind, settings, live)
    remarks = tuple(check.problems(kind, settings, {}, inputs))
    return Declaration(found, name, arguments, inputs, state, remarks, parent)
