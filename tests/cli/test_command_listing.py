"""What the listing commands show of an account, and in which form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from rcs_program import run_on_terminal

from rcs_provider.cli.listing import AGENT_COLUMNS, TESTER_COLUMNS
from rcs_provider.cli.shape import leaves, table_of
from rcs_provider.core.fields import Role
from rcs_provider.objects.agent.fields import TABLE as AGENT
from rcs_provider.objects.tester.fields import TABLE as TESTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_program import Done

    from rcs_simulator import World

pytestmark = pytest.mark.usefixtures("signed_in")
PHONE = "919000000001"


def cells(done: Done) -> list[list[str]]:
    """The rows of a run whose output is no terminal, headings first."""
    assert (done.code, done.err) == (0, ""), done
    return [line.split("\t") for line in done.lines]


def test_agents_are_a_line_each_with_tabs_where_no_terminal_reads(rcs: Callable[..., Done], world: World) -> None:
    number = world.seed_agent(service_code="SHOP", display_name="Shop with a name that is longer than any column is")
    heading, row = cells(rcs("agents"))
    assert tuple(heading) == AGENT_COLUMNS
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
    assert list(found) == [each.name for each in AGENT if each.role is not Role.SETTING]
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


def test_testers_are_shown_with_their_phone_numbers(rcs: Callable[..., Done], world: World) -> None:
    number = world.seed_agent()
    world.seed_tester(number, PHONE)
    heading, row = cells(rcs("testers", number))
    assert tuple(heading) == TESTER_COLUMNS
    assert row[0] == PHONE
    (found,) = json.loads(rcs("testers", number, "--json").out)
    assert list(found) == [each.name for each in TESTER if each.role is not Role.SETTING]


@pytest.mark.parametrize("form", ["empty", "error"])
def test_an_agent_without_testers_has_none(form: str, rcs: Callable[..., Done], world: World) -> None:
    world.set(no_testers=form)
    assert rcs("testers", world.seed_agent(), "--json").out == "[]\n"


def test_brands_come_as_the_api_has_them(rcs: Callable[..., Done], world: World) -> None:
    world.seed_agent()
    heading, row = cells(rcs("brands"))
    assert dict(zip(heading, row, strict=True))["brand_number"] == "8032"
    assert json.loads(rcs("brands", "--json").out)[0]["brand_number"] == "8032"


def test_the_lists_of_allowed_values_are_a_line_for_each_value(rcs: Callable[..., Done]) -> None:
    every = cells(rcs("masters"))
    assert ["hostingregion", "EUROPE"] in every
    assert cells(rcs("masters", "color"))[1:] == [row for row in every if row[0] == "color"]
    assert json.loads(rcs("masters", "color", "--json").out) == {"color": ["#494e0d", "#8a1e1e"]}


def test_a_list_that_does_not_exist_is_code_1_with_the_names_of_those_that_do(rcs: Callable[..., Done]) -> None:
    done = rcs("masters", "colour&x=1")
    assert (done.code, done.out) == (1, "")
    assert "hostingregion" in done.err


def test_a_value_of_a_type_that_the_field_cannot_have_is_shown_with_a_warning(
    rcs: Callable[..., Done], world: World
) -> None:
    number = world.seed_agent(color=["#000000"])
    done = rcs("agent", number, "--json")
    assert done.code == 0
    assert json.loads(done.out)["color"] == ["#000000"]
    assert done.err == "warning: unexpected answer: `color` is not a string; it is shown as it came\n"


HOSTILE = "[red]x[/red]\x1b[31m\x9b31m\r\ny\tz\u202e"


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["table", "json"])
def test_text_of_the_api_reaches_no_terminal_as_a_control_character(
    form: list[str], rcs: Callable[..., Done], world: World
) -> None:
    number = world.seed_agent(display_name=HOSTILE)
    for command in (["agents"], ["agent", number]):
        out = rcs(*command, *form).out
        assert "[red]x[/red]" in out
        assert not [each for each in out if not each.isprintable() and each not in "\n\t"]


def test_text_in_json_comes_back_as_it_was(rcs: Callable[..., Done], world: World) -> None:
    world.seed_agent(display_name=HOSTILE + "\U000e0001\u0915")
    assert json.loads(rcs("agents", "--json").out)[0]["display_name"] == HOSTILE + "\U000e0001\u0915"


# on a terminal


def test_a_terminal_gets_a_table_whose_cells_are_whole_however_narrow_it_is(
    account: dict[str, str], world: World
) -> None:
    name = "ἀβγδεζηθικλμνξοπρστυφχψω"  # letters that nothing else on the screen has
    world.seed_agent(display_name=name, service_code="SHOP")
    out = run_on_terminal("agents", env={**account, "TERM": "xterm"}, columns=40)
    assert max(len(line) for line in out.splitlines() if "\x1b" not in line) <= 40
    assert "".join(each for each in out if each in name) == name


def test_markup_in_a_text_is_shown_and_not_obeyed(account: dict[str, str], world: World) -> None:
    world.seed_agent(display_name="[red]Shop[/red] :smile: [link=https://x.y]z[/link]")
    out = run_on_terminal("agents", env={**account, "TERM": "xterm-256color"}, columns=200)
    assert "[red]Shop[/red] :smile: [link=https://x.y]z[/link]" in out
    assert "\x1b[31m" not in out


def test_a_terminal_gets_headings_that_stand_out(account: dict[str, str], world: World) -> None:
    world.seed_agent()
    assert "\x1b[1m" in run_on_terminal("agents", env={**account, "TERM": "xterm"})


@pytest.mark.parametrize("wish", [{"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["no-color", "dumb"])
def test_a_terminal_that_wants_no_colour_gets_no_escape_sequence(
    wish: dict[str, str], account: dict[str, str], world: World
) -> None:
    number = world.seed_agent()
    out = run_on_terminal("agents", env={**account, **wish})
    assert number in out
    assert "\x1b" not in out


# any JSON as a table

SHAPES: list[tuple[Any, list[str], list[list[Any]]]] = [
    ([{"a": 1}, {"b": [2]}], ["a", "b"], [[1, None], [None, [2]]]),
    ({"x": ["1", "2"], "y": []}, ["list", "value"], [["x", "1"], ["x", "2"]]),
    ({"x": [{"id": 1}], "y": [{"id": 2, "n": "z"}]}, ["list", "id", "n"], [["x", 1, None], ["y", 2, "z"]]),
    ({"x": [{"id": 1}, "odd"]}, ["list", "value"], [["x", {"id": 1}], ["x", "odd"]]),
    ({"x": {"y": [1, {"z": None}]}, "e": {}}, ["field", "value"], [["x.y[0]", 1], ["x.y[1].z", None], ["e", {}]]),
    (["one", 2], ["value"], [["one"], [2]]),
    ([], ["value"], []),
    ({}, ["field", "value"], [["", {}]]),
    (None, ["field", "value"], [["", None]]),
    ("text", ["field", "value"], [["", "text"]]),
]


@pytest.mark.parametrize(("value", "headings", "rows"), SHAPES, ids=[str(each[0]) for each in SHAPES])
def test_json_of_any_shape_becomes_a_table_that_holds_all_of_it(
    value: Any, headings: list[str], rows: list[list[Any]]
) -> None:
    assert table_of(value) == (headings, rows)


def test_leaves_name_their_place_as_messages_do() -> None:
    assert list(leaves({"phones": [{"number": "1"}]})) == [["phones[0].number", "1"]]
