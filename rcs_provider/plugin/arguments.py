"""Arguments of functions and of lists, by the names of the schema, checked before anything is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_provider.core import codec, validation
from rcs_provider.core.errors import Refusal
from rcs_provider.core.names import names_of

from . import names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcs_provider.core.fields import Table


def checked(what: str, table: Table, given: Mapping[str, Any]) -> dict[str, Any]:
    """Plain arguments by our names.

    Args:
        what: takes them, as the line of an error begins.
        table: of the arguments.
        given: plain values by the names of the schema.

    Raises:
        Refusal: with all that is wrong with them, without their values.
    """
    found = codec.plain(table, names.from_wire(table, given))
    problems = list(names.foreign(table, given)) or list(validation.problems(table, found))
    if problems:
        raise Refusal(f"{what}: {'; '.join(names.spoken(str(each), names_of(table)) for each in problems)}")
    return found
