"""Stacks as released versions left them: what is recorded of each, and how it is brought back to life.

One folder each, `recorded/VERSION/NAME/`: `state.json` (as `pulumi stack export` gives it; the passphrase is that of
`Project`), `world.json` (the simulator's), `program.py`, `declared.json`, and `preview.json`: what happens to each
resource that a preview by the recording version did not call the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World

FOLDER: Final = Path(__file__).with_name("recorded")
ENDPOINT: Final = "http://127.0.0.1:1"
"""Stands in a recorded state for the simulator's address, which is another one each time."""


@dataclass(frozen=True)
class Recording:
    """One recorded stack.

    Attributes:
        folder: that holds it.
    """

    folder: Path

    def __str__(self) -> str:
        return "-".join(self.folder.relative_to(FOLDER).parts)

    def json(self, name: str) -> Any:
        """What one of its files holds."""
        return json.loads((self.folder / f"{name}.json").read_text())

    def revive(self, project: Project, world: World, change: Callable[[Any], None] = lambda _: None) -> None:
        """Gives a new project the recorded program and state, and the simulator the recorded world.

        Args:
            project: without resources.
            world: that the recorded one replaces.
            change: of the deployment, before it is imported.
        """
        world.load(self.json("world"))
        project.write("__main__.py", (self.folder / "program.py").read_text())
        project.write("declared.json", (self.folder / "declared.json").read_text())
        state = json.loads((self.folder / "state.json").read_text().replace(ENDPOINT, world.url))
        change(state["deployment"])
        project.write("state.json", json.dumps(state))
        assert project.pulumi("stack", "import", "--file", "state.json").out == "Import complete.\n"


def recordings(*names: str) -> list[Recording]:
    """The recordings of every version that have one of these names."""
    return [Recording(each) for each in sorted(FOLDER.glob("*/*/")) if each.name in names]
