"""How a tester's phone number is read: as an international one, and one handset has one spelling."""

from __future__ import annotations

from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proves import proves

from rcs_provider.core.phone import digits, doubt, e164, is_possible


@given(st.text())
def test_digits_are_ascii_digits_only_in_their_order(spelling: str) -> None:
    assert digits(spelling) == "".join(each for each in spelling if each in "0123456789")


def test_digits_of_other_scripts_are_no_digits() -> None:
    assert digits("٩١ ９１ 91") == "91"  # noqa: RUF001 - other scripts are the point


@proves("A6", "B19")
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("919000000001", "+91 90000-00001", True),
        (919000000001, "919000000001", True),
        ("919000000001", "919000000002", False),
        ("", "", False),
        ("phone", "handset", False),
        (None, None, False),
        ("+44 (0)7911 123456", "447911123456", True),
        ("4407911123456", "+44 7911 123456", True),
        ("9876543210", "+919876543210", False),
    ],
)
def test_phones_are_matched_by_their_e164_digits(one: Any, other: Any, same: bool) -> None:
    assert (e164(one) == e164(other) != "") is same


@proves("B19")
@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_the_mobile_numbers_of_every_country_pass_without_a_plus(region: str) -> None:
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    if number is None:
        return  # the library knows none, as the country's mobile numbers are another one's
    written = digits(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    assert (e164(written), is_possible(written), doubt(written)) == (written, True, "")


@proves("B19")
@given(st.from_regex(r"[0-9]{0,16}", fullmatch=True))
def test_reading_a_number_that_was_read_changes_nothing(number: str) -> None:
    assert e164(e164(number)) == e164(number)


@proves("B19")
@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("9876543210", "Iran (+98)"),
        ("+1 800 000 0001", "United States (+1)"),
        ("442079460000", "United Kingdom (+44)"),
        ("+383 28 012 345", "region XK (+383)"),
    ],
)
def test_a_doubt_names_the_country_that_a_number_is_read_as_and_not_the_number(number: str, country: str) -> None:
    assert doubt(number) == f"is read as a number of {country}, where it is not a valid mobile number"
