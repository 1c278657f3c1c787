# ruff: noqa: INP001, S603 - a script beside shell scripts, not a package, which starts the project's own command
"""Draws the README's picture of a sample agent; run it when the page of `kaleyra-rcs look` has changed.

It needs a Chromium. The picture holds a digest of the page that it was drawn from, by which a test can tell that it is
not out of date.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image
from PIL.PngImagePlugin import PngInfo

ROOT: Final = Path(__file__).resolve().parents[2]
PICTURE: Final = ROOT / "docs" / "pictures" / "agent.png"
LOOK: Final = (
    *(sys.executable, "-m", "rcs_provider", "look"),
    *("stacks/Pulumi.local.yaml", "--files", "rcs_simulator/samples"),
)
"""Makes the page of the two sample agents, with their pictures."""
_AGENT: Final = "support"
_KEY: Final = "page"
_COLOURS: Final = 256


def digest() -> str:
    """A digest of today's page."""
    page = subprocess.run([*LOOK, "--to", "-"], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    return hashlib.sha256(page).hexdigest()


def digest_of_picture() -> str:
    """The digest of the page that the picture was drawn from."""
    with Image.open(PICTURE) as picture:
        return str(picture.info.get(_KEY, ""))


def main() -> None:
    """Draws the picture."""
    about = PngInfo()
    about.add_text(_KEY, digest())
    with TemporaryDirectory() as folder:
        subprocess.run([*LOOK, "--to", f"{folder}/agents.html", "--png", folder], cwd=ROOT, check=True)
        with Image.open(Path(folder, f"{_AGENT}.png")) as drawn:
            # A third of the size, and nobody sees it.
            drawn.convert("RGB").quantize(_COLOURS).save(PICTURE, optimize=True, pnginfo=about)


if __name__ == "__main__":
    main()
