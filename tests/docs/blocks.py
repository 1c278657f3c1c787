"""The blocks of code in the README and in the pages below docs, and the code within their sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

ROOT: Final = Path(__file__).resolve().parents[2]
PAGES: Final = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

OUTPUTS: Final = ("", "text", "console", "diff")
"""Languages of blocks that show what a command prints."""


_MARK: Final = re.compile(r"<!-- (fragment|types) -->")
_OUTPUT: Final = re.compile(r"<!-- output: (\S+) -->")


@dataclass(frozen=True)
class Block:
    """One block.

    Attributes:
        page: below the repository.
        line: on the page.
        language: first word after the fence.
        text: of the block.
        mark: of the comment before it: `<!-- fragment -->`, names in it come from elsewhere; `<!-- types -->`, only its
            types can be checked, as it looks things up at Kaleyra.
        held: what the last `<!-- output: ... -->` above it on the page says: the file of the test that holds it,
            or `illustration`.
    """

    page: str
    line: int
    language: str
    text: str
    mark: str = ""
    held: str = ""

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def _tokens(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def _blocks(page: Path) -> Iterator[Block]:
    name, before, held = page.relative_to(ROOT).as_posix(), "", ""
    for token in _tokens(page):
        if token.type in ("fence", "code_block"):
            line, mark = token.map[0] + 1 if token.map else 0, _MARK.fullmatch(before)
            yield Block(name, line, token.info.partition(" ")[0], token.content, mark[1] if mark else "", held)
        before = token.content.strip() if token.type == "html_block" else ""
        found = _OUTPUT.fullmatch(before)
        held = found[1] if found else held


BLOCKS: Final = [block for page in PAGES for block in _blocks(page)]


def of(*languages: str) -> list[Block]:
    """The blocks of some languages, in the order of the pages."""
    return [each for each in BLOCKS if each.language in languages]


def spoken() -> Iterator[tuple[str, str]]:
    """Each piece of code within a sentence or a table, with its page."""
    for page in PAGES:
        for token in _tokens(page):
            for part in token.children or ():
                if part.type == "code_inline":
                    yield page.relative_to(ROOT).as_posix(), part.content


def lines(block: Block) -> list[str]:
    """The commands of a block of shell, each on one line."""
    joined = re.sub(r"\\\n\s*", "", block.text)
    return [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
