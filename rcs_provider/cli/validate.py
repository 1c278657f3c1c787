"""`kaleyra-rcs validate`: stack files, checked as a preview would check them."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from . import terminal
from .exit_codes import DONE, FOUND, WRONG_USE
from .options import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .validate_checks import Finding

_STDIN: Final = "-"

Found = tuple[str, "Finding"]


@click.command(short_help="Check stack files without Pulumi, a network or a key.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@as_json
def validate(files: tuple[str, ...], *, as_json: bool) -> int:
    """Check the agents and testers of stack files, all mistakes at once, without Pulumi, a network or a key.

    Each line of the result is FILE:LINE:COLUMN: error or warning: where: what. Encrypted values are not looked at.
    FILE may be - for standard input. Ends with code 3 where there are errors, with 2 where a file cannot be read.
    """
    found: list[Found] = []
    unread = 0
    for name in files:
        try:
            found += [(_shown(name), each) for each in _findings(name)]
        except (OSError, UnicodeDecodeError) as error:
            unread += 1
            why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            terminal.complain(f"{_shown(name)} cannot be read: {why}")
    _put(found, as_json=as_json)
    _sum_up(len(files) - unread, [each for _, each in found])
    return WRONG_USE if unread else FOUND if any(each.severity == "error" for _, each in found) else DONE


def _findings(name: str) -> list[Finding]:
    from .stack_file import parse  # noqa: PLC0415
    from .validate_checks import findings  # noqa: PLC0415 - with its YAML parser, which no other command needs

    content = sys.stdin.buffer.read() if name == _STDIN else Path(name).read_bytes()
    return findings(parse(content.decode("utf-8-sig")))


def _shown(name: str) -> str:
    return "<stdin>" if name == _STDIN else name


def _put(found: Iterable[Found], *, as_json: bool) -> None:
    if as_json:
        terminal.put_json([{"file": name, **asdict(each)} for name, each in found])
        return
    for name, each in found:
        mark = terminal.coloured(each.severity, terminal.COLOURS[each.severity])
        terminal.put(terminal.shown(f"{name}:{each}").replace(f": {each.severity}: ", f": {mark}: ", 1))


def _sum_up(files: int, found: Iterable[Finding]) -> None:
    kinds = [each.severity for each in found]
    terminal.say(
        f"{_count(files, 'file')} checked: {_count(kinds.count('error'), 'error')}, "
        f"{_count(kinds.count('warning'), 'warning')}"
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
