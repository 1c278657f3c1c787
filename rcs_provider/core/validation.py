"""Whether inputs can be right: JSON Schema from the table, and each finding as one clause without the value.

Values are left out of every text because a provider cannot see which inputs are secret. What is not known yet in a
preview is skipped, never guessed.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from .errors import Problem
from .fields import UNKNOWN, Field, Table, Type, is_block, is_list
from .phone import is_possible
from .schema import of_inputs
from .settings import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from jsonschema import Draft202012Validator, ValidationError


def _is_line(value: str) -> bool:
    # Not str.isprintable: it refuses the joiners that Indian scripts and emoji are written with.
    return not any(unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") for each in value)


def _is_link(value: str) -> bool:
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port  # a port that is none raises
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host.strip(".") and re.fullmatch(r"[!-~]+", value) is not None


def _is_picture(value: str) -> bool:
    return _is_link(value) and urlsplit(value).path.lower().endswith((".png", ".jpg", ".jpeg"))


def _is_email(value: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", value) is not None


def _is_phone(value: str) -> bool:
    # E.164 allows 15 digits; short codes have three.
    return re.fullmatch(r"\+?(?:[0-9][ ().-]*){3,15}", value) is not None


def _is_possible_phone(value: str) -> bool:
    return _is_phone(value) and is_possible(value)


FORMATS: Final[Mapping[str, tuple[Callable[[str], bool], str]]] = {
    "link": (_is_link, "must be a whole http:// or https:// address"),
    "picture": (_is_picture, "must be a whole http:// or https:// address that ends in .png, .jpg or .jpeg"),
    "email": (_is_email, "must be an e-mail address"),
    "color": (
        lambda value: re.fullmatch(r"#[0-9A-Fa-f]{6}", value) is not None,
        "must be # and six hexadecimal digits, such as #494e0d",
    ),
    "phone": (_is_phone, "must be a phone number: digits, with a leading + if you like"),
    "mobile": (
        _is_possible_phone,
        "must be a phone number that can exist, with its country code: 919876543210 or +91 98765 43210",
    ),
    "digits": (lambda value: re.fullmatch(r"[0-9]+", value) is not None, "must be made of digits only"),
    "line": (_is_line, "must not hold line breaks or other control characters"),
    "trimmed": (
        lambda value: _is_line(value) and value == value.rstrip(),
        "must be one line that does not end in a space",
    ),
}
"""Formats by name: whether a text has it, and what to say where it has not."""

_TYPES: Final = {
    Type.TEXT.value: "must be a string",
    Type.FLAG.value: "must be true or false",
    Type.NUMBER.value: "must be a number",
    Type.LIST.value: "must be a list",
    Type.BLOCK.value: "must be a mapping",
}


def problems(table: Table, inputs: Mapping[str, Any]) -> Iterator[Problem]:
    """Everything about the inputs that does not fit the table, in the order of the table.

    Args:
        table: of the object.
        inputs: normalised inputs; UNKNOWN may stand anywhere.
    """
    errors: Iterator[ValidationError] = _any(_validator(table)).iter_errors(inputs)
    found = [error for error in errors if error.instance is not UNKNOWN]
    order = [each.name for each in table.inputs]
    place = {name: index for index, name in enumerate(order)}
    listed = [each for error in found for each in _problems_of(error)]
    yield from sorted(set(listed), key=lambda each: (place.get(each.head, len(place)), each.path))


def advice(table: Table, inputs: Mapping[str, Any], prefix: str = "") -> Iterator[Problem]:
    """What may well be right, but a page of the vendor's says otherwise: shown as warnings."""
    for each in table.inputs:
        if each.name in inputs:
            yield from _advice(each, inputs[each.name], prefix + each.name)


def _advice(field: Field, value: Any, path: str) -> Iterator[Problem]:
    if is_list(value) and field.item is not None:
        for index, item in enumerate(value):
            yield from _advice(field.item, item, f"{path}[{index}]")
    elif is_block(value) and field.fields is not None:
        yield from advice(field.fields, value, f"{path}.")
    elif isinstance(value, str):
        if field.advised_length is not None and len(value) > field.advised_length:
            yield Problem(path, f"is longer than the {field.advised_length} characters that Kaleyra documents")
        if field.open_choices and value not in field.choices:
            yield Problem(path, f"is not one of the documented values {', '.join(field.choices)}")


@cache
def _validator(table: Table) -> Draft202012Validator:
    import jsonschema  # noqa: PLC0415 - a program that only declares resources never validates

    checker = jsonschema.FormatChecker(formats=())
    for name, (fits, _) in FORMATS.items():
        checker.checks(name)(_unless_no_text(fits))
    schema = of_inputs(table)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=checker)


def _unless_no_text(fits: Callable[[str], bool]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or not value.strip() or fits(value)


def _problems_of(error: ValidationError) -> Iterator[Problem]:
    path, limit, value, schema = _path(error), _any(error.validator_value), _any(error.instance), _any(error.schema)
    if error.validator == "required":
        yield from (Problem(_join(path, name), "is required") for name in limit if name not in value)
    elif error.validator == "additionalProperties":
        known, missing = schema["properties"], set(schema["required"]) - set(value)
        settable = [name for name in known if name not in ACCOUNT]
        for name in sorted(set(value) - set(known)):
            yield Problem(_join(path, name), unknown_name(name, settable, missing=missing))
    elif error.validator == "type":
        yield Problem(path, _wrong_type(schema))
    else:
        yield Problem(path, _REASONS[str(error.validator)](limit, value))


def _wrong_type(schema: Mapping[str, Any]) -> str:
    said, needed = _TYPES[schema["type"]], [f"`{name}`" for name in schema.get("required", ())]
    keys = " and ".join(filter(None, (", ".join(needed[:-1]), *needed[-1:])))
    return f"{said} with {keys}" if keys else said


def _any(value: Any) -> Any:
    """The stubs give a type of their own to what an error may not have; these errors have it."""
    return value


_REASONS: Final[Mapping[str, Callable[[Any, Any], str]]] = {
    "pattern": lambda _limit, _value: "must not be blank",
    "maxLength": lambda limit, value: f"is {len(value)} characters long, at most {limit} are allowed",
    "maxItems": lambda limit, value: f"has {len(value)} entries, at most {limit} are allowed",
    "enum": lambda limit, _: f"must be one of {', '.join(limit)}",
    "format": lambda limit, _: FORMATS[limit][1],
}
"""What to say, by the keyword that was broken: of its limit and of the value, whose text is never part of it."""


def unknown_name(name: str, names: Iterable[str], what: str = "field", *, missing: Container[str] = ()) -> str:
    """What to say of an unknown name: the nearest known one, or all of them.

    Among those that are near, one that is missing is meant more likely than one that may be left out.
    """
    names = list(names)
    near = difflib.get_close_matches(name, names)
    meant = [each for each in near if each in missing] or near
    hint = f"did you mean {meant[0]}?" if meant else f"there are {', '.join(names)}"
    return f"unknown {what}; {hint}"


def _path(error: ValidationError) -> str:
    path = ""
    for part in error.absolute_path:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
