"""Arguments of functions and of lists, by the names of the schema, checked before anything is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rcs_provider.core import codec, validation
from rcs_provider.core.errors import Refusal
from rcs_provider.core.names import camel

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
        raise Refusal(f"{what}: {'; '.join(_spoken(table, str(each)) for each in problems)}")
    return found


def _spoken(table: Table, text: str) -> str:
    """A text with the names of the schema; one that a program misspelt stays as it is."""
    known = "|".join(each.name for each in table)
    return re.sub(rf"\b({known})\b(?!: unknown)", lambda name: camel(name[0]), text) if known else text
