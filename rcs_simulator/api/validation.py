"""What the API refuses in a body, in this order: types, missing fields, contacts, limits, formats, listed values.

The order of the kinds is a guess. Switch `validation_order` reverses it, but types stay first.
Each kind is documented on "Create an Agent" or "Update an Agent".
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from rcs_simulator.api import fields
from rcs_simulator.api.errors import (
    ContactRequiredError,
    FieldFormatError,
    FieldValueError,
    InvalidJsonError,
    MissingFieldsError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rcs_simulator.api.switches import Switches

Record = dict[str, Any]

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
IMAGE_ENDINGS = (".png", ".jpg", ".jpeg")
PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    fields.TEXT: (str,),
    fields.ARRAY: (list,),
    fields.OBJECT: (dict,),
    fields.BOOLEAN: (bool,),
    fields.TEXT_OR_NUMBER: (str, int, float),
    fields.ANYTHING: (object,),
}


def parse(body: bytes) -> Record:
    """Return the body as an object of the right types, without its nulls.

    Raises:
        InvalidJsonError: not JSON, not an object, or a value of a wrong type. Source: "Update an Agent", sample
            "Invalid JSON".
    """
    try:
        value = json.loads(body)
    except ValueError as error:
        raise InvalidJsonError(_complaint(body, error)) from None
    if not isinstance(value, dict):
        raise InvalidJsonError(f"json: cannot unmarshal {_kind(value)} into an object")
    given = {key: item for key, item in cast("Record", value).items() if item is not None}
    check_types(given)
    return given


def _complaint(body: bytes, error: ValueError) -> str:
    text = body.decode(errors="replace").strip()
    position = min(error.pos, len(text)) if isinstance(error, json.JSONDecodeError) else 0
    rest = text[position:].lstrip()
    if text.endswith("}") and re.search(r",\s*}", text):
        return "invalid character '}' looking for beginning of object key string"
    return f"invalid character '{rest[0]}' looking for beginning of value" if rest else "unexpected end of JSON input"


def _kind(value: object) -> str:
    names: dict[type, str] = {bool: "bool", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "number")


def _nested(body: Record) -> Iterator[tuple[str, Record]]:
    """Yield each inner object with the name of the field that holds it."""
    for name, value in body.items():
        if name in ("privacy", "terms_conditions", "brand_details"):
            yield name, value
        elif name in fields.LISTS:
            for item in value:
                yield name, item


def check_types(body: Record) -> None:
    """Refuse values of a wrong JSON type, as a typed server does; the wording is a guess.

    Raises:
        InvalidJsonError: names the first such field.
    """
    for name, value in body.items():
        _check_type(name, fields.TYPES.get(name, fields.ANYTHING), value)
    for name, inner in _nested(body):
        _check_type(name, fields.OBJECT, inner)
        for key, value in inner.items():
            if value is not None:
                _check_type(f"{name}.{key}", fields.NESTED_TYPES.get(key, fields.ANYTHING), value)


def _check_type(name: str, kind: str, value: object) -> None:
    is_wrong_bool = isinstance(value, bool) and kind == fields.TEXT_OR_NUMBER
    if is_wrong_bool or not isinstance(value, PYTHON_TYPES[kind]):
        raise InvalidJsonError(f"json: cannot unmarshal {_kind(value)} into field {name} of type {kind}")


def _is_missing(holder: Record, name: str) -> bool:
    value = holder.get(name)
    return value is None or (value in ("", [], {}) and name not in fields.MAY_BE_EMPTY)


def check_required(body: Record, required: Sequence[str], nested: Mapping[str, Sequence[str]]) -> None:
    """Refuse a body without its required fields; the error names all of them.

    Raises:
        MissingFieldsError: inner fields are named with a dot, which is a guess.
    """
    names = [name for name in required if _is_missing(body, name)]
    for name, inner in _nested(body):
        absent = [f"{name}.{key}" for key in nested[name] if _is_missing(inner, key) or inner.get(key) == ""]
        names += [path for path in absent if path not in names and not path.endswith(".country_code")]
        if "country_code" in nested[name] and inner.get("country_code") is None:
            names.append(f"{name}.country_code")
    if names:
        raise MissingFieldsError(list(dict.fromkeys(names)))


def check_contacts(body: Record) -> None:
    """Require a phone or an e-mail. Source: "Create an Agent", validation rules.

    Raises:
        ContactRequiredError: both are absent or empty.
    """
    if not body.get("phones") and not body.get("emails"):
        raise ContactRequiredError


def check_limits(body: Record, switches: Switches) -> None:
    """Check counts and lengths; the limits are documented, the wording of the refusals is a guess.

    Raises:
        FieldValueError: names the field and its limit.
    """
    for name in fields.LISTS:
        if len(body.get(name, [])) > fields.LIST_LIMIT:
            raise FieldValueError(f"a maximum of {fields.LIST_LIMIT} entries is allowed for '{name}'")
    _check_length("description", body.get("description", ""), fields.DESCRIPTION_LIMIT)
    _check_length("brand_name", body.get("brand_details", {}).get("brand_name") or "", fields.BRAND_NAME_LIMIT)
    if switches.label_limit:
        for _, inner in _nested(body):
            _check_length("label_text", inner.get("label_text") or "", fields.LABEL_LIMIT)


def _check_length(name: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise FieldValueError(f"invalid value for '{name}': the maximum length is {limit} characters")


def check_formats(body: Record) -> None:
    """Check URLs, image URLs, e-mails and the colour. Source: samples "Invalid ... Format" of both pages.

    Raises:
        FieldFormatError: names the field, and for a URL its value.
    """
    for name in fields.IMAGES:
        url = body.get(name)
        if url is not None and not (is_url(url) and url.lower().endswith(IMAGE_ENDINGS)):
            raise FieldFormatError(f"invalid image URL for field '{name}'")
    _check_url("agent_test_url", body.get("agent_test_url") or "https://www.testurl.com")
    if body.get("color") and not COLOR.fullmatch(body["color"]):
        raise FieldFormatError("invalid color format for field 'color'")
    for _, inner in _nested(body):
        _check_url("website", inner.get("website") or "https://www.testurl.com")
        if inner.get("email") and not EMAIL.fullmatch(inner["email"]):
            raise FieldFormatError("invalid email format for field 'email'")


def is_url(text: str) -> bool:
    """Return whether a str is an absolute http(s) URL; the pages' own samples would break stricter rules."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)


def _check_url(name: str, text: str) -> None:
    if not is_url(text):
        example = "(example url - https://www.testurl.com)"
        raise FieldFormatError(f"invalid URL format for field '{name}': {text} {example}")


def check_values(body: Record, switches: Switches) -> None:
    """Check listed values. Source: "Create an Agent", sample "Invalid Allowed Values".

    Raises:
        FieldValueError: names the field, the value and the list.
    """
    for name, allowed in fields.CHOICES.items():
        value = body.get(name)
        if switches.strict_values and value is not None and _spelling(name, value) not in allowed:
            raise FieldValueError(f"invalid value for '{name}': {value}. Allowed values: {', '.join(allowed)}")


def _spelling(name: str, value: str) -> str:
    """Return the spelling to look up: the status is shown in mixed case on "Update an Agent"."""
    return value.upper() if name == "status" else value


def in_order(checks: Sequence[Callable[[], None]], switches: Switches) -> None:
    """Run checks in the order of switch `validation_order`, up to the first that fails."""
    for check in checks if switches.validation_order == "missing_first" else reversed(checks):
        check()


def check_create(body: Record, switches: Switches) -> None:
    """Check the body of a create. Source: "Create an Agent".

    Raises:
        ApiError: the first kind of mistake found.
    """
    _check(body, fields.CREATE_REQUIRED, fields.CREATE_NESTED_REQUIRED, check_values, switches)


def check_update(body: Record, switches: Switches) -> None:
    """Check the body of an update, which is the whole object. Source: "Update an Agent".

    Raises:
        ApiError: the first kind of mistake found; wrong values have other words than on a create, as the page shows.
    """
    _check(body, _update_required(switches), fields.UPDATE_NESTED_REQUIRED, _check_update_values, switches)


def _check(
    body: Record,
    required: Sequence[str],
    nested: Mapping[str, Sequence[str]],
    check_listed: Callable[[Record, Switches], None],
    switches: Switches,
) -> None:
    in_order(
        (
            lambda: check_required(body, required, nested),
            lambda: check_contacts(body),
            lambda: check_limits(body, switches),
            lambda: check_formats(body),
            lambda: check_listed(body, switches),
        ),
        switches,
    )


def _update_required(switches: Switches) -> Sequence[str]:
    verification = ("verification_name", "verification_state") if switches.put_requires_verification else ()
    color = ("color",) if switches.put_without_color == "refuse" else ()
    return (*fields.UPDATE_REQUIRED, *verification, *color)


def _check_update_values(body: Record, switches: Switches) -> None:
    try:
        check_values(body, switches)
    except FieldValueError:
        raise FieldValueError("Invalid field values are passed", message="RCS Agent creation Failed") from None
