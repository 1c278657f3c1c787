"""Where a Pulumi project's own file is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

NAMES: Final = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")
"""What the file of a project may be called."""


def find(folder: Path) -> Path | None:
    """The file of the project that a folder belongs to; None where it belongs to none."""
    folder = folder.resolve()
    files = (each / name for each in (folder, *folder.parents) for name in NAMES)
    return next((each for each in files if each.is_file()), None)
