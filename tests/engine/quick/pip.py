"""Answers the language host's question for the installed packages, which it looks through for plugins.

It asks `python -m pip list` before every command, and pip takes longer to answer than the engine to preview. The real
one is asked where `tests/tools` runs `make up`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def packages() -> list[dict[str, str]]:
    """The packages on the import path, as `pip list -v --format json` shows them."""
    found = []
    for folder in (each for place in sys.path for each in Path(place).glob("*.dist-info")):
        name, version = folder.stem.split("-")[:2]
        found.append({"name": name.replace("_", "-"), "version": version, "location": str(folder.parent)})
    return found


if __name__ == "__main__":
    if sys.argv[1:2] != ["list"]:
        sys.exit(f"this stands in for `pip list` alone, not for {sys.argv[1:]}")
    print(json.dumps(packages()))  # noqa: T201 - its answer
