"""docs/command-line.md names what the command has: every command, option, exit code and column."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from rcs_provider.cli import agents, exit_codes, testers
from rcs_provider.cli.doctor import MARKS
from rcs_provider.cli.doctor_checks import Verdict
from rcs_provider.cli.main import rcs
from rcs_provider.core.settings import SETTINGS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "command-line.md").read_text()
OPTIONS = sorted({option for command in (rcs, *rcs.commands.values()) for each in command.params for option in each.opts
                  if option.startswith("-")})  # fmt: skip


def test_every_command_has_its_section_in_the_order_of_the_table() -> None:
    sections = re.findall(r"^## kaleyra-rcs (\w+)", PAGE, re.MULTILINE)
    assert sections == re.findall(r"^\| \[`kaleyra-rcs (\w+)", PAGE, re.MULTILINE)
    assert sorted(sections) == sorted(rcs.commands)


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_named(option: str) -> None:
    assert f"`{option}" in PAGE or f" {option} " in PAGE or f"kaleyra-rcs {option}`" in PAGE


def test_the_page_names_no_option_that_does_not_exist() -> None:
    assert set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", PAGE)) <= {*OPTIONS, "--help"}


@pytest.mark.parametrize("name", sorted(rcs.commands))
def test_every_argument_of_a_command_is_in_its_heading(name: str) -> None:
    arguments: list[Any] = [each for each in rcs.commands[name].params if each.param_type_name == "argument"]
    assert all(
        each.human_readable_name in re.findall(rf"^## kaleyra-rcs {name} (.*)", PAGE, re.MULTILINE)
        for each in arguments
    )


def test_the_exit_codes_are_those_of_the_program() -> None:
    codes = [exit_codes.DONE, exit_codes.REFUSED, exit_codes.WRONG_USE, exit_codes.FOUND, exit_codes.INTERRUPTED]
    table = PAGE[PAGE.index("## Exit codes") : PAGE.index("## kaleyra-rcs agents")]
    assert [int(each) for each in re.findall(r"^\| (\d+)", table, re.MULTILINE)] == codes


@pytest.mark.parametrize("columns", [agents.COLUMNS, testers.COLUMNS], ids=["agents", "testers"])
def test_the_tables_shown_have_the_columns_of_today(columns: tuple[str, ...]) -> None:
    assert list(columns) in [line.split() for line in PAGE.splitlines()]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_mark_of_the_doctor_is_explained(verdict: Verdict) -> None:
    assert re.search(rf"^\| `{re.escape(MARKS[verdict])}` \|.*\| `{verdict.value}` \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("variable", [each.env for each in SETTINGS if each.env])
def test_every_variable_is_named(variable: str) -> None:
    assert f"`{variable}`" in PAGE
