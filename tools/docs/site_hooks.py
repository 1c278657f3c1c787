# ruff: noqa: INP001 - MkDocs loads it as a file
"""What MkDocs asks while it builds the site: version, repository, changelog, drawings, and pages' rank in search."""

from __future__ import annotations

import html
import re
from importlib.metadata import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.structure.files import File

from rcs_provider._version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT: Final = Path(__file__).resolve().parents[2]

CHANGELOG: Final = "changelog.md"
"""The page that is the repository's CHANGELOG.md."""

_BEHIND: Final = 0.0005
"""A hit in a title counts a thousand times, and is to count less than one in the text of another page all the same."""
RANKS: Final[Mapping[str, float]] = {
    "how-to/install.md": 2,
    "how-to/what-to-do-when.md": 2,
    **dict.fromkeys(
        (
            "reference/promises.md",
            "fault-matrix.md",
            "benchmarks.md",
            "reference/coverage.md",
            "questions.md",
            "release.md",
            CHANGELOG,
        ),
        _BEHIND,
    ),
}
"""The factors of pages in search: answers come first, what the package is made of last."""

_DRAWING: Final = re.compile(r'<img alt="([^"]*)" src="([^"]*\.svg)"\s*/?>')


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Shows the version in the header and in titles, and links to the repository if pyproject.toml names one."""
    config.site_name = f"{config.site_name} {__version__}"
    config.repo_url = repository(metadata("kaleyra-rcs").get_all("Project-URL") or ())
    return config


def repository(urls: Iterable[str]) -> str | None:
    """The address of the repository: `Repository` under `[project.urls]` in pyproject.toml, the one place for it."""
    found = dict(each.split(", ", 1) for each in urls)
    return found.get("Repository")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the changelog, whose links go from the repository's folder."""
    text = ROOT.joinpath("CHANGELOG.md").read_text(encoding="utf-8").replace("](docs/", "](")
    files.append(File.generated(config, CHANGELOG, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Gives a page its rank in search."""
    if page.file.src_uri in RANKS:
        page.meta["search"] = {"boost": RANKS[page.file.src_uri]}
    return markdown


def on_page_content(text: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Puts drawings into the page itself, where they take the colours of its theme."""

    def drawn(found: re.Match[str]) -> str:
        folder = Path(config.docs_dir, page.file.src_uri).parent
        return drawing((folder / found[2]).read_text(encoding="utf-8"), html.unescape(found[1]))

    return _DRAWING.sub(drawn, text)


def drawing(svg: str, words: str) -> str:
    """The elements of a drawing, which says in words what it shows."""
    label = f'aria-label="{html.escape(words)}"'
    return re.sub(r'aria-labelledby="[^"]*"', lambda _: label, svg, count=1).strip()
