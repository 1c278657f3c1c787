"""Environments in which what was built is installed and tried."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .project import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RELEASE: Final = ROOT / "tools" / "release"
# What the unit and wire tests import, at the releases that requirements-dev.txt pins.
_TEST_TOOLS: Final = ("pytest", "pytest-xdist", "pytest-timeout", "hypothesis")
# The types of programs are held to one release of each checker, whatever is installed.
# An old anyio, which comes with an old starlette, brings a plugin that the pinned pytest refuses; no test needs it.
_TESTS: Final = ("tests/unit", "tests/wire", "--ignore-glob=*/test_typing*.py", "-p", "no:anyio")


@dataclass(frozen=True)
class Environment:
    """One environment.

    Attributes:
        name: what it is called, and the folder below build/release.
        python: the Python that it is made with.
        extras: of the package.
        resolution: of the package's direct dependencies: `highest` or `lowest-direct`, in uv's words.
        tests: whether the unit and wire tests run as well as the example.
        pack: whether the example runs under the example's policy pack.
    """

    name: str
    python: Path
    extras: tuple[str, ...] = ("simulator",)
    resolution: str = "highest"
    tests: bool = False
    pack: bool = False

    @property
    def folder(self) -> Path:
        """Where it is."""
        return ROOT / "build" / "release" / self.name

    def try_out(self, wheel: Path, version: str) -> None:
        """Makes it anew, installs the wheel, and runs what it is for.

        Raises:
            subprocess.CalledProcessError: with the output, where anything fails.
        """
        # With pip, by which the engine asks what is installed.
        run("uv", "venv", "--quiet", "--clear", "--seed", "--python", self.python, self.folder)
        # The wheel's own requirements would count as indirect, and those are never the lowest.
        run("uv", "pip", "compile", "--quiet", "--universal", *self._compile(), "--output-file", self._pins)
        self._install("--requirement", self._pins)
        self._install("--no-deps", wheel)
        run("uv", "pip", "check", "--quiet", "--python", self._program("python"))
        pack = [ROOT / "examples" / "policy" / "__main__.py"] if self.pack else []
        run(self._program("python"), RELEASE / "example.py", ROOT / "README.md", version, *pack)
        if self.tests:
            self._install(*_test_tools())
            run(self._program("pytest"), "-n", "2", *_TESTS)

    def versions(self, names: Sequence[str]) -> str:
        """Releases that were chosen for some of the packages."""
        chosen = dict(line.split("==") for line in self._pins.read_text().split() if "==" in line)
        return ", ".join(f"{name} {chosen[name]}" for name in names)

    @property
    def _pins(self) -> Path:
        return self.folder / "pins.txt"

    def _compile(self) -> list[str | Path]:
        extras = [f"--extra={each}" for each in self.extras]
        return [ROOT / "pyproject.toml", *extras, "--resolution", self.resolution, "--python", self._program("python")]

    def _install(self, *what: str | Path) -> None:
        run("uv", "pip", "install", "--quiet", "--python", self._program("python"), *what)

    def _program(self, name: str) -> Path:
        return self.folder / "bin" / name


def _test_tools() -> list[str]:
    lines = (ROOT / "requirements-dev.txt").read_text().splitlines()
    pins = [line.split("#")[0].strip() for line in lines if "==" in line]
    return [pin for pin in pins if pin.partition("==")[0] in _TEST_TOOLS]


def run(*command: str | Path) -> None:
    """Runs a command in the project's folder; its output is shown only where it fails.

    Raises:
        subprocess.CalledProcessError: with the output.
    """
    subprocess.run(  # noqa: S603
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
