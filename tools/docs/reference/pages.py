"""All pages by the names of their files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rcs_provider.objects import OBJECTS

from . import changes, configuration, coverage, errors, limits, messages, package, promises, resource, simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER: Final = Path(__file__).resolve().parents[3] / "docs" / "reference"
"""Where the pages are kept."""

PAGES: Final[Mapping[str, Callable[[], str]]] = {
    **{f"{kind.name}.md": partial(resource.page_of, kind) for kind in OBJECTS},
    "limits.md": limits.page,
    "changes.md": changes.page,
    "package.md": package.page,
    "configuration.md": configuration.page,
    "errors.md": errors.page,
    "messages.md": messages.page,
    "coverage.md": coverage.page,
    "simulator.md": simulator.page,
    "promises.md": promises.page,
}


def write(folder: Path) -> None:
    """Writes every page into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
