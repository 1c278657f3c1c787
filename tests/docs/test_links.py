"""Links of every page of the repository lead somewhere, and the files that pages name exist.

The links between pages of the site are also checked by `mkdocs build --strict`, with their anchors.
"""

from __future__ import annotations

import re
import subprocess
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from blocks import ROOT
from markdown_it import MarkdownIt

FILES: Final = [
    Path(name)
    for name in subprocess.check_output(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, text=True
    ).splitlines()
]
"""Every file that git knows or may come to know, below the repository."""
PAGES: Final = sorted(each for each in FILES if each.suffix == ".md")
FOLDERS: Final = {each.parts[0] for each in FILES if len(each.parts) > 1 and not each.parts[0].startswith(".")}
"""What a path of the repository begins with."""
PLACE: Final = re.compile(r"[\w.-]+(/[\w.-]+)+/?")
MADE: Final = ("stacks/Pulumi.STACK.yaml",)
"""Names that stand for others."""


@cache
def _text(page: Path) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def _inline(page: Path, kind: str) -> list[str]:
    """The targets of links, or the pieces of code, within the sentences and tables of a page."""
    tokens = MarkdownIt("commonmark").enable("table").parse(_text(page))
    parts = [part for token in tokens for part in token.children or () if part.type == kind]
    return [str(part.attrs["href"]) if kind == "link_open" else part.content for part in parts]


@cache
def _anchors(page: Path) -> set[str]:
    """The anchors of a page: those of its headings, by the site's rule or GitHub's, and those it writes down."""
    tokens = MarkdownIt("commonmark").enable("table").parse(_text(page))
    headings = [after.content for each, after in pairwise(tokens) if each.type == "heading_open"]
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", each).strip().lower() for each in headings]
    ours = [re.sub(r"[^\w\- ]", "", each).replace(" ", "-") for each in plain]
    return {*ours, *(re.sub("-+", "-", each) for each in ours), *re.findall(r'\bid="([^"]+)"', _text(page))}


def _is_dead(page: Path, link: str) -> bool:
    place, _, anchor = link.partition("#")
    target = (ROOT / page).parent.joinpath(place).resolve() if place else ROOT / page
    if not target.exists():
        return True
    return bool(anchor) and target.suffix == ".md" and anchor not in _anchors(target.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_of_a_page_to_a_file_leads_to_it(page: Path) -> None:
    links = [each for each in _inline(page, "link_open") if not re.match(r"\w+:", each)]
    assert [each for each in links if _is_dead(page, each)] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_file_of_the_repository_that_a_page_names_exists(page: Path) -> None:
    named = [each for each in _inline(page, "code_inline") if PLACE.fullmatch(each) and each not in MADE]
    named = [each for each in named if each.partition("/")[0] in FOLDERS]
    beside = (ROOT / page).parent
    assert [each for each in named if not (ROOT / each).exists() and not (beside / each).exists()] == []


@pytest.mark.parametrize("page", [each for each in PAGES if each.parts[0] == "docs"], ids=str)
def test_a_page_of_the_site_links_to_nothing_outside_of_it(page: Path) -> None:
    """What lies outside is named as code: the site does not have it."""
    places = [each.partition("#")[0] for each in _inline(page, "link_open") if not re.match(r"\w+:|#", each)]
    targets = [(ROOT / page).parent.joinpath(each).resolve() for each in places]
    assert [str(each) for each in targets if not each.is_relative_to(ROOT / "docs")] == []
