"""When two values mean the same, and whose spelling is kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proves import proves
from toy_table import TABLE

from rcs_provider.core.compare import FORMS, echoed, merged, outgoing, same
from rcs_provider.core.fields import ABSENT, UNKNOWN, Compare, Field, Type

CONTACTS, LINK, PICTURE, COLOR = TABLE["contacts"], TABLE["link"], TABLE["picture"], TABLE["color"]
PLAN, OWNER, LINKS, TAGS = TABLE["plan"], TABLE["owner"], TABLE["links"], TABLE["tags"]
CALL = {"label": "Call", "free": True, "number": "18001001001"}
OFFICE = {"label": "Office", "free": False, "number": "+91 90000 00001"}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@proves("D16")
@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        (COLOR, "#494e0d", "#494E0D"),
        (COLOR, "#494e0d", " #494e0d "),
        (PLAN, "SINGLE_MESSAGE", "NON-CONVERSATIONAL"),
        (PLAN, "NON_CONVERSATIONAL", "BASIC_MESSAGE"),
        (PLAN, "CONVERSATIONAL", "conversational"),
        (CONTACTS, [CALL], [{**CALL, "number": "+1 800-100.1001"}]),
        (CONTACTS, [CALL, OFFICE], [OFFICE, CALL]),
        (TAGS, ["English", "Hindi"], ["Hindi", "English"]),
        (LINK, {"label": "P", "address": "https://a.example"}, {"address": "https://a.example",
                                                                        "label": "P"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("live", [False, True])
def test_two_spellings_of_one_value_are_the_same(field: Field, one: Any, other: Any, live: bool) -> None:
    assert same(field, one, other, live=live)
    assert same(field, other, one, live=live)


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        (COLOR, "#494e0d", "#494e0e"),
        (PLAN, "CONVERSATIONAL", "SINGLE_MESSAGE"),
        (PLAN, "CONVERSATIONAL_LEGACY", "CONVERSATIONAL"),
        (CONTACTS, [CALL], [{**CALL, "number": "18001001002"}]),
        (CONTACTS, [CALL], [{**CALL, "free": False}]),
        (CONTACTS, [CALL], [CALL, CALL]),
        (CONTACTS, [CALL, CALL], [CALL, OFFICE]),
        (CONTACTS, [CALL], []),
        (TAGS, ["English", "English"], ["English", "Hindi"]),
        (TABLE["name"], "Support", "support"),
        (TABLE["code"], "SUPPORT", "SUPPORT "),
        (PICTURE, "https://a.example/logo.png", "https://a.example/other.png"),
    ],
)
@pytest.mark.parametrize("live", [False, True])
def test_two_values_of_different_meaning_differ(field: Field, one: Any, other: Any, live: bool) -> None:
    assert not same(field, one, other, live=live)
    assert not same(field, other, one, live=live)


@pytest.mark.parametrize(
    "hosted",
    [
        "https://cdn.example/1769590576110-logo.png",
        "https://cdn.example/1769590576110-1752750253172-logo.png",
        "https://cdn.example/deep/er/logo.png?width=3",
    ],
)
def test_a_picture_that_kaleyra_hosts_anew_is_the_same_to_a_read_but_not_to_a_program(hosted: str) -> None:
    ours = "https://www.example.com/logo.png"
    assert same(PICTURE, ours, hosted, live=True)
    assert not same(PICTURE, ours, hosted)


@pytest.mark.parametrize(
    "other",
    [
        "https://cdn.example/176959057611-logo.png",  # twelve digits are no stamp
        "https://cdn.example/1769590576110-logo-2.png",
        "https://cdn.example/",
        "",
    ],
)
def test_a_picture_of_another_name_is_another_picture(other: str) -> None:
    assert not same(PICTURE, "https://www.example.com/logo.png", other, live=True)


def test_two_addresses_without_a_file_name_are_no_picture_in_common() -> None:
    assert not same(PICTURE, "https://a.example/", "https://b.example/", live=True)


@pytest.mark.parametrize("odd", ["http://[", "https://[x]/logo.png", "\x00", "//", "http://a.example:port/x"])
def test_comparing_a_picture_with_a_malformed_address_answers_instead_of_raising(odd: str) -> None:
    assert not same(PICTURE, "https://www.example.com/hero.jpg", odd, live=True)


@proves("D17")
@pytest.mark.parametrize("field", list(TABLE), ids=lambda each: each.name)
def test_what_an_answer_leaves_out_is_unknown_and_no_change(field: Field) -> None:
    assert same(field, "declared", ABSENT, live=True)
    assert same(field, ABSENT, "seen", live=True)
    assert not same(field, "declared", ABSENT)
    assert same(field, ABSENT, ABSENT)


@proves("D17")
def test_a_key_that_a_block_of_the_answer_leaves_out_is_no_change() -> None:
    assert same(CONTACTS, [{**CALL, "country_code": "1"}], [CALL], live=True)
    assert not same(CONTACTS, [{**CALL, "country_code": "1"}], [CALL])
    assert same(OWNER, {"owner_no": "8032"}, {"owner_no": "8032", "owner_name": "Example"}, live=True)
    assert not same(OWNER, {"owner_no": "8032"}, {"owner_no": "8032", "owner_name": "Example"})


@proves("D25")
@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        (COLOR, UNKNOWN),
        (LINK, {"label": UNKNOWN, "address": "https://a.example"}),
        (CONTACTS, [{**CALL, "number": UNKNOWN}]),
        (CONTACTS, [UNKNOWN]),
        (CONTACTS, UNKNOWN),
    ],
)
def test_what_is_not_known_yet_is_never_the_same(field: Field, value: Any, live: bool) -> None:
    assert not same(field, value, value, live=live)
    assert not same(field, UNKNOWN, ABSENT, live=live)
    assert not same(field, ABSENT, UNKNOWN, live=live)


@given(value=JSON)
@pytest.mark.parametrize("field", [COLOR, PLAN, CONTACTS, LINK, PICTURE, TAGS], ids=lambda each: each.name)
def test_every_known_value_is_the_same_as_itself(field: Field, value: Any) -> None:
    assert same(field, value, value)


@given(one=JSON, other=JSON, live=st.booleans())
@pytest.mark.parametrize("field", [COLOR, PLAN, CONTACTS, LINK, TAGS], ids=lambda each: each.name)
def test_comparing_never_raises_and_gives_a_truth(field: Field, one: Any, other: Any, live: bool) -> None:
    assert same(field, one, other, live=live) in (True, False)


MOBILE = {"label": "Mobile", "free": False, "country_code": "91", "number": "73600-00001"}
JOINED = {"label": "Mobile", "free": False, "number": "+917360000001"}


@proves("D16")
@pytest.mark.parametrize(
    ("other", "live", "declared"),
    [
        ({"country_code": "", "number": "+917360000001"}, True, True),
        ({"number": "+91 73600 00001"}, True, True),
        ({"country_code": "", "number": "917360000001"}, True, True),
        ({"country_code": "+91", "number": "7360000001"}, True, True),
        ({"country_code": "91", "number": "+91 7360000001"}, True, True),
        ({"number": "7360000001"}, True, False),  # an answer may leave the code out
        ({"country_code": "1", "number": "7360000001"}, False, False),
        ({"country_code": "", "number": "+17360000001"}, False, False),
        ({"country_code": "1", "number": "+917360000001"}, False, False),
        ({"number": "7360000002"}, False, False),
        ({"country_code": UNKNOWN, "number": "7360000001"}, False, False),
        ({"country_code": "91", "number": UNKNOWN}, False, False),
    ],
)
def test_a_phone_contact_is_its_country_code_and_its_number_together(
    other: dict[str, Any], live: bool, declared: bool
) -> None:
    kind = {"label": "Mobile", "free": False}
    assert same(CONTACTS, [MOBILE], [{**kind, **other}], live=True) is live
    assert same(CONTACTS, [MOBILE], [{**kind, **other}]) is declared
    assert same(CONTACTS, [{**kind, **other}], [MOBILE]) is declared


def test_a_contact_whose_answer_leaves_the_number_out_is_unknown_and_no_change() -> None:
    seen = {"label": "Mobile", "free": False}
    assert same(CONTACTS, [MOBILE], [seen], live=True)
    assert echoed(CONTACTS, [MOBILE], [seen], [seen]) == [{**MOBILE, "number": "7360000001"}]


@proves("A5")
@pytest.mark.parametrize(
    ("field", "declared", "raw", "sent"),
    [
        (COLOR, "#494e0d", "#494E0D", "#494E0D"),
        (COLOR, "#494e0d", "#000000", "#494e0d"),
        (PICTURE, "https://a.example/l.png", "https://b.example/1769590576110-l.png", None),
        (PLAN, "SINGLE_MESSAGE", "NON_CONVERSATIONAL", None),
        (LINK, {"label": "P", "address": "https://a.example"},
         {"address": "https://a.example", "label": "O", "revision": 1},
         {"address": "https://a.example", "label": "P", "revision": 1}),
        (CONTACTS, [MOBILE], [{**JOINED, "kind": "x"}], None),
        (CONTACTS, [MOBILE], [{**JOINED, "country_code": ""}], None),
        (CONTACTS, [{**JOINED, "country_code": ""}], [{**MOBILE, "number": "7360000001"}], None),
        (CONTACTS, [MOBILE], [{**JOINED, "number": "7360000001"}], [{**MOBILE, "number": "7360000001"}]),
        (CONTACTS, [CALL, MOBILE], [JOINED, "", {**CALL, "number": "+18001001001"}],
         [JOINED, {**CALL, "number": "+18001001001"}]),
        (CONTACTS, [CALL, OFFICE], [JOINED, {**CALL, "number": "+18001001001"}],
         [{**CALL, "number": "+18001001001"}, {**OFFICE, "number": "+919000000001"}]),
        (CONTACTS, [CALL], [], [CALL]),
        (LINKS, [], [{"label": "Shop", "address": "https://a.example"}], []),
    ],
)  # fmt: skip
def test_what_means_the_same_goes_back_as_the_answer_has_it(field: Field, declared: Any, raw: Any, sent: Any) -> None:
    told = [each for each in raw if each != ""] if isinstance(raw, list) else raw
    assert echoed(field, declared, raw, told) == (raw if sent is None else sent)


@pytest.mark.parametrize("raw", [None, ""])
def test_what_an_answer_does_not_tell_goes_out_as_declared(raw: Any) -> None:
    assert echoed(COLOR, "#494e0d", raw, ABSENT) == "#494e0d"


@pytest.mark.parametrize(
    ("written", "sent"),
    [("+91 (900) 000-00.01", "+919000000001"), ("1800 100 1001", "18001001001"), ("18001001001", "18001001001")],
)
def test_a_contacts_number_goes_out_without_blanks_and_dashes(written: str, sent: str) -> None:
    contact = {**OFFICE, "number": written, "country_code": "+9-1", "label": "A (b) c-d."}
    assert outgoing(CONTACTS, [contact]) == [{**contact, "number": sent}]


def test_every_way_of_comparing_has_a_form() -> None:
    assert set(FORMS) == set(Compare)


def test_merging_keeps_the_declared_spelling_where_the_meaning_is_the_same() -> None:
    assert merged(COLOR, "#494e0d", "#494E0D") == "#494e0d"
    assert merged(PLAN, "SINGLE_MESSAGE", "NON_CONVERSATIONAL") == "SINGLE_MESSAGE"
    assert (
        merged(PICTURE, "https://a.example/l.png", "https://b.example/1769590576110-l.png") == "https://a.example/l.png"
    )
    assert merged(CONTACTS, [CALL, OFFICE], [{**OFFICE, "number": "919000000001"}, CALL]) == [CALL, OFFICE]


def test_merging_shows_the_live_value_where_the_meaning_differs() -> None:
    assert merged(COLOR, "#494e0d", "#000000") == "#000000"
    assert merged(TABLE["name"], "Support", "Help") == "Help"


def test_merging_with_one_side_left_out_gives_the_other() -> None:
    assert merged(COLOR, ABSENT, "#000000") == "#000000"
    assert merged(COLOR, "#000000", ABSENT) == "#000000"
    assert merged(COLOR, ABSENT, ABSENT) is ABSENT


def test_merging_a_block_keeps_declared_keys_that_no_read_returns_and_live_keys_that_nobody_declared() -> None:
    assert merged(OWNER, {"owner_no": "8032"}, {"owner_no": "8032", "owner_name": "Example"}) == {
        "owner_no": "8032", "owner_name": "Example",
    }  # fmt: skip
    assert merged(LINK, {"label": "P", "address": "https://a.example"}, {"address": "https://b.example"}) == {
        "label": "P", "address": "https://b.example",
    }  # fmt: skip


def test_merging_a_list_puts_declared_entries_first_in_declared_order_then_the_strange_ones() -> None:
    strange = {"label": "Strange", "free": False, "number": "1"}
    assert merged(CONTACTS, [CALL, OFFICE], [strange, OFFICE, CALL]) == [CALL, OFFICE, strange]
    assert merged(CONTACTS, [CALL, OFFICE], [OFFICE]) == [OFFICE]


def test_merging_a_list_keeps_the_country_code_that_no_read_returns() -> None:
    whole = {**CALL, "country_code": "1"}
    assert merged(CONTACTS, [whole], [CALL]) == [whole]
    assert merged(CONTACTS, [whole], [OFFICE, CALL]) == [whole, OFFICE]


@given(declared=JSON, seen=JSON)
def test_merging_twice_changes_nothing_more(declared: Any, seen: Any) -> None:
    field = Field(type=Type.TEXT, source="A page", compare=Compare.CASE)
    once = merged(field, declared, seen)
    assert merged(field, once, seen) == once
