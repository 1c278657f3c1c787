"""`kaleyra-rcs agents` and `kaleyra-rcs agent`: what they show of an account, as a table and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from rcs_program import cells

from rcs_provider.cli.agents import COLUMNS, leaves
from rcs_provider.core.fields import Role
from rcs_provider.objects.agent.fields import TABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_program import Done

    from rcs_simulator import World

pytestmark = pytest.mark.usefixtures("signed_in")


def test_agents_are_a_line_each_with_tabs_where_no_terminal_reads(rcs: Callable[..., Done], world: World) -> None:
    number = world.seed_agent(service_code="SHOP", display_name="Shop with a name that is longer than any column is")
    heading, row = cells(rcs("agents"))
    assert tuple(heading) == COLUMNS
    assert row[:3] == [number, "SHOP", "Shop with a name that is longer than any column is"]


def test_deleted_agents_are_shown_only_when_asked_for(rcs: Callable[..., Done], world: World) -> None:
    live, gone = world.seed_agent(), world.seed_agent(status="DELETED")
    assert [row[0] for row in cells(rcs("agents"))[1:]] == [live]
    assert [row[0] for row in cells(rcs("agents", "--deleted"))[1:]] == [live, gone]


def test_an_account_without_agents_is_an_empty_list_and_no_error(rcs: Callable[..., Done]) -> None:
    assert len(cells(rcs("agents"))) == 1
    assert rcs("agents", "--json").out == "[]\n"


def test_agents_as_json_have_every_field_whatever_the_answer_left_out(rcs: Callable[..., Done], world: World) -> None:
    world.set(drop_empty=True)
    world.seed_agent(emails=[], description="")
    (found,) = json.loads(rcs("agents", "--json").out)
    assert list(found) == [each.name for each in TABLE if each.role is not Role.SETTING]
    assert found["description"] is None
    assert set(found["phones"][0]) == {"label_text", "is_toll_free", "number", "country_code"}


def test_one_agent_is_shown_field_by_field_with_the_paths_of_messages(rcs: Callable[..., Done], world: World) -> None:
    number = world.seed_agent(service_code="SHOP")
    rows = dict(cells(rcs("agent", number)))
    assert rows["service_code"] == "SHOP"
    assert rows["phones[0].number"] == "18001001001"
    assert rows["privacy.website"] == "https://www.example.com/privacy"
    assert rows["website"] == "[]"


def test_one_agent_as_json_is_one_object(rcs: Callable[..., Done], world: World) -> None:
    number = world.seed_agent()
    assert json.loads(rcs("agent", number, "--json").out)["agent_number"] == number


def test_an_agent_that_does_not_exist_is_code_1_and_named(rcs: Callable[..., Done]) -> None:
    done = rcs("agent", "71732")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: could not read agent 71732: ")


def test_a_value_of_a_type_that_the_field_cannot_have_is_shown_with_a_warning(
    rcs: Callable[..., Done], world: World
) -> None:
    number = world.seed_agent(color=["#000000"])
    done = rcs("agent", number, "--json")
    assert done.code == 0
    assert json.loads(done.out)["color"] == ["#000000"]
    assert done.err == "warning: unexpected answer: `color` is not a string; it is shown as it came\n"


def test_leaves_name_their_place_as_messages_do() -> None:
    assert list(leaves({"phones": [{"number": "1"}]})) == [["phones[0].number", "1"]]
    nested = {"x": {"y": [1, {"z": None}]}, "e": {}, "l": []}
    assert list(leaves(nested)) == [["x.y[0]", 1], ["x.y[1].z", None], ["e", {}], ["l", []]]
