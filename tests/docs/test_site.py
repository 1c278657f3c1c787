"""The site can be built, without a warning, and asks nobody else for anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import site_hooks
from blocks import ROOT
from proves import proves

from rcs_provider import __version__

if TYPE_CHECKING:
    from pathlib import Path


@proves("E15")
def test_every_page_is_in_the_site(site: Path) -> None:
    pages = [each.relative_to(ROOT / "docs").with_suffix(".html") for each in (ROOT / "docs").rglob("*.md")]
    assert [str(each) for each in pages if not (site / each).is_file()] == []


def test_no_page_takes_fonts_scripts_or_pictures_from_elsewhere(site: Path) -> None:
    loaded = r'<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)="((?:https?:)?//[^"]+)"'
    found = {url for page in site.rglob("*.html") for url in re.findall(loaded, page.read_text(encoding="utf-8"))}
    assert found == set()


def test_every_page_has_a_title_of_its_own_which_names_the_version(site: Path) -> None:
    pages = [each for each in site.rglob("*.html") if each.name != "404.html"]
    titles = [re.findall(r"<title>(.*?)</title>", each.read_text(encoding="utf-8")) for each in pages]
    assert all(len(each) == 1 and __version__ in each[0] for each in titles)
    assert len({each[0] for each in titles}) == len(pages)
    headings = [re.findall(r"<h1[^>]*>([^<]*)", each.read_text(encoding="utf-8")) for each in pages]
    assert len({each[0] for each in headings}) == len(pages)


def test_every_page_leads_on_and_lets_its_reader_choose_the_theme(site: Path) -> None:
    for page in (each for each in site.rglob("*.html") if each.name != "404.html"):
        text = page.read_text(encoding="utf-8")
        assert "md-footer__link--next" in text or "md-footer__link--prev" in text, page.name
        assert text.count('name="__palette"') == 3, page.name


def test_the_changelog_is_a_page_with_the_newest_release(site: Path) -> None:
    newest = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[0]
    assert newest in (site / "changelog.html").read_text(encoding="utf-8")


def test_drawings_are_in_the_page_where_they_follow_its_theme_and_say_what_they_show(site: Path) -> None:
    text = (site / "concepts.html").read_text(encoding="utf-8")
    shown = re.findall(r'<svg [^>]*class="drawing"[^>]*aria-label="([^"]+)"', text)
    assert len(shown) == len(list((ROOT / "docs" / "pictures").glob("*.svg")))
    assert all(len(each.split()) > 10 for each in shown)
    assert '.svg"' not in text
    fixed = re.findall(r'(?:fill|stroke)(?:="|: ?)(#\w+)', text)
    assert fixed == [], "a colour that no theme changes"


def test_the_address_of_the_repository_comes_from_the_metadata_and_from_nowhere_else() -> None:
    assert site_hooks.repository(["Repository, https://git.example.com/rcs"]) == "https://git.example.com/rcs"
    assert site_hooks.repository([]) is None
    assert "repo_url" not in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
