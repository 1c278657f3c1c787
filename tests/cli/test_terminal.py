"""What a terminal gets, and what a pipe gets: tables, control characters, markup and colours."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from rcs_program import fake_pulumi, run, run_on_terminal

from rcs_provider.cli import terminal
from rcs_provider.cli.doctor import COLOURS, MARKS
from rcs_provider.cli.doctor_checks import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


def test_a_terminal_that_is_too_narrow_gets_fewer_columns_and_no_folded_cell(
    account: dict[str, str], world: World
) -> None:
    number = world.seed_agent(display_name="Example Support", service_code="EXAMPLESUPPORT")
    out = run_on_terminal("agents", env={**account, "TERM": "dumb"}, columns=80)
    heading, _, row, note = out.splitlines()
    assert heading.split() == ["agent_number", "service_code", "display_name", "status", "hosting_region"]
    assert row.split() == [number, "EXAMPLESUPPORT", "Example", "Support", "ACTIVE", "ASIA_PACIFIC"]
    assert note == "The terminal is too narrow for agent_use_case: --json shows everything."


@pytest.mark.parametrize("verdict", list(Verdict))
def test_each_mark_of_the_doctor_has_its_colour_on_a_terminal_alone(
    verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TERM", raising=False)
    assert len(set(COLOURS.values())) == len(Verdict)
    assert terminal.coloured(MARKS[verdict], COLOURS[verdict]).startswith("\x1b[")
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.coloured(MARKS[verdict], COLOURS[verdict]) == MARKS[verdict]


def test_the_doctor_on_a_terminal_is_coloured_and_folds_between_words(account: dict[str, str], tmp_path: Path) -> None:
    path = fake_pulumi(tmp_path / "bin")
    out = run_on_terminal("doctor", env={**account, "PATH": path, "TERM": "xterm"}, columns=80)
    assert "\x1b[32mok\x1b[0m  python " in out
    plain = re.sub(r"\x1b\[\d*m", "", out)
    assert max(map(len, plain.splitlines())) <= 80
    assert f"\n{' ' * 22}plugin and other languages need it." in plain


def test_an_error_is_red_on_a_terminal_and_plain_in_a_pipe(tmp_path: Path) -> None:
    out = run_on_terminal("agents", "-C", str(tmp_path), env={"TERM": "xterm"}, code=2)
    assert out.startswith("\x1b[31merror:\x1b[0m could not list the agents: kaleyra:pod is not set")
    assert run("agents", "-C", str(tmp_path), env={}).err.startswith("error: could not list the agents: ")


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
