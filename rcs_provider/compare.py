"""When two values of a field are the same, and which spelling is kept.

Kaleyra re-types, re-spells, re-orders and leaves out. A key that an answer does not hold is unknown, not changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from .fields import ABSENT, UNKNOWN, Compare, Field, Type, is_block, is_list
from .phone import digits, e164

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# The pages spell one billing class four ways; Google merged these into one on 2025-11-20.
_NON_CONVERSATIONAL: Final = {"single_message", "basic_message", "non_conversational"}
# Re-hosting puts the upload time in milliseconds in front of the file's name, once for each time.
_STAMPS: Final = re.compile(r"^(?:\d{13}-)+")


def _billing(value: Any) -> str:
    spelling = str(value).strip().casefold().replace("-", "_")
    return "non_conversational" if spelling in _NON_CONVERSATIONAL else spelling


def _picture(value: Any) -> str:
    try:
        return _STAMPS.sub("", urlsplit(str(value)).path.rsplit("/", 1)[-1])
    except ValueError:  # no address at all, such as http://[
        return ""


FORMS: Final[Mapping[Compare, Callable[[Any], Any]]] = {
    Compare.EXACT: lambda value: value,
    Compare.CASE: lambda value: str(value).strip().casefold(),
    Compare.DIGITS: digits,
    Compare.PHONE: e164,
    Compare.BILLING: _billing,
    Compare.IMAGE: lambda value: value,
}
"""Normal form of a value, by the way its field is compared."""


def same(field: Field, one: Any, other: Any, *, live: bool = False) -> bool:
    """Whether two values mean the same.

    Args:
        field: the record of the field.
        one: a declared value.
        other: another declared value, or what the API returned.
        live: `other` comes from the API: what it leaves out is unknown, and pictures may be re-hosted.

    Returns:
        False as soon as either side holds UNKNOWN: it may turn out to differ.
    """
    if one is UNKNOWN or other is UNKNOWN:
        return False
    if one is ABSENT or other is ABSENT:
        return live or one is other
    if field.type is Type.BLOCK:
        return _same_block(field, one, other, live=live)
    if field.type is Type.LIST:
        return _same_items(field, one, other, live=live)
    return _same_scalar(field, one, other, live=live)


def _same_scalar(field: Field, one: Any, other: Any, *, live: bool) -> bool:
    if live and field.compare is Compare.IMAGE and _picture(one) == _picture(other) != "":
        return True
    form = FORMS[field.compare]
    return bool(form(one) == form(other))


def _same_block(field: Field, one: Any, other: Any, *, live: bool) -> bool:
    if not is_block(one) or not is_block(other) or field.fields is None:
        return bool(one == other)
    if not live and {*one, *other} - {each.name for each in field.fields}:
        # Names that the table does not know are for validation to refuse, so they must not vanish here.
        return one == other
    return all(same(each, one.get(each.name, ABSENT), other.get(each.name, ABSENT), live=live) for each in field.fields)


def _same_items(field: Field, one: Any, other: Any, *, live: bool) -> bool:
    if not is_list(one) or not is_list(other) or field.item is None:
        return bool(one == other)
    return len(one) == len(other) and len(_pairs(field.item, one, other, live=live)) == len(one)


def _pairs(item: Field, ones: Sequence[Any], others: Sequence[Any], *, live: bool) -> list[tuple[Any, int]]:
    """Each of `ones` with the index of an equal one of `others`, none used twice."""
    free = list(range(len(others)))
    pairs: list[tuple[Any, int]] = []
    for one in ones:
        match = next((index for index in free if same(item, one, others[index], live=live)), None)
        if match is not None:
            free.remove(match)
            pairs.append((one, match))
    return pairs


def merged(field: Field, declared: Any, seen: Any) -> Any:
    """The value as the API has it, spelt as declared wherever the two mean the same.

    A block keeps the keys that only the API knows. Of a list, the declared entries come first, in declared order.
    """
    if seen is ABSENT:
        return declared
    if declared is ABSENT:
        return seen
    if field.type is Type.BLOCK and field.fields is not None:
        return _merged_block(field.fields, declared, seen)
    if same(field, declared, seen, live=True):
        return declared
    if field.type is Type.LIST and field.item is not None:
        return _merged_items(field.item, declared, seen)
    return seen


def _merged_block(fields: Any, declared: Mapping[str, Any], seen: Mapping[str, Any]) -> dict[str, Any]:
    both = ((each.name, merged(each, declared.get(each.name, ABSENT), seen.get(each.name, ABSENT))) for each in fields)
    return {name: value for name, value in both if value is not ABSENT}


def _merged_items(item: Field, declared: Sequence[Any], seen: Sequence[Any]) -> list[Any]:
    pairs = _pairs(item, declared, seen, live=True)
    taken = {index for _, index in pairs}
    return [one for one, _ in pairs] + [other for index, other in enumerate(seen) if index not in taken]
