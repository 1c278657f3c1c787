"""Environments in which what was built is installed and tried."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rcs_provider._version import semantic

from .project import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RELEASE: Final = ROOT / "tools" / "release"
# What the tests import, at the releases that requirements-dev.txt pins.
_TEST_TOOLS: Final = ("pytest", "pytest-xdist", "pytest-timeout", "hypothesis")
# The types of programs are held to one release of each checker, whatever is installed.
# An old anyio, which comes with an old starlette, brings a plugin that the pinned pytest refuses; no test needs it.
_WITHOUT: Final = ("--ignore-glob=*/test_typing*.py", "--ignore=tests/program/test_editors.py", "-p", "no:anyio")

SDK_TESTS: Final = ("tests/dynamic/test_sdk_gaps.py", "tests/wire")
"""What holds the private parts of the SDK that are used, and all that a provider does in the SDK's own server."""
FAST_TESTS: Final = tuple(f"tests/{each}" for each in ("api", "core", "dynamic", "export", "objects", "program"))
"""What needs neither a process of its own nor a tool that only requirements-dev.txt installs."""
FACE_TESTS: Final = ("tests/engine", "tests/faults")
"""What `make test` runs a half of over each face of the provider."""


@dataclass(frozen=True)
class Environment:
    """One environment.

    Attributes:
        name: what it is called, and the folder below build/release.
        python: the Python that it is made with.
        extras: of the package.
        resolution: of the package's direct dependencies: `highest` or `lowest-direct`, in uv's words.
        pins: requirements files whose releases are taken instead, where they name one.
        tests: files and folders of tests that run as well as the example.
        pack: whether the example runs under the example's policy pack.
        archive: whether the engine installs the plugin's archive with it, and runs a stack through that.
    """

    name: str
    python: Path
    extras: tuple[str, ...] = ("simulator",)
    resolution: str = "highest"
    pins: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    pack: bool = False
    archive: bool = False

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
        run("uv", "pip", "compile", "--quiet", "--universal", *self._compile(), "--output-file", self._chosen)
        self._install("--requirement", self._chosen)
        self._install("--no-deps", wheel)
        run("uv", "pip", "check", "--quiet", "--python", self._program("python"))
        pack = [ROOT / "examples" / "policy" / "__main__.py"] if self.pack else []
        run(self._program("python"), RELEASE / "example.py", ROOT / "README.md", version, *pack)
        if self.archive:
            run(self._program("python"), RELEASE / "plugin_example.py", wheel.parent, semantic(version))
        if self.tests:
            self._install(*_test_tools())
            run(self._program("pytest"), "-n", "2", *self.tests, *_WITHOUT)

    def versions(self, names: Sequence[str]) -> str:
        """Releases that were chosen for some of the packages."""
        chosen = dict(line.split("==") for line in self._chosen.read_text().split() if "==" in line)
        return ", ".join(f"{name} {chosen[name]}" for name in names)

    @property
    def _chosen(self) -> Path:
        return self.folder / "pins.txt"

    def _compile(self) -> list[str | Path]:
        extras = [f"--extra={each}" for each in self.extras]
        pins = [f"--constraints={ROOT / each}" for each in self.pins]
        how: list[str | Path] = ["--resolution", self.resolution, "--python", self._program("python")]
        return [ROOT / "pyproject.toml", *extras, *pins, *how]

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
