"""What a terminal gets, and what a pipe gets: tables, control characters, markup and colours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from rcs_program import run_on_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_program import Done

    from rcs_simulator import World

pytestmark = pytest.mark.usefixtures("signed_in")
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
