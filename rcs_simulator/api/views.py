"""How a stored agent or tester looks in answers: which keys, in which order, and respelt where a switch says so."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, cast

from rcs_simulator.api import fields
from rcs_simulator.api.testers import digits
from rcs_simulator.state.ids import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rcs_simulator.api.switches import Switches

Record = dict[str, Any]

IMAGE_HOST = "https://media.rcs-simulator.example/"
INNER_ORDER = {
    "phones": ("is_toll_free", "number", "label_text"),
    "emails": ("is_primary", "email", "label_text"),
    "website": ("website", "label_text"),
    "privacy": ("website", "label_text"),
    "terms_conditions": ("website", "label_text"),
    "brand_details": ("brand_no", "provider_brand_no", "brand_name"),
}
INNER_DEFAULTS = {"is_toll_free": False, "is_primary": False}


def created(body: Record, record: Record, switches: Switches) -> Record:
    """Return a create's answer: the request again, with default_locale and status emptied.

    The sample of "Create an Agent" shows no number and no id; switch `create_returns_number` adds them.
    """
    view = {name: body[name] for name in fields.CREATE_ORDER if name in body}
    view |= {"default_locale": "", "status": ""}
    view = {name: view[name] for name in fields.CREATE_ORDER if name in view}
    if switches.unsent_empty:
        view = {**emptied(fields.CREATE_ORDER), **view}
    if switches.create_returns_number:
        view |= {name: record[name] for name in ("id", "agent_number", "provider_agent_id")}
        _number(view, switches)
    return view


def read(record: Record, switches: Switches) -> Record:
    """Return a read's answer, with the keys of the sample of "Get Agent by Agent Number" and no others."""
    return _view(record, fields.READ_ORDER, switches)


def updated(record: Record, switches: Switches) -> Record:
    """Return an update's answer, which has five keys more than a read. Source: "Update an Agent"."""
    return _view(record, fields.UPDATE_ORDER, switches)


def answered(body: Record, record: Record, switches: Switches) -> Record:
    """Return an update's answer to that body: what was not sent is empty where switch `unsent_empty` says so."""
    view = updated(record, switches)
    unsent = [name for name in view if name in fields.EDITABLE and name not in body] if switches.unsent_empty else []
    return {**view, **emptied(unsent)}


def emptied(names: Iterable[str]) -> Record:
    """Return an empty value of each field's type, as a typed server answers for what it was not given."""
    empty: dict[str, Any] = {fields.ARRAY: [], fields.OBJECT: {}}
    return {name: copy(empty.get(fields.TYPES[name], "")) for name in names}


def _view(record: Record, order: Sequence[str], switches: Switches) -> Record:
    shown = (*order, *(name for name in fields.VERIFICATION if switches.verification_in_answers and name not in order))
    if switches.merge_country_code:
        phones: list[Record] = record.get("phones") or []
        record = {**record, "phones": [{**phone, "number": merged(phone)} for phone in phones]}
    view = {name: _inner(name, record.get(name, "")) for name in shown}
    view["rcs_provider_id"] = _as_number(view["rcs_provider_id"])
    _number(view, switches)
    _respell(view, switches)
    if switches.drop_empty:
        view = {name: value for name, value in view.items() if value not in ("", [])}
    return _extended(view) if switches.extra_fields else view


def _inner(name: str, value: Any) -> Any:
    """Return a nested value with the keys of the samples: phones have no country_code in any answer but a create's."""
    if name not in INNER_ORDER:
        return value
    if isinstance(value, dict):
        return _ordered(name, cast("Record", value))
    items: list[Record] = value or []
    return [_ordered(name, item) for item in items]


def _ordered(name: str, inner: Record) -> Record:
    return {key: inner.get(key, INNER_DEFAULTS.get(key, "")) for key in INNER_ORDER[name]}


def _as_number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdigit() else value


def _number(view: Record, switches: Switches) -> None:
    if switches.number_in_answers == "number":
        view["agent_number"] = _as_number(view["agent_number"])


def _respell(view: Record, switches: Switches) -> None:
    if switches.rehost_images:
        for name in fields.IMAGES:
            view[name] = rehosted(str(view[name]), str(view["agent_number"]))
    if switches.respell_phones:
        for phone in view["phones"]:
            phone["number"] = with_plus(phone["number"])
    if switches.reorder_contacts:
        for name in fields.LISTS:
            view[name] = view[name][::-1]
    if switches.recase_color:
        view["color"] = view["color"].upper()
    if switches.rename_billing and view["billing_category"] == "SINGLE_MESSAGE":
        view["billing_category"] = "NON_CONVERSATIONAL"
    if switches.fill_brand:
        view["brand_details"] = filled(view["brand_details"])


def rehosted(url: str, number: str) -> str:
    """Return an image's URL after re-hosting: another host, 13 digits, a hyphen, the old base name.

    The sample of "Get Agent by Agent Number" shows names of that kind; a URL on the new host stays as it is.
    """
    if url.startswith(IMAGE_HOST):
        return url
    return f"{IMAGE_HOST}{stamp(number, url)}-{url.rsplit('/', 1)[-1]}"


def with_plus(number: str) -> str:
    """Return a phone number as a plus and its digits, as the sample of "Get Agent by Agent Number" has it."""
    return "+" + digits(number)


def merged(phone: Record) -> str:
    """Return a phone's two parts as one number; one that has its plus, or no country code, stays as it is."""
    code, number = str(phone.get("country_code") or ""), str(phone["number"])
    return number if number.startswith("+") or not code else with_plus(code + number)


def filled(brand: Record) -> Record:
    """Return brand details whose empty parts are filled, as the sample of "Get Agent by Agent Number" has them."""
    number = brand["brand_no"]
    return {
        "brand_no": number,
        "provider_brand_no": brand["provider_brand_no"] or f"provider_brand_{number}",
        "brand_name": brand["brand_name"] or f"Brand {number}",
    }


def _extended(view: Record) -> Record:
    phones = [{**phone, "number_type": "UNKNOWN"} for phone in view.get("phones", [])]
    return {**view, **({"phones": phones} if phones else {}), "revision": 1, "labels": {"origin": "simulator"}}


def tester(record: Record, switches: Switches) -> Record:
    """Return a row of the tester list. Source: "Get Tester By Agent", its sample."""
    order = ("phoneno", "test_status", "status", "agent_no", "id", "override_dcs_check", "carrierid")
    row = {name: record.get(name, "") for name in order}
    if switches.respell_testers:
        row["phoneno"] = with_plus(row["phoneno"])
    if switches.number_in_answers == "number":
        row["agent_no"] = _as_number(row["agent_no"])
    return {**row, "revision": 1} if switches.extra_fields else row
