"""The record of one field: contradictions cannot be written, and tables are read off their declarations."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import pytest
from typing_extensions import NotRequired, TypedDict

from rcs_provider.core.fields import (
    ABSENT,
    UNKNOWN,
    Evidence,
    Field,
    Role,
    Table,
    Type,
    block,
    blocks,
    flag,
    is_block,
    is_list,
    number,
    table,
    text,
    texts,
)
from rcs_provider.objects.agent.fields import TABLE as AGENT
from rcs_provider.objects.tester.fields import TABLE as TESTER

SOUND: dict[str, Any] = {"type": Type.TEXT, "source": "A page"}


class _Inner(TypedDict):
    one: Annotated[str, text(source="A page")]
    """One."""


class _Outer(TypedDict):
    needed: Annotated[str, text(source="A page")]
    """Needed."""
    spare: NotRequired[Annotated[bool, flag(source="A page")]]
    """Spare."""
    inner: Annotated[_Inner, block(_Inner, source="A page")]
    """Inner."""
    many: NotRequired[Annotated[list[_Inner], blocks(_Inner, source="A page")]]
    """Many."""
    words: NotRequired[Annotated[list[str], texts(source="A page")]]
    """Words."""


class _Outputs(TypedDict):
    given: Annotated[float, number(source="A page", role=Role.READ_ONLY)]
    """Given."""


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"source": ""}, "it names no source"),
        ({"role": Role.READ_ONLY, "default": "x"}, "read-only fields have no default"),
        ({"initial": True}, "only settings are sent with the create alone"),
        ({"role": Role.REPLACE, "freezes": True}, "only editable fields freeze"),
        ({"type": Type.LIST}, "lists, and only they, have items"),
        ({"item": Field(**SOUND)}, "lists, and only they, have items"),
        ({"type": Type.BLOCK}, "blocks, and only they, have fields"),
        ({"fields": Table(())}, "blocks, and only they, have fields"),
        ({"open_choices": True}, "there are no choices to be open about"),
    ],
)
def test_a_field_that_contradicts_itself_fails_when_it_is_declared(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(TypeError, match=why):
        Field(**{**SOUND, **wrong})


def test_a_misspelt_attribute_of_a_field_fails_when_it_is_declared() -> None:
    with pytest.raises(TypeError, match="max_lenght"):
        text(source="A page", max_lenght=3)


def test_a_field_cannot_be_changed_after_its_declaration() -> None:
    with pytest.raises(AttributeError):
        Field(**SOUND).source = "Another page"  # type: ignore[misc]


def test_a_key_without_a_record_fails_when_the_table_is_made() -> None:
    class Bare(TypedDict):
        bare: str

    with pytest.raises(TypeError, match=r"Bare\.bare declares 0 fields"):
        table(Bare)


def test_a_key_with_two_records_fails_when_the_table_is_made() -> None:
    class Twice(TypedDict):
        twice: Annotated[str, text(source="A page"), text(source="A page")]

    with pytest.raises(TypeError, match=r"Twice\.twice declares 2 fields"):
        table(Twice)


def test_a_table_has_the_keys_in_declared_order_with_their_names() -> None:
    assert [each.name for each in table(_Outer, _Outputs)] == ["needed", "spare", "inner", "many", "words", "given"]


def test_a_key_is_required_unless_it_is_declared_not_to_be() -> None:
    found = table(_Outer)
    assert [each.name for each in found if each.required] == ["needed", "inner"]


def test_nested_declarations_become_nested_tables() -> None:
    found = table(_Outer)
    inner, many, words = found["inner"].fields, found["many"].item, found["words"].item
    assert inner is not None
    assert inner["one"].doc == "One."
    assert many is not None
    assert many.fields is not None
    assert many.fields["one"].required
    assert words is not None
    assert words.type is Type.TEXT


def test_inputs_outputs_and_what_is_sent_are_told_apart_by_role() -> None:
    class Mixed(TypedDict):
        sent: Annotated[str, text(source="A page")]
        kept: Annotated[str, text(source="A page", role=Role.SETTING)]
        fixed: Annotated[str, text(source="A page", role=Role.REPLACE)]
        given: Annotated[str, text(source="A page", role=Role.READ_ONLY)]

        first: Annotated[str, text(source="A page", role=Role.SETTING, initial=True)]

    found = table(Mixed)
    assert [each.name for each in found.inputs] == ["sent", "kept", "fixed", "first"]
    assert [each.name for each in found.created] == ["sent", "fixed", "first"]
    assert [each.name for each in found.sent] == ["sent", "fixed"]
    assert [each.name for each in found.outputs] == ["given"]
    assert [each.name for each in found if each.restricted] == ["fixed"]


def test_an_unknown_name_in_a_table_raises() -> None:
    with pytest.raises(KeyError):
        table(_Outer)["nowhere"]


def test_the_api_name_is_the_name_unless_another_one_is_given() -> None:
    class Named(TypedDict):
        uuid: Annotated[str, text(source="A page", wire="id")]
        plain: Annotated[str, text(source="A page")]

    assert [each.key for each in table(Named)] == ["id", "plain"]


def test_the_sentinels_are_readable_and_no_plain_values() -> None:
    assert (repr(UNKNOWN), repr(ABSENT)) == ("UNKNOWN", "ABSENT")
    assert not any(is_block(each) or is_list(each) for each in (UNKNOWN, ABSENT, "text", None, 1, (1,)))
    assert is_block({})
    assert is_list([])


def test_the_words_of_a_field_are_the_docstring_under_its_key() -> None:
    found = table(_Outer)
    assert [each.doc for each in found] == ["Needed.", "Spare.", "Inner.", "Many.", "Words."]
    assert found["words"].item is not None
    assert found["words"].item.doc == "Words."


def test_a_field_of_no_table_has_no_words() -> None:
    assert Field(**SOUND).doc == ""


def _with_nested(fields: Iterable[Field]) -> Iterator[Field]:
    for each in fields:
        yield each
        yield from _with_nested((each.item or each).fields or ())


@pytest.mark.parametrize("each", list(_with_nested([*AGENT, *TESTER])), ids=lambda each: each.name)
def test_every_field_is_documented_by_one_sentence_and_a_page(each: Field) -> None:
    pages = {"Create an Agent", "Update an Agent", "Get Agent by Agent Number", "Register Tester",
             "Get Tester By Agent", "kaleyra-rcs"}  # fmt: skip
    assert each.doc[:1].isupper()
    assert each.doc.endswith(".")
    assert each.source in pages
    assert each.evidence in Evidence
