"""`kaleyra-rcs testers`: what it shows of an agent's testers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from rcs_program import cells
from samples import PHONE

from rcs_provider.cli.testers import COLUMNS
from rcs_provider.core.fields import Role
from rcs_provider.objects.tester.fields import TABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_program import Done

    from rcs_simulator import World

pytestmark = pytest.mark.usefixtures("signed_in")


def test_testers_are_shown_with_their_phone_numbers(rcs: Callable[..., Done], world: World) -> None:
    number = world.seed_agent()
    world.seed_tester(number, PHONE)
    heading, row = cells(rcs("testers", number))
    assert tuple(heading) == COLUMNS
    assert row[0] == PHONE
    (found,) = json.loads(rcs("testers", number, "--json").out)
    assert list(found) == [each.name for each in TABLE if each.role is not Role.SETTING]


@pytest.mark.parametrize("form", ["empty", "error"])
def test_an_agent_without_testers_has_none(form: str, rcs: Callable[..., Done], world: World) -> None:
    world.set(no_testers=form)
    assert rcs("testers", world.seed_agent(), "--json").out == "[]\n"
