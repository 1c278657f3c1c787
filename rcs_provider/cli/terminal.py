"""All that the command writes: what was asked for on standard output, everything else on standard error.

Foreign text is made one line without control characters, markup in it is never interpreted, and the api-key is taken
out of whatever is written.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TextIO

import click

from rcs_provider.core.errors import RcsError
from rcs_provider.core.fields import is_block, is_list
from rcs_provider.core.text import one_line, scrubbed, user_line

from .exit_codes import BROKEN_PIPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HIDDEN: Final[set[str]] = set()
COLOURS: Final[Mapping[str, str]] = {"error": "red", "warning": "yellow"}
"""Of the word that a line begins with, on a terminal."""
_KEPT: Final = 3
"""Columns of a table that are shown on every terminal."""
_GAP: Final = 3
"""Columns of a terminal between two of a table."""
_LONGEST: Final = 10_000
"""Characters of one cell, which no field of the API comes near."""


def hide(secret: str | None) -> None:
    """Takes a secret out of everything that is written from now on."""
    if secret:
        _HIDDEN.add(secret)


def complain(message: str) -> None:
    """Shows why the command failed: one line."""
    say(message, "error")


def say(message: str, level: str = "info", *, ephemeral: bool = False) -> None:
    """Speaks to the user on standard error; see `client.Say`."""
    del ephemeral  # a line of its own does less harm than one that is overwritten
    mark = "" if level == "info" else coloured(f"{level}:", COLOURS[level]) + " "
    with suppress(OSError):  # nobody listens any more
        click.echo(_writable(mark + user_line(message, _HIDDEN), sys.stderr), err=True)


def coloured(text: str, colour: str) -> str:
    """A text in a colour, which `put` and `say` leave out where no terminal reads."""
    return text if is_plain() else click.style(text, fg=colour)


def folded(text: str, indent: int) -> str:
    """A text whose lines after the first are indented, folded between words to a terminal's width; else as it is."""
    if not sys.stdout.isatty():
        return text
    width = max(shutil.get_terminal_size().columns - indent, indent)
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return f"\n{' ' * indent}".join(lines)


def put(text: str) -> None:
    """Writes lines that were asked for. Where the reader has gone away, the program ends quietly.

    Raises:
        RcsError: they cannot be written, as on a disk that is full.
    """
    try:
        click.echo(_writable(scrubbed(text, _HIDDEN), sys.stdout))
    except OSError as error:
        # Python would try once more to write what is left when it ends, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise click.exceptions.Exit(BROKEN_PIPE) from None
        raise RcsError(f"standard output cannot be written: {error.strerror}") from None


def _writable(text: str, stream: TextIO) -> str:
    """A text without what the stream's encoding has no bytes for."""
    return text.encode(stream.encoding or "utf-8", "backslashreplace").decode(stream.encoding or "utf-8")


def put_json(value: Any) -> None:
    """Writes a plain value as JSON, indented, in the order that it has."""
    plain_letters = not (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(_without_secrets(value), indent=2, ensure_ascii=plain_letters)
    # Inside of texts JSON may hold control characters of the upper half, which a terminal obeys.
    put("".join(each if each.isprintable() or each == "\n" else json.dumps(each)[1:-1] for each in text))


def _without_secrets(value: Any) -> Any:
    # Text by text, as a replacement in the finished document could break it.
    if is_block(value):
        return {scrubbed(name, _HIDDEN): _without_secrets(each) for name, each in value.items()}
    if is_list(value):
        return [_without_secrets(each) for each in value]
    return scrubbed(value, _HIDDEN) if isinstance(value, str) else value


def put_table(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Writes rows: as a table on a terminal, else a line each with tabs between the cells, headings first.

    A terminal that is too narrow gets fewer columns, those at the end left out first, and is told which.
    """
    cells = [[shown(each) for each in row] for row in rows]
    if sys.stdout.isatty():
        _put_rich(headings, cells)
    else:
        put("\n".join("\t".join(row) for row in [list(headings), *cells]))


def shown(value: Any) -> str:
    """A value as one cell: text as it is, true and false, nothing for None, and JSON for what is nested."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return scrubbed(one_line(text, limit=_LONGEST), _HIDDEN)


def is_plain() -> bool:
    """Whether colours are not wanted, or the terminal has none."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def _put_rich(headings: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    from rich import box  # noqa: PLC0415 - only a table on a terminal needs it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(color_system=None if is_plain() else "auto", highlight=False)
    count = _fitting([headings, *cells], console.width)
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    for heading in headings[:count]:
        table.add_column(Text(heading), overflow="fold")
    for row in cells:
        # As Text no markup in it is interpreted.
        table.add_row(*(Text(each) for each in row[:count]))
    with console.capture() as capture:
        console.print(table)
    put(capture.get().rstrip("\n"))
    if count < len(headings):
        note = f"The terminal is too narrow for {', '.join(headings[count:])}: --json shows everything."
        for line in folded(note, 0).splitlines():
            say(line)


def _fitting(rows: Sequence[Sequence[str]], width: int) -> int:
    """How many columns, from the first, a terminal of that width can show without folding a cell; _KEPT at least."""
    from rich.cells import cell_len  # noqa: PLC0415 - only a table on a terminal needs it

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    counts = range(len(widths), _KEPT, -1)
    return next((each for each in counts if sum(widths[:each]) + _GAP * (each - 1) <= width), min(_KEPT, len(widths)))
