"""What the README says of settings and fields is what the tables say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from proves import proves

from rcs_provider.core.fields import Field, Role
from rcs_provider.core.settings import DELETION_POLICIES, ON_EXISTING, SETTINGS, Setting
from rcs_provider.objects.agent.fields import TABLE

README = (Path(__file__).resolve().parents[2] / "README.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in README.splitlines() if line.startswith("| `")]


def row_of(key: str) -> list[str]:
    return next((row for row in ROWS if row[0].split("`")[1] == key), [])


@proves("E8")
@pytest.mark.parametrize("setting", SETTINGS, ids=lambda each: each.key)
def test_the_readme_lists_each_setting_with_its_default_and_variable(setting: Setting) -> None:
    _, _, default, variable = row_of(setting.key)
    assert variable == (f"`{setting.env}`" if setting.env else "")
    if setting.default is not None:
        shown = f"{setting.default:g}" if isinstance(setting.default, float) else str(setting.default).lower()
        assert default.strip("`") == shown


def test_the_readme_lists_no_setting_that_does_not_exist() -> None:
    table = README[README.index("## Settings") : README.index("A preview needs")]
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == [each.key for each in SETTINGS]


@proves("A7")
@pytest.mark.parametrize("field", [each for each in TABLE if each.role is Role.REPLACE], ids=lambda each: each.name)
def test_the_readme_names_each_field_that_forces_a_replacement(field: Field) -> None:
    row = next(row for row in ROWS if row[1].startswith("a new agent"))
    assert f"`{field.name}`" in row[0]


@proves("B5")
@pytest.mark.parametrize("field", [each for each in TABLE if each.freezes], ids=lambda each: each.name)
def test_the_readme_names_each_field_that_freezes(field: Field) -> None:
    row = next(row for row in ROWS if "verified agent" in row[0])
    assert f"`{field.name}`" in row[0]


@proves("D13")
@pytest.mark.parametrize("choice", [*DELETION_POLICIES, *ON_EXISTING])
def test_the_readme_explains_each_policy(choice: str) -> None:
    assert f"`{choice}`" in README
