"""What a run that was refused tells, wherever the face in use tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from faces import DYNAMIC, PLUGIN, Face

if TYPE_CHECKING:
    from project import Run

ENDINGS: Final = ("error: update failed", "error: preview failed")
"""What the engine itself says at the end."""


def errors(run: Run, kind: str, name: str) -> list[str]:
    """The errors of the whole output, all of which must be this resource's; of a failed check without its opening.

    Args:
        run: the command.
        kind: of the resource: "agent" or "tester".
        name: of the resource.
    """
    return _without_openings(run, name, *(each.token(kind) for each in (DYNAMIC, PLUGIN)))


def settings_errors(run: Run, face: Face) -> list[str]:
    """The same for the settings of a stack: the errors are the agent's, or those of the plugin's default provider."""
    if face is DYNAMIC:
        return errors(run, "agent", "agent")
    (row,) = (name for name in run.said if name.startswith("default"))
    return _without_openings(run, row, f"pulumi:providers:{face.package}")


def _without_openings(run: Run, name: str, *types: str) -> list[str]:
    lines = [line for line in run.errors if line not in ENDINGS]
    assert lines == [line for line in run.said[name] if line.startswith("error: ")], run.out
    opening = rf"^error: ({'|'.join(map(re.escape, types))}) resource '{re.escape(name)}' has a problem: "
    return [re.sub(opening, "", line) for line in lines]
