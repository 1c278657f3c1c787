"""What differs between an agent as it was and as it will be, by the rules of a preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.compare import matched, same
from rcs_provider.core.fields import ABSENT, Role, is_block, is_list
from rcs_provider.objects.agent.fields import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rcs_provider.core.fields import Field

_NOTED: Final = (Role.REPLACE, Role.IMMUTABLE)
_EMPTY: Final[tuple[Any, ...]] = (ABSENT, None, "", [])


@dataclass(frozen=True)
class Change:
    """One value that differs.

    Attributes:
        path: as in messages, `phones[0].number`, of the later state where the value is there.
        was: the earlier value; ABSENT where there was none.
        now: the later one.
        before: the part of the earlier state that it belongs to, `phones[1]`; empty where that part was not there.
        after: the same of the later state.
        note: what a change of the field means, where it is no plain update.
    """

    path: str
    was: Any
    now: Any
    before: str
    after: str
    note: str = ""


def changes(before: Mapping[str, Any], after: Mapping[str, Any], *, live: bool = False) -> list[Change]:
    """All that differs, in the order of the table.

    Args:
        before: inputs as they were, by our names.
        after: inputs as they will be.
        live: `before` comes from the API; see `compare.same`.
    """
    found: list[Change] = []
    for each in TABLE.inputs:
        was, now = before.get(each.name, ABSENT), after.get(each.name, ABSENT)
        note = each.role.value if each.role in _NOTED else ""
        found += _Compared(note, live=live).value(each, (each.name, each.name), was, now)
    return found


class _Compared:
    """Goes through one field's values; `parts` are those of the earlier and of the later state."""

    def __init__(self, note: str, *, live: bool) -> None:
        self._note = note
        self._live = live

    def value(self, field: Field, parts: tuple[str, str], was: Any, now: Any) -> Iterator[Change]:
        """The changes of one value."""
        if self._same(field, was, now):
            return
        if field.item is not None and is_list(was) and is_list(now):
            yield from self._items(field.item, parts[1], was, now)
        elif field.fields is not None and is_block(was) and is_block(now):
            yield from self._block(field.fields, parts, was, now)
        else:
            before, after = "" if was is ABSENT else parts[0], "" if now is ABSENT else parts[1]
            yield Change(after or before, was, now, before, after, self._note)

    def _block(
        self, fields: Iterable[Field], parts: tuple[str, str], was: Mapping[str, Any], now: Mapping[str, Any]
    ) -> Iterator[Change]:
        for each in fields:
            one, other = was.get(each.name, ABSENT), now.get(each.name, ABSENT)
            if not self._same(each, one, other):
                yield Change(f"{parts[1]}.{each.name}", one, other, *parts, self._note)

    def _items(self, item: Field, name: str, was: list[Any], now: list[Any]) -> Iterator[Change]:
        """The entries of a list: those that mean the same are left out, the rest is compared in order."""
        found = matched(item, now, was, live=self._live)
        left = [index for index in range(len(was)) if index not in found]
        for index, place in enumerate(found):
            if place is None:
                old = left.pop(0) if left else None
                earlier = ABSENT if old is None else was[old]
                yield from self.value(item, (f"{name}[{old}]", f"{name}[{index}]"), earlier, now[index])
        for old in left:
            yield from self.value(item, (f"{name}[{old}]", ""), was[old], ABSENT)

    def _same(self, field: Field, was: Any, now: Any) -> bool:
        both_empty = any(was is each or was == each for each in _EMPTY) and any(
            now is each or now == each for each in _EMPTY
        )
        return both_empty or same(field, now, was, live=self._live)


def marks_before(found: Iterable[Change]) -> dict[str, str]:
    """What to say at the parts of the earlier state."""
    return {each.before: "changes" if each.after else "removed" for each in found if each.before}


def marks_after(found: Iterable[Change]) -> dict[str, str]:
    """What to say at the parts of the later state."""
    return {each.after: "changed" if each.before else "new" for each in found if each.after}
