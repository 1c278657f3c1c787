"""`kaleyra-rcs plugin`: where the provider plugin of this environment is, and the project's entry for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from rcs_provider.core.errors import RcsError, Refusal
from rcs_provider.core.kind import PACKAGE

from . import plugin_files, project_file, terminal
from .options import in_folder

if TYPE_CHECKING:
    from pathlib import Path, PurePath


@click.group(short_help="Show the provider plugin, or write it into a project.")
def plugin() -> None:
    """Show the provider plugin of this environment, and write it into a project."""


@plugin.command(short_help="Write the folder of the plugin.")
def path() -> None:
    """Write the folder that holds pulumi-resource-kaleyra, for an entry under `plugins` in Pulumi.yaml."""
    terminal.put(str(_folder()))


@plugin.command(short_help="Write the plugin into a project's Pulumi.yaml.")
@in_folder
def install(cwd: Path) -> None:
    """Write the plugin of this environment into the Pulumi.yaml of the project in this folder or above it.

    The file gets an entry under `plugins`, and keeps all else as it is. A path below the project is a relative one.
    """
    from .plugin_entry import with_plugin  # noqa: PLC0415 - with YAML, which no help needs

    file = project_file.find(cwd)
    if file is None:
        raise Refusal(f"there is no Pulumi.yaml in {cwd.resolve()} or above it: run it in a project, or say -C DIR")
    written = _written(_folder(), file.parent)
    text = _read(file)
    changed = with_plugin(text, written)
    if changed == text:
        terminal.put(f"{file}: the plugin {PACKAGE} is taken from {written} already")
        return
    _write(file, changed)
    terminal.put(f"{file}: the plugin {PACKAGE} is taken from {written} from now on")


def _folder() -> Path:
    found = plugin_files.here()
    if found is None:
        raise Refusal(
            f"{plugin_files.NAME} is not beside this Python: install kaleyra-rcs into one environment, "
            "and run its kaleyra-rcs"
        )
    return found.parent


def _written(folder: Path, project: Path) -> str:
    """The folder as the project's file names it."""
    resolved: PurePath = folder.parent.resolve() / folder.name
    return resolved.relative_to(project).as_posix() if resolved.is_relative_to(project) else str(folder)


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None


def _write(file: Path, text: str) -> None:
    """Puts the text in place of the file at once, so that nobody finds half of it."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(text.encode())
        beside.chmod(file.stat().st_mode & 0o777)
        beside.replace(file.resolve())
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise RcsError(f"{file} cannot be written: {error.strerror}") from None
