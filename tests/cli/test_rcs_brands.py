"""`kaleyra-rcs brands`: the account's brands, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_program import Done

    from rcs_simulator import World

pytestmark = pytest.mark.usefixtures("signed_in")


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["plain", "json"])
def test_brands_come_as_the_api_has_them(form: list[str], rcs: Callable[..., Done], world: World) -> None:
    world.seed_agent()
    done = rcs("brands", *form)
    assert done.code == 0
    assert json.loads(done.out)[0]["brand_number"] == "8032"
