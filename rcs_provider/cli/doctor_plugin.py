"""What the doctor looks at of the provider plugin: which one the engine would start, and whether it is this package's.

The engine takes the entry of the project's file before anything on PATH, and a path there that is no folder stops every
command of the project, also of a stack that does not use the plugin (tried with 3.259.0).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from rcs_provider._version import __version__
from rcs_provider.core.errors import Refusal

from . import plugin_files, project_file
from .doctor_checks import Check, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME: Final = "plugin"
_WRITE: Final = "Run `kaleyra-rcs plugin install`."
_INSTALL: Final = "Install kaleyra-rcs there, or run `kaleyra-rcs plugin install`."


def plugin(folder: Path) -> Iterator[Check]:
    """The plugin that a project in the folder would get: by its own file, or else by PATH."""
    from .plugin_entry import plugin_path  # noqa: PLC0415 - with YAML, which no help needs

    file = project_file.find(folder)
    try:
        written = None if file is None else plugin_path(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, Refusal):
        yield Check(_NAME, Verdict.PROBLEM, f"{file} cannot be read as YAML", "Mend the file: Pulumi needs it, too.")
        return
    if file is not None and written is not None:
        yield _of_project(file, written)
        return
    found = plugin_files.on_path(os.environ.get("PATH", ""))
    if not found:
        text = "neither the project nor PATH has one; only kaleyra:face plugin and other languages need it"
        yield Check(_NAME, Verdict.SKIPPED, text, _WRITE)
        return
    yield _versioned(found[0], f"{found[0]}, from PATH")
    if found[1:]:
        others = ", ".join(str(each) for each in found[1:])
        text = f"PATH has more than one, and the engine takes {found[0]}, not {others}"
        yield Check(_NAME, Verdict.WARNING, text, "Run `kaleyra-rcs plugin install`, which says which one to take.")


def _of_project(file: Path, written: str) -> Check:
    folder = file.parent / written
    if not folder.is_dir():
        text = f"{file.name} takes it from {written}, where there is no folder, so every command of this project fails"
        return Check(_NAME, Verdict.PROBLEM, text, _WRITE)
    executable = folder / plugin_files.NAME
    if (folder / "PulumiPlugin.yaml").is_file():
        return Check(_NAME, Verdict.OK, f"{folder}, which the engine runs by its PulumiPlugin.yaml")
    if not plugin_files.is_executable(executable):
        text = f"{file.name} takes it from {written}, where there is no {plugin_files.NAME}"
        return Check(_NAME, Verdict.PROBLEM, text, _INSTALL)
    return _versioned(executable, f"{executable}, from {file.name}")


def _versioned(executable: Path, told: str) -> Check:
    found = plugin_files.version(executable)
    if found is None:
        text = f"{told}, does not start: its environment is gone, or it is another package's"
        return Check(_NAME, Verdict.PROBLEM, text, _INSTALL)
    if found != __version__:
        text = f"{told}, has version {found}, and this kaleyra-rcs has {__version__}"
        return Check(_NAME, Verdict.PROBLEM, text, "Install the same version of kaleyra-rcs in both environments.")
    return Check(_NAME, Verdict.OK, f"{told}, {found}")
