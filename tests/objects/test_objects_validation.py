"""Whether inputs can be right: every limit of every table, just inside and just outside."""

from __future__ import annotations

from typing import Any

import pytest
from fakes import every
from proves import proves
from samples import ALL_INPUTS, LEAST, TESTER_INPUTS, declared, with_value

from rcs_provider.core import validation
from rcs_provider.core.errors import Problem
from rcs_provider.core.fields import UNKNOWN, Field, Role, Table, Type
from rcs_provider.objects import OBJECTS
from rcs_provider.objects.agent.fields import TABLE as AGENT
from rcs_provider.objects.tester.fields import TABLE as TESTER

INPUTS = {"agent": declared(ALL_INPUTS), "tester": dict(TESTER_INPUTS)}
SETS = [(each.name, each.table, INPUTS[each.name]) for each in OBJECTS]

CANARY = "canary value 7f3a"


def _fields(find: Any) -> list[Any]:
    return [
        pytest.param(table, inputs, path, field, id=f"{name}.{path}")
        for name, table, inputs in SETS
        for path, field in every(table, find)
    ]


def _texts(find: Any = lambda _: True) -> list[Any]:
    return _fields(lambda each: each.type is Type.TEXT and find(each))


def _of(table: Table, inputs: dict[str, Any]) -> list[Problem]:
    return list(validation.problems(table, inputs))


def _at(table: Table, inputs: dict[str, Any], path: str, value: Any) -> list[str]:
    """Reasons of the problems at one path after a change there; nothing else may be wrong."""
    found = _of(table, with_value(inputs, path, value))
    assert {each.path for each in found} <= {path}, found
    return [each.reason for each in found]


ONE = ("table", "inputs", "path", "field")


@pytest.mark.parametrize(("table", "inputs"), [(table, inputs) for _, table, inputs in SETS], ids=["agent", "tester"])
def test_full_inputs_have_no_problem(table: Table, inputs: dict[str, Any]) -> None:
    assert _of(table, inputs) == []


def test_the_least_inputs_have_no_problem() -> None:
    assert _of(AGENT, declared(LEAST)) == []


# types

WRONG: dict[Type, list[Any]] = {
    Type.TEXT: [7, 1.5, True, [], {}, ["x"], {"x": "y"}],
    Type.FLAG: ["true", 1, 0.0, [], {}],
    Type.LIST: ["x", 7, True, {}, {"0": "x"}],
    Type.BLOCK: ["x", 7, True, [], [{}]],
}
SAID = {
    Type.TEXT: "must be a string",
    Type.FLAG: "must be true or false",
    Type.LIST: "must be a list",
    Type.BLOCK: "must be a mapping with ",
}
NEEDED = {
    "privacy": "`label_text` and `website`",
    "terms_conditions": "`label_text` and `website`",
    "brand_details": "`brand_no`",
}
"""What a block must have, by its path."""


@proves("B3")
@pytest.mark.parametrize(ONE, _fields(lambda _: True))
def test_a_value_of_a_wrong_type_is_refused_once_and_says_the_right_one(
    table: Table, inputs: dict[str, Any], path: str, field: Field
) -> None:
    for value in WRONG[field.type]:
        reasons = _at(table, inputs, path, value)
        assert SAID[field.type] + NEEDED.get(path, "") in reasons, value
        assert all(each.startswith(("must be", "has ")) for each in reasons)


# mandatory fields


@proves("B3")
@pytest.mark.parametrize(ONE, _fields(lambda each: each.required))
def test_a_mandatory_field_that_is_left_out_is_named(
    table: Table, inputs: dict[str, Any], path: str, field: Field
) -> None:
    if path.endswith("[0]"):
        return  # an entry of a list has no name that could be missing
    stem = path.rpartition(".")[0]
    changed = with_value(inputs, path, "placeholder")
    place: Any = changed
    for part in stem.replace("[0]", ".0").split(".") if stem else []:
        place = place[int(part) if part.isdigit() else part]
    del place[field.name]
    assert Problem(path, "is required") in _of(table, changed)


@proves("B3")
@pytest.mark.parametrize(ONE, _texts(lambda each: each.required and each.role is not Role.SETTING))
@pytest.mark.parametrize("blank", ["", " ", "\t", "\n", "\u00a0", "\u3000"], ids=ascii)
def test_a_mandatory_text_that_is_blank_is_refused(
    table: Table, inputs: dict[str, Any], path: str, field: Field, blank: str
) -> None:
    assert _at(table, inputs, path, blank), field.name


@proves("B3")
@pytest.mark.parametrize(
    ONE, _texts(lambda each: not each.required and not each.choices and not each.numeric and each.name)
)
def test_a_text_that_is_not_mandatory_may_be_empty(
    table: Table, inputs: dict[str, Any], path: str, field: Field
) -> None:
    assert _at(table, inputs, path, "") == [], field.name


# lengths


@proves("B3")
@pytest.mark.parametrize(ONE, _texts(lambda each: each.max_length))
def test_a_text_at_its_limit_passes_and_one_character_more_does_not(
    table: Table, inputs: dict[str, Any], path: str, field: Field
) -> None:
    limit = field.max_length or 0
    assert _at(table, inputs, path, "x" * limit) == []
    assert _at(table, inputs, path, "é" * limit) == []
    assert _at(table, inputs, path, "x" * (limit + 1)) == [
        f"is {limit + 1} characters long, at most {limit} are allowed"
    ]
    assert _at(table, inputs, path, "x" * 1_000_000) == [f"is 1000000 characters long, at most {limit} are allowed"]


@proves("B3")
def test_the_limits_are_those_of_the_pages() -> None:
    assert {path: each.max_length for path, each in every(AGENT, lambda each: each.max_length)} == {
        "display_name": 40, "description": 100, "brand_details.brand_name": 50,
    }  # fmt: skip
    assert {path: each.max_items for path, each in every(AGENT, lambda each: each.max_items)} == {
        "phones": 3, "emails": 3, "website": 3,
    }  # fmt: skip


@proves("B3")
@pytest.mark.parametrize(ONE, _fields(lambda each: each.max_items))
def test_a_list_at_its_limit_passes_and_one_entry_more_does_not(
    table: Table, inputs: dict[str, Any], path: str, field: Field
) -> None:
    entry, limit = inputs[path][0], field.max_items or 0
    assert _at(table, inputs, path, [entry] * limit) == []
    assert _at(table, inputs, path, []) == []
    assert _at(table, inputs, path, [entry] * (limit + 1)) == [f"has {limit + 1} entries, at most {limit} are allowed"]


@pytest.mark.parametrize(ONE, _texts(lambda each: not each.max_length))
def test_a_very_long_text_is_answered_at_once(table: Table, inputs: dict[str, Any], path: str, field: Field) -> None:
    for value in ("x" * 100_000, "1" * 100_000, "a@" + "b." * 50_000, "https://" + "a." * 50_000, "+" + "9 " * 50_000):
        assert all(len(each) < 200 for each in _at(table, inputs, path, value)), field.name


# choices


@proves("B3")
@pytest.mark.parametrize(ONE, _texts(lambda each: each.choices and not each.open_choices))
def test_a_closed_list_takes_its_values_and_no_other(
    table: Table, inputs: dict[str, Any], path: str, field: Field
) -> None:
    for choice in field.choices:
        assert _at(table, inputs, path, choice) == []
    for wrong in (
        field.choices[0].swapcase(),
        f"{field.choices[0]} ",
        "SOMETHING_ELSE",
        field.choices[0].replace("A", "А").replace("e", "е"),  # noqa: RUF001 - Cyrillic letters
    ):
        if wrong not in field.choices:
            assert _at(table, inputs, path, wrong) == [f"must be one of {', '.join(field.choices)}"]


@proves("D15")
@pytest.mark.parametrize(ONE, _texts(lambda each: each.open_choices))
def test_an_open_list_takes_another_value_with_a_warning(
    table: Table, inputs: dict[str, Any], path: str, field: Field
) -> None:
    for choice in field.choices:
        assert list(validation.advice(table, with_value(inputs, path, choice))) == []
    changed = with_value(inputs, path, "99")
    assert _of(table, changed) == []
    assert list(validation.advice(table, changed)) == [
        Problem(path, f"is not one of the documented values {', '.join(field.choices)}")
    ]


@proves("D15")
def test_the_open_lists_are_those_on_which_the_pages_disagree() -> None:
    assert [path for path, _ in every(AGENT, lambda each: each.open_choices)] == [
        "agent_type", "billing_category", "rcs_provider_id", "initial_status",
    ]  # fmt: skip


@pytest.mark.parametrize(ONE, _texts(lambda each: each.advised_length))
def test_a_label_longer_than_documented_is_a_warning_and_no_mistake(
    table: Table, inputs: dict[str, Any], path: str, field: Field
) -> None:
    limit = field.advised_length or 0
    assert limit == 25
    assert list(validation.advice(table, with_value(inputs, path, "x" * limit))) == []
    changed = with_value(inputs, path, "x" * (limit + 1))
    assert _of(table, changed) == []
    assert list(validation.advice(table, changed)) == [
        Problem(path, f"is longer than the {limit} characters that Kaleyra documents")
    ]


# formats

FORMATS: dict[str, tuple[list[str], list[str]]] = {
    "link": (
        ["http://example.com", "https://www.example.com/a?b=c#d", "HTTPS://EXAMPLE.COM", "https://a.example:8443/x",
         "http://wwww.basket.com", "https://xn--bcher-kva.example/", "https://a.example/" + "x" * 3000],
        ["www.example.com", "example.com", "ftp://example.com", "https://", "https:///x", "https://localhost",
         "https://a b.example", "https://a.example/ x", " https://a.example", "https://a.example ", "https://a.example\n",
         "javascript:alert(1)", "https://a.example:port", "https://a.example:70000", "https://[::1",
         "https://bücher.example", "https://ｅxample.com", "https://a.example/\x00",  # noqa: RUF001
         "mailto:a@b.example", "//a.example"],
    ),
    "picture": (
        ["https://a.example/l.png", "https://a.example/l.JPG", "http://a.example/l.jpeg?x=1", "https://a.example/(1)_l.png"],
        ["https://a.example/l.gif", "https://a.example/l", "https://a.example/png", "https://a.example/?l.png",
         "https://a.example/#l.png", "l.png", "https://a.example/l.png ", "https://a.example/l.pnɡ"],  # noqa: RUF001
    ),
    "email": (
        ["a@b.example", "first.last+tag@mail.example.com", "o'neil@b.example", "A_1@B-2.EXAMPLE"],
        ["a", "a@", "@b.example", "a@b", "a@b.", "a@.example", "a b@b.example", "a@b@c.example", "a@b.example ",
         "a@b.example\n", "<a@b.example>", "a@b.example,c@d.example", "a＠b.example", "a@bücher.example", "а@b.example",  # noqa: RUF001
         "a@b.example\x00", "\x00a@b.example"],
    ),
    "color": (
        ["#494e0d", "#FFFFFF", "#000000"],
        ["#94e0d", "494e0d", "#494e0d0", "#49 e0d", "#GGGGGG", "red", "#494e0d\n", " #494e0d",
          "#４94e0d", "#494e0d\x00"],  # noqa: RUF001
    ),
    "phone": (
        ["18001001001", "+919000000001", "+91 90000 00001", "1-800.100 (1001)", "100", "1" * 15],
        ["12", "1" * 16, "++91900", "tel:100100", "90000x", "٩٠٠٠٠٠٠", "９000000",  # noqa: RUF001
          "100\n", "100\x00", "(800) 100", "+"],
    ),
    "mobile": (
        ["919000000001", "+919000000001", "+91 90000 00001", "91-90000-00001", "14155550100", "4915112345678"],
        ["9000000001000000", "91900", "919000000001x", "٩١٩٠٠٠٠٠٠٠٠١", "９19000000001", "+", "00919000000001",  # noqa: RUF001
         "919000000001\x00", "919000000001\n", "999999999999"],
    ),
    "digits": (["0", "71732", "1" * 40], ["7173x", "+71732", "71 732", "７1732", "71732\n", "71732\x00", "-1", "1.0"]),  # noqa: RUF001
    "trimmed": (
        ["Words", " words", "two\u00a0words"],
        ["Words ", "Words\t", "Words\n", "Words\u00a0", "Words\u3000", "a\nb"],
    ),
    "line": (
        ["Words", "Wörter", "言葉", "🙂", "क्\u200dष"],
        ["a\nb", "a\x00b", "a\tb", "a\x1b[31m", "a\u2028b", "a\x9bb", "a\ud800b"],
    ),
}  # fmt: skip


@proves("B3")
@pytest.mark.parametrize(ONE, _texts(lambda each: not each.choices or each.open_choices))
def test_a_format_takes_what_it_says_and_refuses_the_rest_by_the_same_words(
    table: Table, inputs: dict[str, Any], path: str, field: Field
) -> None:
    name = field.format or "line"
    right, wrong = FORMATS[name]
    said = validation.FORMATS[name][1]
    for value in right:
        if not field.max_length or len(value) <= field.max_length:
            assert _at(table, inputs, path, value) == [], ascii(value)
    for value in wrong:
        assert said in _at(table, inputs, path, value), ascii(value)


def test_every_format_has_its_examples_here() -> None:
    used = {each.format for _, table, _ in SETS for _, each in every(table, lambda each: each.format)} | {"line"}
    assert used == set(validation.FORMATS) == set(FORMATS)


@proves("B3")
@pytest.mark.parametrize(ONE, _texts(lambda each: each.name != "resend"))
def test_no_text_that_is_sent_may_hold_a_null_byte(
    table: Table, inputs: dict[str, Any], path: str, field: Field
) -> None:
    if field.role is Role.SETTING and not field.choices:
        return  # the account's own keys come from the settings, which have their own rules
    value = "\x00" if field.max_length is None else "x\x00y"
    assert _at(table, inputs, path, value), field.name


@proves("B3")
def test_a_description_must_not_end_in_a_blank_as_the_console_refuses_that() -> None:
    assert _at(AGENT, declared(ALL_INPUTS), "description", "Answers questions ") == [
        "must be one line that does not end in a space"
    ]


# names


@proves("E2")
def test_the_names_that_there_are_are_those_that_a_user_sets() -> None:
    (found,) = _of(TESTER, {**TESTER_INPUTS, "zzz": 1})
    assert found.reason == "unknown field; there are agent_no, phoneno, resend, on_existing"


@proves("A4")
@pytest.mark.parametrize("name", ["status", "agent_number", "uuid", "id", "verification_state", "integration_name"])
def test_what_only_kaleyra_sets_cannot_be_declared(name: str) -> None:
    assert [each.path for each in _of(AGENT, declared(ALL_INPUTS, **{name: "x"}))] == [name]


# all at once, in order, without values


@proves("E18")
def test_nothing_declared_names_every_mandatory_field() -> None:
    assert [each.path for each in _of(AGENT, {})] == [each.name for each in AGENT.inputs if each.required]
    assert {each.reason for each in _of(AGENT, {})} == {"is required"}


@proves("E9")
@pytest.mark.parametrize(ONE, _fields(lambda _: True))
def test_no_reason_holds_the_value(table: Table, inputs: dict[str, Any], path: str, field: Field) -> None:
    for value in (CANARY, CANARY * 20, [CANARY] * 9, {"zzz": CANARY}, {"website": CANARY, "number": CANARY}):
        changed = with_value(inputs, path, value)
        said = [each.reason for each in (*_of(table, changed), *validation.advice(table, changed))]
        assert CANARY not in " ".join(said), field.name


# what is not known yet


@proves("D25")
@pytest.mark.parametrize(ONE, _fields(lambda _: True))
def test_what_is_not_known_yet_is_skipped_wherever_it_stands(
    table: Table, inputs: dict[str, Any], path: str, field: Field
) -> None:
    changed = with_value(inputs, path, UNKNOWN)
    assert _of(table, changed) == [], field.name
    assert list(validation.advice(table, changed)) == list(validation.advice(table, inputs))
