"""Pieces of Markdown that a site and GitHub show alike."""

from __future__ import annotations

import html
import re
import textwrap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTH: Final = 120


def page(title: str, made_from: str, *parts: str) -> str:
    """A whole page: what it is made from, its title, and its parts with a blank line between them."""
    mark = f"<!-- Made by `make docs` from {made_from}: change that, not this. -->"
    return "\n\n".join([mark, f"# {title}", *(part.strip("\n") for part in parts if part)]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a line break in a cell is a space."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    # Escaped bars in code are shown with their backslash by some readers, entities by none.
    shown = re.sub(r"`([^`]*\|[^`]*)`", lambda found: f"<code>{html.escape(found[1])}</code>", " ".join(text.split()))
    return shown.replace("|", "&#124;")


def bullets(lines: Iterable[str]) -> str:
    """A list, wrapped."""
    return "\n".join(filled(line, "- ", "  ") for line in lines)


def filled(text: str, first: str = "", rest: str = "") -> str:
    """One paragraph, wrapped at the width of the sources."""
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def code(*texts: object) -> str:
    """Texts as code, with commas between them."""
    return ", ".join(f"`{text}`" for text in texts)


def block(language: str, text: str) -> str:
    """A block of code."""
    return f"```{language}\n{text.strip()}\n```"


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def sentences(docstring: str | None, count: int = 1) -> str:
    """The first paragraphs of a docstring, each on one line."""
    paragraphs = textwrap.dedent(docstring or "").strip().split("\n\n")
    return "\n\n".join(" ".join(each.split()) for each in paragraphs[:count])
