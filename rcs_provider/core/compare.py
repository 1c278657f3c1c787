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
_CODE: Final = "country_code"
_NUMBER: Final = "number"
# Re-hosting puts the upload time in milliseconds in front of the file's name, once for each time.
_STAMPS: Final = re.compile(r"^(?:\d{13}-)+")


def _billing(value: Any) -> str:
    spelling = str(value).strip().casefold().replace("-", "_")
    return "non_conversational" if spelling in _NON_CONVERSATIONAL else spelling


def _joined(contact: Mapping[str, Any]) -> dict[str, Any]:
    """A phone contact as one number of digits: its country code may stand apart, in the number, or in both."""
    code, number = digits(contact.get(_CODE, "")), str(contact.get(_NUMBER, "")).strip()
    is_whole = number.startswith("+") and digits(number).startswith(code)
    return {**_without(contact, _CODE), _NUMBER: digits(number) if is_whole else code + digits(number)}


def _same_digits(one: Any, other: Any) -> bool:
    return digits(one) == digits(other) != ""


def _without(block: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in block.items() if name not in names}


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
    Compare.CONTACT: lambda value: _joined(value) if is_block(value) else value,
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
    if field.compare is Compare.CONTACT and _NUMBER in one and _NUMBER in other:
        parts = (one[_NUMBER], other[_NUMBER], one.get(_CODE), other.get(_CODE))
        if UNKNOWN in parts:
            return False
        one, other = _alike(one, other, live=live)
    return all(same(each, one.get(each.name, ABSENT), other.get(each.name, ABSENT), live=live) for each in field.fields)


def _alike(one: Mapping[str, Any], other: Mapping[str, Any], *, live: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two contacts in one form: an answer without a country code has it in the number, or does not tell it."""
    if live and not other.get(_CODE) and _same_digits(one[_NUMBER], other[_NUMBER]):
        return _without(one, _CODE), _without(other, _CODE)
    return _joined(one), _joined(other)


def _same_items(field: Field, one: Any, other: Any, *, live: bool) -> bool:
    if not is_list(one) or not is_list(other) or field.item is None:
        return bool(one == other)
    return len(one) == len(other) and None not in matched(field.item, one, other, live=live)


def matched(item: Field, ones: Sequence[Any], others: Sequence[Any], *, live: bool) -> list[int | None]:
    """For each of `ones` the index of one of `others` that means the same, or None; none is used twice."""
    free = list(range(len(others)))
    places: list[int | None] = []
    for one in ones:
        place = next((index for index in free if same(item, one, others[index], live=live)), None)
        if place is not None:
            free.remove(place)
        places.append(place)
    return places


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
    places = matched(item, declared, seen, live=True)
    kept = [one for one, place in zip(declared, places, strict=True) if place is not None]
    return kept + [other for place, other in enumerate(seen) if place not in places]


def outgoing(field: Field, value: Any) -> Any:
    """A declared value as it goes out: a phone number without the blanks and dashes that people write."""
    if field.type is Type.TEXT and field.compare is Compare.DIGITS and isinstance(value, str):
        return re.sub(r"[ ().-]", "", value)
    if field.type is Type.LIST and field.item is not None and is_list(value):
        return [outgoing(field.item, each) for each in value]
    if field.type is Type.BLOCK and field.fields is not None and is_block(value):
        return {each.key: outgoing(each, value[each.name]) for each in field.fields if each.name in value}
    return value


def echoed(field: Field, declared: Any, raw: Any, seen: Any) -> Any:
    """A declared value as an update sends it: what means the same as the API has goes back byte for byte.

    Args:
        field: the record of the field.
        declared: what the program says.
        raw: the API's own value.
        seen: the same, decoded; ABSENT where that says nothing.
    """
    if seen is ABSENT:
        return outgoing(field, declared)
    if field.type is Type.BLOCK and field.fields is not None and is_block(raw):
        return _echoed_block(field, declared, raw, seen)
    if field.type is Type.LIST and field.item is not None and is_list(raw):
        return _echoed_items(field.item, declared, raw, seen)
    return raw if same(field, declared, seen, live=True) else outgoing(field, declared)


def _echoed_block(field: Field, declared: Any, raw: Mapping[str, Any], seen: Mapping[str, Any]) -> dict[str, Any]:
    if field.compare is Compare.CONTACT and _NUMBER in seen:
        is_whole = bool(seen.get(_CODE)) or not _same_digits(declared.get(_NUMBER), seen[_NUMBER])
        declared = _without(declared, _CODE, _NUMBER) if is_whole else declared
    parts = [each for each in field.fields or () if each.name in declared]
    return {
        **raw,
        **{
            each.key: echoed(each, declared[each.name], raw.get(each.key), seen.get(each.name, ABSENT))
            for each in parts
        },
    }


def _echoed_items(item: Field, declared: Sequence[Any], raw: Sequence[Any], seen: Sequence[Any]) -> list[Any]:
    places = matched(item, declared, seen, live=True)
    told = [each for each in raw if each is not None and each != ""]  # as many as could be decoded
    sent = [
        outgoing(item, one) if place is None else echoed(item, one, told[place], seen[place])
        for one, place in zip(declared, places, strict=True)
    ]
    order = [place for place in places if place is not None]
    # Where none is new and none is gone, their order is Kaleyra's as well.
    return [sent[order.index(place)] for place in range(len(seen))] if len(order) == len(sent) == len(seen) else sent
