"""The changelog has the form that docs/versions.md promises, so that adopters find what breaks."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import pytest
from blocks import ROOT

from rcs_provider import __version__

TEXT: Final = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
GROUPS: Final = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
"""Those of Keep a Changelog, in its order."""
MARK: Final = "**Breaking:**"
VERSION: Final = re.compile(r"## (\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?) \((\d{4}-\d{2}-\d{2}|unreleased)\)")


def versions() -> dict[str, str]:
    """The text of each version below its heading, the newest first."""
    parts = re.split(r"^(## .*)$", TEXT, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def lines(text: str) -> list[str]:
    """The entries of a text, each on one line."""
    return [" ".join(each.split()) for each in re.findall(r"^- (.*(?:\n  .*)*)", text, re.MULTILINE)]


def number(heading: str) -> tuple[int, ...]:
    """The version of a heading, by which headings are sorted."""
    return tuple(map(int, re.findall(r"\d+", heading.partition(" (")[0])))


def test_each_heading_is_a_version_and_its_day_newest_first() -> None:
    headings = list(versions())
    found = [VERSION.fullmatch(each) for each in headings]
    assert all(found), headings
    days = [each[2] for each in found if each]
    assert [date.fromisoformat(each).isoformat() for each in days if each != "unreleased"] == [
        each for each in days if each != "unreleased"
    ]
    assert "unreleased" not in days[1:], "only the newest may be without a day"
    assert sorted(headings, key=number, reverse=True) == headings
    assert headings[0].startswith(f"## {__version__} ")


@pytest.mark.parametrize("heading", versions())
def test_the_lines_of_a_version_are_grouped_as_keep_a_changelog_has_it(heading: str) -> None:
    text = versions()[heading]
    groups = re.findall(r"^### (.*)$", text, re.MULTILINE)
    assert groups == [each for each in GROUPS if each in groups]
    assert groups
    for part in re.split(r"^### .*$", text, flags=re.MULTILINE)[1:]:
        assert lines(part)
        assert re.sub(r"^- .*(?:\n  .*)*", "", part, flags=re.MULTILINE).strip() == "", "text outside of the lines"


def test_what_breaks_is_marked_in_one_spelling_at_the_beginning_of_its_line_and_says_what_to_do() -> None:
    marked = [each for each in lines(TEXT) if each.startswith(MARK)]
    assert marked
    assert [each for each in lines(TEXT) if "breaking" in each.removeprefix(MARK).lower()] == []
    without = [each for each in marked if not re.search(r"\. [A-Z].*\.$", each)]
    assert without == [], "one sentence says what breaks, and a further one what to do"


def test_the_page_on_versions_names_the_mark_and_the_form_as_they_are() -> None:
    page = (ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
    assert f"`{MARK}`" in page or MARK in page
    assert "keepachangelog.com" in page
    assert "keepachangelog.com" in TEXT
    assert set(re.findall(r"\*\*Breaking\W*\*\*", page)) == {MARK}
