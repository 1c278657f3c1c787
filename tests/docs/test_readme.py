"""The README is one screen; what it leaves to the pages of settings and changes is there, as the tables say it."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from proves import proves

from rcs_provider.core.fields import Field, Role
from rcs_provider.core.settings import DELETION_POLICIES, ON_EXISTING, SETTINGS, Setting
from rcs_provider.objects.agent.fields import TABLE

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
SETTINGS_PAGE, CHANGES_PAGE = (
    (ROOT / "docs" / "reference" / f"{name}.md").read_text() for name in ("configuration", "changes")
)
LONGEST = 120
"""Lines of the README."""


def rows(page: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| ")
    ]


def row_of(key: str) -> list[str]:
    return next(row for row in rows(SETTINGS_PAGE) if row[0] == f"`{key}`")


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= LONGEST


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    links = re.findall(r"\]\(([^)#]+)", README)
    assert len(links) > 10
    assert [each for each in links if not each.startswith("https://") and not (ROOT / each).exists()] == []


@proves("B20")
def test_the_picture_of_an_agent_is_drawn_from_todays_page() -> None:
    """If not: `.venv/bin/python tools/local/agent_picture.py` draws it again."""
    script = runpy.run_path(str(ROOT / "tools" / "local" / "agent_picture.py"))
    assert script["digest_of_picture"]() == script["digest"]()


def test_the_readme_says_what_it_was_tested_against() -> None:
    status = " ".join(README.split())
    said = "[tested against a simulator written from the vendor's pages; not yet confirmed on the live service]"
    assert f"{said}(docs/reference/coverage.md)" in status
    assert "(tests/contract/README.md)" in status


@proves("E8")
@pytest.mark.parametrize("setting", SETTINGS, ids=lambda each: each.key)
def test_a_page_lists_each_setting_with_its_default_and_variable(setting: Setting) -> None:
    _, _, default, _, variable = row_of(setting.key)
    assert variable == (f"`{setting.env}`" if setting.env else "")
    if setting.default is not None:
        shown = f"{setting.default:g}" if isinstance(setting.default, float) else str(setting.default).lower()
        assert default.strip("`") == shown


def test_the_page_lists_no_setting_that_does_not_exist() -> None:
    table = SETTINGS_PAGE[SETTINGS_PAGE.index("## Settings") : SETTINGS_PAGE.index("## Pods")]
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == [each.key for each in SETTINGS]


@proves("A7")
@pytest.mark.parametrize("field", [each for each in TABLE if each.role is Role.REPLACE], ids=lambda each: each.name)
def test_a_page_names_each_field_that_forces_a_replacement(field: Field) -> None:
    row = next(row for row in rows(CHANGES_PAGE) if row[1].startswith("replaced"))
    assert f"`{field.name}`" in row[0]


@proves("B5")
@pytest.mark.parametrize("field", [each for each in TABLE if each.freezes], ids=lambda each: each.name)
def test_a_page_names_each_field_that_freezes(field: Field) -> None:
    row = next(row for row in rows(CHANGES_PAGE) if "of a verified agent" in row[0])
    assert f"`{field.name}`" in row[0]


@proves("D13")
@pytest.mark.parametrize("choice", [*DELETION_POLICIES, *ON_EXISTING])
def test_a_page_explains_each_policy(choice: str) -> None:
    assert f"`{choice}`" in [row[0].partition(" (")[0] for row in rows(CHANGES_PAGE)]
