"""A copy of an example in another language, run by the real engine with a file backend."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from offline import OFFLINE, told
from project import HERE, ROOT, Run
from workshop import FOLDER, NODE, PACKAGES, SITE

if TYPE_CHECKING:
    from workshop import Workshop

    from rcs_simulator import Simulator

SOURCES: Final = {
    "yaml": ROOT / "examples" / "yaml" / "Pulumi.yaml",
    "typescript": ROOT / "examples" / "typescript" / "index.ts",
    "go": ROOT / "examples" / "go" / "main.go",
    "java": ROOT / "examples" / "java" / "src" / "main" / "java" / "com" / "example" / "Agent.java",
    "generated_python": Path(__file__).parent / "generated_python" / "__main__.py",
}
"""The file of each program that says what is declared. Whoever writes Python has no use for generated classes."""
KEPT: Final = ("PATH", "HOME", "JAVA_HOME", "LANG", "XDG_CACHE_HOME")
"""What a command gets of the caller's environment, beside the settings of Go."""
UNTYPED: Final = {"PULUMI_NODEJS_TRANSPILE_ONLY": "true"}
"""Spares a command to check a program in TypeScript whose types another command has checked, or that has none wrong."""


@dataclass(frozen=True)
class Program:
    """One program on its stack `local`.

    Attributes:
        root: stands for the repository's folder, as examples name what they need by paths to it.
        language: a key of `SOURCES`.
        home: Pulumi's own folder.
        simulator: both accounts.
        workshop: hosts, SDKs and packages.
    """

    root: Path
    language: str
    home: Path
    simulator: Simulator
    workshop: Workshop

    def __post_init__(self) -> None:
        """Copies the example, and makes its stack."""
        leave = shutil.ignore_patterns("node_modules", ".venv", "target")
        shutil.copytree(self._original, self.folder, ignore=leave)
        (self.root / ".venv").symlink_to(sys.prefix)
        (self.root / "build").symlink_to(FOLDER / "build")
        if self.language == "typescript":
            (self.folder / "node_modules").symlink_to(PACKAGES)
        for name in ("state", "temporary"):
            (self.root / name).mkdir()
        self.good("stack", "select", "--create", "local")
        if self.language == "yaml":
            self.good("config", "set", "naEndpoint", self.simulator.world("na").url)

    @property
    def folder(self) -> Path:
        """Where the project is."""
        return self.root / "examples" / self.language

    @property
    def source(self) -> str:
        """The text that declares."""
        return self._file.read_text()

    @property
    def _file(self) -> Path:
        return self.folder / SOURCES[self.language].relative_to(self._original)

    @property
    def _original(self) -> Path:
        """The nearest folder of the source that is a project."""
        return next(each for each in SOURCES[self.language].parents if (each / "Pulumi.yaml").exists())

    def replace(self, old: str, new: str) -> None:
        """Changes the first occurrence in the program, which has to be there."""
        assert old in self.source
        self._file.write_text(self.source.replace(old, new, 1))

    @property
    def _hosts(self) -> list[str]:
        """Where Node.js and the hosts are; the one for Python is that of the tests' own `pulumi`."""
        return [] if self.language == "generated_python" else [str(NODE), str(self.workshop.hosts)]

    def environment(self) -> dict[str, str]:
        """The environment of a command: offline, with the addresses of the simulator."""
        pod = self.simulator.world("in")
        return {
            **{name: value for name, value in os.environ.items() if name in KEPT or name.startswith("GO")},
            # Both as where the hosts are built, so that what Go has built there is used here.
            "GOFLAGS": "-trimpath -buildvcs=false",
            "CGO_ENABLED": "0",
            # Half the work for a program that ends at once.
            "MAVEN_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
            "GOWORK": "off",
            "PATH": os.pathsep.join([*self._hosts, os.environ["PATH"]]),
            "PYTHONPATH": os.pathsep.join([str(SITE), str(HERE / "quick")]),
            "TMPDIR": str(self.root / "temporary"),
            "PULUMI_HOME": str(self.home),
            "PULUMI_BACKEND_URL": f"file://{self.root}/state",
            "PULUMI_CONFIG_PASSPHRASE": "local",
            **OFFLINE,
            "KALEYRA_ENDPOINT": pod.url,
            "KALEYRA_API_KEY": pod.api_key,
            "NA_ENDPOINT": self.simulator.world("na").url,
        }

    def pulumi(self, *arguments: str, **variables: str) -> Run:
        """Runs a command of the CLI in the project's folder; the first in Go waits for the compiler."""
        environment = {**self.environment(), **variables}
        done = told(["pulumi", *arguments, "--non-interactive"], self.folder, environment, 900)
        return Run(done.returncode, done.stdout)

    def good(self, *arguments: str, **variables: str) -> str:
        """What a command says that has to succeed."""
        run = self.pulumi(*arguments, **variables)
        assert run.code == 0, run.out
        return run.out

    def change(self, verb: str, **variables: str) -> str:
        """`up` or `destroy`, which has to succeed."""
        return self.good(verb, "--yes", "--skip-preview", **variables)

    def settled(self, *options: str) -> None:
        """The next preview is empty."""
        self.good("preview", "--expect-no-changes", *options)

    def state(self) -> str:
        """The text of the stack's state, as the backend keeps it."""
        return (self.root / "state" / ".pulumi" / "stacks" / self.language / "local.json").read_text()
