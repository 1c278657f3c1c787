"""`kaleyra-rcs validate`: stack files, checked as a preview would check them."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rcs_provider.core.text import counted

from . import terminal
from .exit_codes import DONE, FOUND, WRONG_USE
from .options import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .stack_file import StackFile
    from .validate_checks import Finding

_STDIN: Final = "-"

Found = tuple[str, "Finding"]


@click.command(short_help="Check stack files without Pulumi, a network or a key.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--pictures", is_flag=True, help="Fetch the addresses of pictures and pages as well, and check them.")
@click.option("--allow-private", is_flag=True, help="With --pictures: fetch from hosts that are not public, too.")
@as_json
def validate(files: tuple[str, ...], *, pictures: bool, allow_private: bool, as_json: bool) -> int:
    """Check the agents and testers of stack files, all mistakes at once, without Pulumi, a network or a key.

    Each line of the result is FILE:LINE:COLUMN: error or warning: where: what. Encrypted values are not looked at.
    FILE may be - for standard input. Ends with code 3 where there are errors, with 2 where a file cannot be read.

    With --pictures the addresses that agents declare are fetched, each once, and what is found is a warning. Only
    public hosts are fetched from, directly, and no key is sent.
    """
    if allow_private and not pictures:
        raise click.UsageError("--allow-private goes with --pictures")
    read = [(_shown(name), file) for name in files if (file := _read(name)) is not None]
    found = _found(read, pictures=pictures, allow_private=allow_private)
    _put(found, as_json=as_json)
    _sum_up(len(read), [each for _, each in found])
    unread = len(files) - len(read)
    return WRONG_USE if unread else FOUND if any(each.severity == "error" for _, each in found) else DONE


def _read(name: str) -> StackFile | None:
    """A file; None where it cannot be read, which is said."""
    from .stack_file import parse  # noqa: PLC0415 - with its YAML parser, which no other command needs

    try:
        content = sys.stdin.buffer.read() if name == _STDIN else Path(name).read_bytes()
        return parse(content.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        terminal.complain(f"{_shown(name)} cannot be read: {why}")
    return None


def _found(read: Sequence[tuple[str, StackFile]], *, pictures: bool, allow_private: bool) -> list[Found]:
    """All findings, file by file, each file's in the order of its lines."""
    from .validate_checks import findings  # noqa: PLC0415 - with the checks, which no other command needs

    told = [findings(file) for _, file in read]
    if pictures:
        from .validate_pictures import look_at  # noqa: PLC0415 - with HTTP and Pillow, which nothing else here needs

        seen = look_at([file for _, file in read], allow_private=allow_private)
        told = [sorted([*checks, *more]) for checks, more in zip(told, seen, strict=True)]
    return [(name, each) for (name, _), listed in zip(read, told, strict=True) for each in listed]


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
        f"{counted(files, 'file')} checked: {counted(kinds.count('error'), 'error')}, "
        f"{counted(kinds.count('warning'), 'warning')}"
    )
