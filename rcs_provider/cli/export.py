"""The command that writes an account as a ready project."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rcs_provider import export as core
from rcs_provider.core.settings import FACES

from . import terminal
from .options import of_stack

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from .options import Account


def _name(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"[A-Za-z0-9_.-]{1,100}", value):
        raise click.BadParameter("a name is made of letters, digits, -, _ and ., at most 100 of them")
    return value


@click.command(short_help="Write the account as a ready project with an import file.")
@of_stack
@click.option(
    "--to", "folder", required=True, metavar="DIR", help="Write the project into this folder.",
    type=click.Path(file_okay=False, path_type=Path),
)  # fmt: skip
@click.option(
    "--as", "form", type=click.Choice(core.FORMS), default=core.FORMS[0], show_default=True,
    help="Declare agents and testers as data of the stack, or in a Python program.",
)  # fmt: skip
@click.option(
    "--face", type=click.Choice(FACES), default=FACES[0], show_default=True,
    help="Serve the project by Python's dynamic providers, or by the provider plugin.",
)  # fmt: skip
@click.option("--project", metavar="NAME", callback=_name, help="Name of the new project; else the folder's.")
@click.option("--name", metavar="STACK", callback=_name, help="Name of the new stack; else the pod's.")
@click.option("--secret-phones", is_flag=True, help="Keep testers' numbers in a secret of the stack.")
@click.option("--force", is_flag=True, help="Write over files of the same names.")
def export(  # noqa: PLR0913 - one for each option
    account: Account,
    *,
    folder: Path,
    form: str,
    face: str,
    project: str | None,
    name: str | None,
    secret_phones: bool,
    force: bool,
) -> None:
    """Write the account as a ready project with an import file, and change nothing."""
    account.settings.require_sound()
    core.require_room(folder, force=force)
    with _progress() as told:
        found = core.read_account(account.client(), terminal.say, told)
    stack = name or account.settings.pod or ""
    called = project or core.project_name(folder)
    files = core.project(account.settings, found, form, stack, face, called, secret_phones=secret_phones)
    core.write(folder, files)
    terminal.put(core.report(folder, stack, found, face, form if secret_phones else ""))


@contextmanager
def _progress() -> Generator[Callable[[int, int], None]]:
    """A progress bar on standard error where that is a terminal, and nothing elsewhere."""
    from rich.console import Console  # noqa: PLC0415 - only long work shows progress
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(stderr=True, no_color=terminal.is_plain())
    with Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("Reading agents", total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)
