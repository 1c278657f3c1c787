"""A tester's phone number: the one place that reads one.

A number is read as an international one, whether it begins with a plus or not. Its E.164 digits are what is compared,
sent and put into an id: no trunk zero, and one handset has one spelling. Both sides of every comparison are read by the
library that is installed, so a number that an older one read otherwise still equals itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


@dataclass(frozen=True)
class _Reading:
    """What a number's digits are read as.

    Attributes:
        e164: its digits as E.164 writes them; the digits as they are if no country's number begins so.
        possible: a number of this length can exist in that country.
        mobile: it is a valid mobile number, or one of a country where nobody can tell those from fixed lines.
        region: code of the country, such as IN.
        calling_code: such as 91.
    """

    e164: str
    possible: bool = False
    mobile: bool = False
    region: str = ""
    calling_code: int = 0


@lru_cache(maxsize=4096)
def _read(number: str) -> _Reading:
    import phonenumbers as library  # noqa: PLC0415 - only a program with testers pays for its tables

    try:
        found = library.parse(f"+{number}")
    except library.NumberParseException:
        return _Reading(number)
    written = digits(library.format_number(found, library.PhoneNumberFormat.E164))
    if len(written) < len(number):
        return _read(written)  # of two trunk zeros the library takes one away
    kinds, calling_code = library.PhoneNumberType, found.country_code or 0
    return _Reading(
        written,
        library.is_possible_number(found),
        library.number_type(found) in (kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE),
        library.region_code_for_number(found) or library.region_code_for_country_code(calling_code),
        calling_code,
    )


def digits(value: Any) -> str:
    """The ASCII digits of a phone number's spelling."""
    return re.sub(r"[^0-9]", "", str(value))


def e164(value: Any) -> str:
    """The E.164 digits of a phone number's spelling."""
    return _read(digits(value)).e164


def is_possible(value: str) -> bool:
    """Whether a number of its length can exist in the country that it is read as."""
    return _read(digits(value)).possible


def doubt(value: str) -> str:
    """Why a number may be another one than was meant, or nothing for a valid mobile number.

    The number itself is not shown, as it may be a secret.
    """
    found = _read(digits(value))
    return "" if found.mobile else f"is read as a number of {_country(found)}, where it is not a valid mobile number"


def _country(found: _Reading) -> str:
    import phonenumbers  # noqa: PLC0415 - see above
    from phonenumbers import geocoder  # noqa: PLC0415 - the names come with large tables

    # The library names the country of a valid number only.
    example = phonenumbers.example_number(found.region)
    name = geocoder.country_name_for_number(example, "en") if example else ""
    return f"{name or f'region {found.region}'} (+{found.calling_code})"
