"""Kinds whose objects have a number: created by POST, read by number, put as a whole, and deleted.

A kind adds its table, its natural key and its operations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rcs_provider.core.account import require_account
from rcs_provider.core.codec import decoded, inputs_of, is_managed, state_of
from rcs_provider.core.errors import NotFound, Unclear, trying
from rcs_provider.core.kind import Identity, Inputs, Kind, Listed, Live, in_order
from rcs_provider.core.text import is_number, one_line

from . import rules
from .creation import create
from .deletion import delete
from .update import Update

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rcs_provider.api.client import Calls, Row
    from rcs_provider.api.operations import Operation
    from rcs_provider.core.codec import State
    from rcs_provider.core.diff import Plan
    from rcs_provider.core.errors import ApiError
    from rcs_provider.core.kind import Context


@dataclass(frozen=True)
class Operations:
    """The operations of a kind; in their paths the object's number has a place."""

    create: Operation
    read: Operation
    update: Operation
    delete: Operation
    list: Operation


class Numbered(Kind["Calls"]):
    """A kind whose objects have a number, which is also their id.

    Attributes:
        operations: of the kind.
        key_change: for the preview: what a change of the key means outside Pulumi.
        starts_again: what a replacement loses, for the preview.
    """

    operations: ClassVar[Operations]
    key_change: ClassVar[str] = ""
    starts_again: ClassVar[str] = ""

    # words

    def keyed(self, key: str) -> str:
        """What no two resources of one account may declare."""
        return f"{self.key} {key}"

    # calls

    def post(self, api: Calls, body: Mapping[str, Any]) -> Row:
        """Creates an object; repeated only where the first try provably made none."""
        return api.row(self.operations.create, body=body)

    def get(self, api: Calls, number: str) -> Row:
        """One object, as the API has it.

        Raises:
            Unclear: the answer is about another one.
        """
        return self.about(number, api.row(self.operations.read, number=number))

    def put(self, api: Calls, number: str, body: Mapping[str, Any]) -> Row:
        """Replaces the whole object; returns it as the answer has it, or an empty row."""
        return self.about(number, api.row(self.operations.update, number=number, body=body))

    def remove(self, api: Calls, number: str) -> None:
        """Retires the object; its record may stay readable."""
        api.call(self.operations.delete, number=number)

    def rows(self, api: Calls) -> list[Row]:
        """All objects of the account, deleted ones included."""
        return api.rows(self.operations.list)

    def fetch(self, api: Calls, id_: str) -> Row | None:
        """The object as the API answers it, or None if it is gone; everything else raises."""
        try:
            row = self.get(api, id_)
        except NotFound as error:
            if self.says_gone(error, id_):
                return None
            raise
        return None if self.is_deleted(row) else row

    def about(self, number: str, row: Row) -> Row:
        """The answer about an object.

        Raises:
            Unclear: it is about another one.
        """
        named = str(row.get(self.number) or number)
        if named != number:
            raise Unclear(f"asked for {self.called(number)}, the answer is about {self.called(one_line(named))}")
        return row

    # answers

    def is_deleted(self, row: Mapping[str, Any]) -> bool:
        """A deleted object may stay readable, with status DELETED."""
        return str(row.get("status", "")).upper() == "DELETED"

    def says_gone(self, error: NotFound, number: str) -> bool:
        """Whether a not-found is about this object, rather than about something else or another one."""
        named = re.findall(r"\d{3,}", error.words)
        is_meant = re.search(rf"\b{self.name}\b", error.words, re.IGNORECASE) is not None
        return is_meant and (not named or number in named)

    def number_of(self, row: Mapping[str, Any]) -> str | None:
        """The object's number in an answer, as text, or None."""
        number = row.get(self.number)
        text = str(int(number)) if isinstance(number, float) else str(number or "")
        return text if text.strip() else None

    def locked(self, state: State) -> str:
        """Why fields that freeze cannot change any more, as in "the agent is VERIFIED"; empty while they can."""
        del state
        return ""

    def missed(self, context: Context[Calls], number: str, body: Row, error: ApiError) -> Row:
        """The values that a refused update lacked, if the service can be asked for all of them; otherwise none."""
        del context, number, body, error
        return {}

    def unread(self, state: State, inputs: Inputs) -> list[str]:
        """The fields that an object made elsewhere may have, and whose values nobody here knows."""
        known = {**state, **inputs}
        return [each.name for each in self.table.sent if not each.returned and each.name not in known]

    # the life

    def misformed(self, id_: str) -> str:
        """A number is made of digits, and has one spelling only."""
        return "" if is_number(id_) else f"the {self.name}'s number, such as 71732"

    def identity(self, inputs: Inputs) -> Identity | None:
        """Its natural key, which is unique among live objects."""
        key = inputs.get(self.key)
        return Identity(self.keyed(key)) if isinstance(key, str) else None

    def refuse(self, state: State, inputs: Inputs, plan: Plan) -> None:
        """See `rules.refuse`."""
        rules.refuse(self, state, inputs, plan)

    def notes(self, state: State, inputs: Inputs, plan: Plan) -> Iterator[str]:
        """See `rules.notes`."""
        return rules.notes(self, state, inputs, plan)

    def deletes_first(self, state: State) -> bool:
        """The key is unique, so the old object has to give it up first, unless it stays."""
        return rules.policy_of(self.table, state) != "retain"

    def create(self, context: Context[Calls], inputs: Inputs) -> Live:
        """See `creation.create`."""
        return create(self, context, inputs)

    def read(self, context: Context[Calls], id_: str, state: State) -> State | None:
        """The object as it is. The documented not-found about it, or status DELETED, means gone."""
        require_account(self.name, context.settings, state)
        with trying(f"read {self.called(id_)}"):
            row = self.fetch(context.api, id_)
        if row is None:
            return None
        account = {"pod": context.settings.pod, "sid": context.settings.sid}
        declared = inputs_of(self.table, state) if is_managed(state) else {}
        return state_of(self.table, declared, decoded(self.table, row), {**account, **state})

    def update(self, context: Context[Calls], id_: str, state: State, inputs: Inputs) -> State:
        """See `update.update`."""
        require_account(self.name, context.settings, state)
        with trying(f"update {self.called(id_)}"):
            return Update(self, context, id_).run(state, inputs)

    def delete(self, context: Context[Calls], id_: str, state: State) -> None:
        """See `deletion.delete`."""
        require_account(self.name, context.settings, state)
        delete(self, context, id_, state)

    def listed(self, api: Calls, parent: str = "") -> Listed:
        """The numbers of all objects; each has to be read."""
        del parent
        live: dict[str, str] = {}
        deleted: set[str] = set()
        for row in self.rows(api):
            number = self.number_of(row)
            if number is None:
                raise Unclear(f"the list holds {self.one} without a number")
            if self.is_deleted(row):
                deleted.add(number)
            else:
                live[number] = str(row.get(self.key) or "")
        numbers = dict.fromkeys(sorted(live, key=in_order))
        return Listed(numbers, tuple(sorted(deleted, key=in_order)), live)
