"""Text for people."""

from __future__ import annotations

import pytest

from rcs_provider.core.text import scrubbed


@pytest.mark.parametrize(
    ("secrets", "text"),
    [
        ((), "key abc, abcd"),
        ((None, ""), "key abc, abcd"),
        (("abc",), "key ***, ***d"),
        (("abc", "abcd"), "key ***, ***"),
        (("nowhere",), "key abc, abcd"),
    ],
    ids=["none", "not-set", "one", "part-of-another", "absent"],
)
def test_each_secret_is_replaced_wherever_it_is(secrets: tuple[str | None, ...], text: str) -> None:
    assert scrubbed("key abc, abcd", secrets) == text
