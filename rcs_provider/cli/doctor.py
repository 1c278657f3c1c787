"""`kaleyra-rcs doctor`: what stands between this machine and the account, one line a check."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from . import doctor_checks as checks
from . import doctor_plugin, options, stack_config, terminal
from .doctor_checks import Check, Verdict
from .exit_codes import DONE, FOUND

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .options import Account

COLOURS: Final[Mapping[Verdict, str]] = {
    Verdict.OK: "green",
    Verdict.PROBLEM: "red",
    Verdict.WARNING: "yellow",
    Verdict.SKIPPED: "bright_black",
}
"""Of the marks, on a terminal."""
_INDENT: Final = 22
"""Columns before what a line tells."""
MARKS: Final[Mapping[Verdict, str]] = {
    Verdict.OK: "ok",
    Verdict.PROBLEM: "!!",
    Verdict.WARNING: "! ",
    Verdict.SKIPPED: "--",
}
"""What a line begins with."""


@click.command(short_help="Check this machine, the settings and the account.")
@options.stack_options
@options.as_json
def doctor(stack: str | None, cwd: Path, *, as_json: bool) -> int:
    """Check this machine, the settings, the way to the API and the account.

    Each line begins with ok, with !! for what needs doing, with ! for a warning, or with -- for what could not be
    checked. Ends with code 3 where something needs doing. Makes one call, which changes nothing.
    """
    found: list[Check] = []
    for each in _all(options.find_account(stack or stack_config.selected(cwd), cwd), cwd):
        found.append(each)
        if not as_json:
            terminal.put(_line(each))
    if as_json:
        terminal.put_json([{**asdict(each), "verdict": each.verdict.value} for each in found])
    return FOUND if any(each.verdict is Verdict.PROBLEM for each in found) else DONE


def _all(chosen: Account, folder: Path) -> Iterator[Check]:
    yield from checks.machine()
    yield from doctor_plugin.plugin(folder)
    settings = list(checks.settings(chosen))
    yield from settings
    if chosen.settings.problems or chosen.renamed:
        yield Check("service", Verdict.SKIPPED, "not asked before the settings are sound")
        return
    yield checks.way(chosen.settings.origin)
    if chosen.settings.api_key is None:
        yield Check("service", Verdict.SKIPPED, "not asked without a key")
        return
    yield from checks.service(chosen.settings)


def _line(check: Check) -> str:
    told = f"{check.text.rstrip('.')}. {check.todo}" if check.todo else check.text
    mark = terminal.coloured(MARKS[check.verdict], COLOURS[check.verdict])
    return f"{mark}  {check.name:<16}  {terminal.folded(terminal.shown(told), _INDENT)}"
