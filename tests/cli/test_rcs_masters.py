"""`kaleyra-rcs masters`: the values that Kaleyra allows, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_program import Done

pytestmark = pytest.mark.usefixtures("signed_in")


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["plain", "json"])
def test_the_lists_of_allowed_values_come_all_or_one(form: list[str], rcs: Callable[..., Done]) -> None:
    every = json.loads(rcs("masters", *form).out)
    assert "EUROPE" in every["hostingregion"]
    assert json.loads(rcs("masters", "color", *form).out) == {"color": ["#494e0d", "#8a1e1e"]}
    assert every["color"] == ["#494e0d", "#8a1e1e"]


def test_a_list_that_does_not_exist_is_code_1_with_the_names_of_those_that_do(rcs: Callable[..., Done]) -> None:
    done = rcs("masters", "colour&x=1")
    assert (done.code, done.out) == (1, "")
    assert "hostingregion" in done.err
