"""Values as the page writes them."""

from __future__ import annotations

from typing import Any

import pytest

from rcs_provider.core.fields import ABSENT, UNKNOWN
from rcs_provider.look.texts import text_of, visible, words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Support", "Support"),
        ("सहायता \U0001f44d", "सहायता \U0001f44d"),
        ("क्‍ष", "क्‍ष"),  # with the joiner that the script needs
        ("a\u202eb\u2066c\u200fd", "a[U+202E]b[U+2066]c[U+200F]d"),
        ("a\x00b\nc\x85d\u2028e", "a[U+0000]b[U+000A]c[U+0085]d[U+2028]e"),
        ("a\ud800b", "a[U+D800]b"),
    ],
)
def test_what_cannot_be_seen_is_written_out_and_all_else_stays(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (UNKNOWN, "known after the update"),
        (ABSENT, "nothing"),
        ([], "nothing"),
        (True, "true"),
        (7, "7"),
        ({"label_text": "Call", "country_code": "", "number": "1"}, "Call, 1"),
        ([{"a": "1"}, "2"], "1, 2"),
    ],
)
def test_a_value_has_words(value: Any, said: str) -> None:
    assert words(value) == said


@pytest.mark.parametrize("value", [None, "", ABSENT, []])
def test_a_phone_shows_nothing_where_nothing_is_declared(value: Any) -> None:
    assert text_of(value) == ""
