"""What concepts.md says of changes is what the tables of fields say."""

from __future__ import annotations

from pathlib import Path

import pytest
from proves import proves

from rcs_provider.core.fields import Field, Role
from rcs_provider.objects import OBJECTS
from rcs_provider.objects.agent.fields import TABLE

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "concepts.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("\n## What a change does\n")[2].partition("\n## ")[0]
ROWS = [line.strip("| ").split(" | ") for line in SECTION.splitlines() if line.startswith("| ")]


def row(*words: str) -> list[str]:
    """The first row that has some words."""
    return next(each for each in ROWS if all(word in " ".join(each) for word in words))


@proves("A7")
@pytest.mark.parametrize("field", [each for each in TABLE if each.role is Role.REPLACE], ids=lambda each: each.name)
def test_each_field_that_replaces_an_agent_is_named(field: Field) -> None:
    assert f"`{field.name}`" in row("is replaced by a new one")[0]


@proves("B5")
@pytest.mark.parametrize("field", [each for each in TABLE if each.freezes], ids=lambda each: each.name)
def test_each_field_that_freezes_is_named(field: Field) -> None:
    assert f"`{field.name}`" in row("of a verified agent", "refused")[0]


def test_each_field_that_cannot_change_or_that_is_emptied_is_named() -> None:
    assert {each.name for each in TABLE if each.role is Role.IMMUTABLE} == {row("no update of the API")[0].strip("`")}
    emptied = {each.name for each in TABLE if each.empty_on_removal}
    assert all(f"`{name}`" in row("they are emptied")[0] for name in emptied)


def test_each_name_of_a_field_in_the_table_is_one() -> None:
    known = {each.name for kind in OBJECTS for each in kind.table}
    named = {word for cells in ROWS for word in cells[0].split("`")[1::2]}
    assert named - known == set()
