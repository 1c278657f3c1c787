"""What there is of a kind at Kaleyra, for the engine's call List, which `pulumi do TOKEN list` makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rcs_provider.core.errors import trying
from rcs_provider.core.fields import UNKNOWN, Table
from rcs_provider.core.names import camel

from .arguments import checked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcs_provider.api.client import Calls
    from rcs_provider.core.kind import Kind


@dataclass(frozen=True)
class Page:
    """A part of a list.

    Attributes:
        objects: id and name of each: the id is what `pulumi do TOKEN read` and `pulumi import` take.
        following: where the next part begins, or nothing after the last one.
        computed: the list cannot be known yet, as what it is asked of is not.
    """

    objects: tuple[tuple[str, str], ...] = ()
    following: str = ""
    computed: bool = False


def query_of(kind: Kind[Calls]) -> Table:
    """What a list is asked of: the object that those of the kind belong to."""
    return Table((kind.table[kind.parent_field],)) if kind.parent else Table()


def page(  # noqa: PLR0913 - the parts of one request
    api: Calls, kind: Kind[Calls], query: Mapping[str, Any], *, most: int = 0, size: int = 0, begin: str = ""
) -> Page:
    """A part of the list of live objects, in the order of their ids. Each part asks the API once.

    Args:
        api: the client, with the deadline of the call.
        kind: of the objects.
        query: plain values by the names of the schema.
        most: of all parts together; 0 gives all that there are.
        size: of this part at the most; 0 gives all that are left.
        begin: where it begins: `following` of the part before, or nothing for the first.

    Raises:
        RcsError: the query is wrong, or the list cannot be had. Its message may hold names of ours.
    """
    if UNKNOWN in query.values():
        return Page(computed=True)
    parent = checked(f"{camel(kind.name)} list", query_of(kind), query).get(kind.parent_field, "")
    with trying(f"list the {kind.name}s" + (f" of {kind.parent} {parent}" if parent else "")):
        found = kind.listed(api, parent)
    first = int(begin) if begin.isdigit() else 0
    ids = list(found.live)[: most or None]
    part = ids[first : first + size if size > 0 else None]
    after = first + len(part)
    return Page(tuple((each, found.keys.get(each, "")) for each in part), str(after) if after < len(ids) else "")
