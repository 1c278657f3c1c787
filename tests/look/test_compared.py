"""What counts as a change, and at which part of a phone it is said."""

from __future__ import annotations

from typing import Any

import pytest
from looks import SUPPORT

from rcs_provider.core.fields import ABSENT, UNKNOWN
from rcs_provider.look.compared import changes, marks_after, marks_before

FIRST, SECOND = SUPPORT["phones"]


def paths(before: dict[str, Any], after: dict[str, Any], *, live: bool = False) -> list[str]:
    return [each.path for each in changes({**SUPPORT, **before}, {**SUPPORT, **after}, live=live)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"color": "#0B5CAD"}, {"color": "#0b5cad"}),
        ({"phones": [FIRST, SECOND]}, {"phones": [SECOND, FIRST]}),
        ({"phones": [{**FIRST, "number": "1800 100 1001"}, SECOND]}, {}),
        ({"billing_category": "BASIC_MESSAGE"}, {}),
        ({"emails": []}, {"emails": ABSENT}),
    ],
)
def test_a_spelling_and_an_order_are_no_change(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert paths(before, after) == []


def test_a_picture_that_kaleyra_hosts_anew_is_no_change_of_what_is_live() -> None:
    hosted = {"logo_url": "https://host.example.net/1700000000000-support-logo.png"}
    assert paths(hosted, {}, live=True) == []
    assert paths(hosted, {}) == ["logo_url"]


def test_what_an_answer_leaves_out_is_no_change() -> None:
    live = {name: value for name, value in SUPPORT.items() if name not in ("languages", "default_locale")}
    assert changes(live, SUPPORT, live=True) == []
    assert [each.path for each in changes(live, SUPPORT)] == ["default_locale", "languages"]


def test_what_is_not_known_yet_may_be_a_change() -> None:
    assert paths({}, {"description": UNKNOWN}) == ["description"]


def test_the_entries_of_a_list_are_told_apart_by_what_they_mean() -> None:
    new = {"label_text": "New", "is_toll_free": True, "number": "+918000000001"}
    found = changes({**SUPPORT, "phones": [FIRST, SECOND]}, {**SUPPORT, "phones": [SECOND, new]})
    assert [each.path for each in found] == [f"phones[1].{name}" for name in ("label_text", "number")]
    assert (marks_before(found), marks_after(found)) == ({"phones[0]": "changes"}, {"phones[1]": "changed"})


def test_an_entry_that_comes_and_one_that_goes_are_said_so() -> None:
    comes = changes({**SUPPORT, "phones": [FIRST]}, SUPPORT)
    assert (marks_before(comes), marks_after(comes)) == ({}, {"phones[1]": "new"})
    goes = changes(SUPPORT, {**SUPPORT, "phones": [SECOND]})
    assert (marks_before(goes), marks_after(goes)) == ({"phones[0]": "removed"}, {})
    none = changes(SUPPORT, {name: value for name, value in SUPPORT.items() if name != "phones"})
    assert (marks_before(none), marks_after(none)) == ({"phones": "removed"}, {})


def test_a_field_that_cannot_change_says_what_that_means() -> None:
    (found,) = changes(SUPPORT, {**SUPPORT, "hosting_region": "EUROPE"})
    assert (found.was, found.now, found.note) == ("ASIA_PACIFIC", "EUROPE", "forces a replacement")
