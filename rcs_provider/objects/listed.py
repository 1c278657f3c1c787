"""Kinds whose objects only their parent's list shows: how they are found there, and when they are gone.

An object's id is `parent id/key`, with the key in its one spelling.
"""

from __future__ import annotations

import hashlib
import re
from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from rcs_provider.core.account import require_account
from rcs_provider.core.codec import decoded, inputs_of, is_managed, state_of
from rcs_provider.core.errors import NotFound, Unclear, trying
from rcs_provider.core.kind import Identity, Inputs, Kind, Listed
from rcs_provider.core.text import is_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcs_provider.api.client import Calls, Row
    from rcs_provider.api.shared_list import SharedLookup
    from rcs_provider.core.codec import State
    from rcs_provider.core.kind import Context


class InList(Kind["Calls"]):
    """A kind whose objects are entries of their parent's list."""

    @abstractmethod
    def rows(self, api: Calls, parent: str) -> list[Row]:
        """The parent's list, from the API."""

    @abstractmethod
    def spelt(self, key: Any) -> str:
        """A key in its one spelling; empty if it is not valid."""

    @abstractmethod
    def masked(self, key: str) -> str:
        """A key as messages show it: it may be a secret."""

    def called(self, id_: str) -> str:
        """What messages call the object of an id."""
        parent, _, key = id_.partition("/")
        return f"{self.name} {self.masked(key)} of {self.parent} {parent}"

    def identity(self, inputs: Inputs) -> Identity | None:
        """Its parent and its key, where both are known."""
        parent, given = inputs.get(self.parent_field), inputs.get(self.key)
        if not isinstance(parent, str) or not isinstance(given, str) or not (key := self.spelt(given)):
            return None
        return Identity(self.called(f"{parent}/{key}"), hashlib.sha256(key.encode()).hexdigest())

    def shared_rows(self, api: Calls, parent: str) -> SharedLookup[list[Row]]:
        """The list of one parent, which all operations of the process share."""
        return api.client.shared((self.name, parent))

    def find(self, api: Calls, parent: str, key: str, moment: float) -> Row | None:
        """The row of a key in a list that was read at a moment or later; one in the key's own spelling comes first.

        Raises:
            Unclear: a row names another parent.
        """
        rows = self.shared_rows(api, parent).since(moment, lambda: self.rows(api, parent))
        self.require_rows_of(parent, rows)
        wanted = self.spelt(key)
        found = [each for each in rows if self.spelt(each.get(self.key)) == wanted != ""]
        return next((each for each in found if _digits(each.get(self.key)) == key), found[0] if found else None)

    def require_rows_of(self, parent: str, rows: list[Row]) -> list[Row]:
        """The rows of a parent's list.

        Raises:
            Unclear: one names another parent.
        """
        if any(str(each.get(self.parent_field) or parent) != parent for each in rows):
            raise Unclear(
                f"asked for the {self.name}s of {self.parent} {parent}, the answer names another {self.parent}"
            )
        return rows

    def is_about(self, error: NotFound, parent: str, kinds: str) -> bool:
        """Whether a not-found is about this parent or what belongs to it, rather than about something else."""
        named = re.findall(r"\d{3,}", error.words)
        is_meant = re.search(rf"\b({kinds})\b", error.words, re.IGNORECASE) is not None
        return is_meant and (not named or parent in named)

    def read(self, context: Context[Calls], id_: str, state: State) -> State | None:
        """The object as the parent's list has it. A list without it, or the documented not-found, means gone."""
        require_account(self.name, context.settings, state)
        parent, _, key = id_.partition("/")
        with trying(f"read {self.called(id_)}"):
            row = self._row(context.api, parent, key)
        if row is None:
            return None
        account = {"pod": context.settings.pod, "sid": context.settings.sid}
        base = {**account, self.parent_field: parent, self.key: key}
        declared = inputs_of(self.table, state) if is_managed(state) else {}
        return state_of(self.table, declared, self.known(row), {**base, **state})

    def _row(self, api: Calls, parent: str, key: str) -> Row | None:
        try:
            return self.find(api, parent, key, 0.0)
        except NotFound as error:
            if self.is_about(error, parent, f"{self.parent}s?|{self.name}s?"):
                return None
            raise

    def known(self, row: Mapping[str, Any]) -> State:
        """The row without what the program declares: the same key may be spelt in many ways."""
        declared = (self.parent_field, self.key)
        return {name: value for name, value in decoded(self.table, row).items() if name not in declared}

    def written(self, key: str) -> str:
        """A key as an exported program spells it."""
        return key

    def misformed(self, id_: str) -> str:
        """The id has one spelling only."""
        parent, _, key = id_.partition("/")
        fits = is_number(parent) and key != "" and self.spelt(key) == key
        needed = f"the {self.parent}'s number, a slash and the digits of the {self.key_name} with its country code"
        return "" if fits else f"{needed}, such as 71732/919876543210"

    def named(self, id_: str) -> dict[str, Any]:
        """The parent and the key."""
        parent, _, key = id_.partition("/")
        return {self.parent_field: parent, self.key: self.written(key)}

    def seen(self, id_: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """What a row and an id say about an object."""
        return {**self.known(row), **self.named(id_)}

    def listed(self, api: Calls, parent: str = "") -> Listed:
        """The rows of a parent's list, in the order of their keys."""
        rows = self.rows(api, parent)
        found = {self.spelt(each.get(self.key)): each for each in rows}
        if any(str(each.get(self.parent_field) or parent) != parent for each in rows) or "" in found:
            raise Unclear(f"a row names another {self.parent}, or no {self.key_name}")
        ids = {key: f"{parent}/{key}" for key in sorted(found)}
        return Listed(
            {id_: found[key] for key, id_ in ids.items()}, keys={id_: self.written(key) for key, id_ in ids.items()}
        )


def _digits(value: Any) -> str:
    return re.sub(r"[^0-9]", "", str(value))
