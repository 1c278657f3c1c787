"""Finding an object at Kaleyra: by number, by its natural key, and waiting until it shows up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.compare import same
from rcs_provider.core.errors import NotFound, RcsError, Refusal, Unclear
from rcs_provider.core.fields import ABSENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcs_provider.api.client import Calls, Row
    from rcs_provider.api.shared_list import SharedLookup
    from rcs_provider.core.fields import Field, Table
    from rcs_provider.core.kind import Inputs

    from . import Numbered

    ByKey = dict[str, list[Row]]

_POLLS: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between two looks for an object that was just made: a minute in all."""
_PATIENCE: Final = 3.0
"""Seconds to wait for the POSTs of other objects: with the default settings, sixteen of them take one."""


def live_objects(kind: Numbered, api: Calls) -> SharedLookup[ByKey]:
    """The list of live objects by their keys, which all operations of the process share."""
    return api.client.shared(kind.name)


def known_before(kind: Numbered, api: Calls, key: str) -> str | None:
    """Number of the live object with a key, by the list that this process fetched first."""
    return _only(kind, live_objects(kind, api).since(0.0, lambda: _by_key(kind, api)), key)


def known_now(kind: Numbered, api: Calls, key: str) -> str | None:
    """Number of the live object with a key, by a list that is fetched after this moment.

    Objects that are being made at the same time are waited for a little, as one list then shows them all.
    """
    now = time.monotonic()
    patience = min(_PATIENCE, (api.deadline - now) / 4)
    return _only(kind, live_objects(kind, api).since(now, lambda: _by_key(kind, api), patience), key)


def holder_of(kind: Numbered, api: Calls, key: str) -> str | None:
    """Number of the live object that has a key, where that can be found out."""
    try:
        return known_now(kind, api, key)
    except RcsError:
        return None


def await_made(kind: Numbered, api: Calls, key: str) -> str | None:
    """Number of the live object with a key that was just made; the list may catch up late.

    Waiters share the list calls. None if it has not shown up within a minute, or within the operation's time.
    """
    for pause in (*_POLLS, None):
        found = known_now(kind, api, key)
        if found is not None:
            return found
        if pause is None or not api.wait(pause):
            break
        api.say(f"waiting for the new {kind.name} to show up in the list", ephemeral=True)
    return None


def read_back(kind: Numbered, api: Calls, number: str) -> Row:
    """A new object as the API has it; waits up to a minute while it is not found.

    Raises:
        NotFound: it is still not found.
    """
    for pause in _POLLS:
        try:
            return kind.get(api, number)
        except NotFound:
            if not api.wait(pause):
                break
    return kind.get(api, number)


def differences(table: Table, inputs: Inputs, live: Mapping[str, Any]) -> list[Field]:
    """Declared fields that have another value in a decoded answer; fields that it leaves out do not count."""
    return [
        each
        for each in table.sent
        if not same(each, inputs.get(each.name, ABSENT), live.get(each.name, ABSENT), live=True)
    ]


def _by_key(kind: Numbered, api: Calls) -> ByKey:
    """The live objects of the list by their keys."""
    found: ByKey = {}
    for row in kind.rows(api):
        if not kind.is_deleted(row):
            found.setdefault(str(row.get(kind.key)), []).append(row)
    return found


def _only(kind: Numbered, objects: ByKey, key: str) -> str | None:
    numbers = {kind.number_of(row) for row in objects.get(key, ())}
    if len(numbers) > 1:
        raise Refusal(
            f"{len(numbers)} live {kind.name}s have {kind.key} {key}: {', '.join(sorted(map(str, numbers)))}",
            f"Which one is meant cannot be told: delete the others, or use another {kind.key_name}.",
        )
    if None in numbers:
        raise Unclear(f"the list holds {kind.key} {key} without the {kind.name}'s number")
    return next(iter(numbers), None)
