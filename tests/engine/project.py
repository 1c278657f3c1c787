"""A Pulumi project in a temporary folder, run by the real engine with a file backend."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import yaml
from declarations import IMPORTS, PROGRAM, QUICK_END
from faces import DYNAMIC, PLUGIN, Face, ours
from offline import OFFLINE, hear_interrupts, told
from vault import PROVIDER, variables

from rcs_provider.core.settings import FACE, config_key
from rcs_provider.objects import OBJECTS
from rcs_provider.objects.stack_keys import data_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcs_simulator import World

HERE: Final = Path(__file__).resolve().parent
TOKENS: Final = (*DYNAMIC.tokens, *PLUGIN.tokens)
"""The types of the package's resources."""
ROOT: Final = HERE.parents[1]
_STACK: Final = "pulumi:pulumi:Stack"

# The engine ends its language host and its providers with this signal, and else waits five seconds for each of them.
hear_interrupts()


@dataclass(frozen=True)
class Run:
    """What one command did.

    Attributes:
        code: its exit code.
        out: standard output and error, as a user sees them.
    """

    code: int
    out: str

    @property
    def errors(self) -> list[str]:
        """The lines that are errors, with their mark."""
        return [line.strip() for line in self.out.splitlines() if re.match(r"\s*error: ", line)]

    @property
    def said(self) -> dict[str, list[str]]:
        """The diagnostics: the lines of each resource by its name, those of the stack under "stack"."""
        found: dict[str, list[str]] = {}
        lines: list[str] = []
        _, _, section = self.out.partition("\nDiagnostics:\n")
        for line in section.splitlines():
            if line and not line.startswith(" "):
                break
            head = re.fullmatch(r"  (\S+) \((.+)\):", line)
            if head:
                lines = found.setdefault("stack" if head[1] == _STACK else head[2], [])
            elif line.strip():
                lines.append(line.strip())
        return found

    def progress(self, name: str) -> list[str]:
        """What the row of a resource told while the command ran, in order, the changed properties left out.

        The last of it stands there until the command ends.
        """
        rows, _, _ = self.out.partition("\nDiagnostics:\n")
        told = re.findall(rf"^ .. \S+ {re.escape(name)} .*?\b((?:info|warning|error): .*\S)", rows, re.MULTILINE)
        return [each for each, before in zip(told, ["", *told], strict=False) if each != before]


@dataclass(frozen=True)
class Preview:
    """A preview's steps by resource name, without the stack and the default provider."""

    code: int
    document: Mapping[str, Any]
    raw: str

    @property
    def ops(self) -> dict[str, str]:
        """What happens to each resource that does not stay the same."""
        return {name: step["op"] for name, step in self.steps.items() if step["op"] != "same"}

    @property
    def steps(self) -> dict[str, dict[str, Any]]:
        """The steps by resource name; of a replacement the one step named replace."""
        found: dict[str, dict[str, Any]] = {}
        for step in self.document.get("steps", ()):
            kind, name = step["urn"].split("::")[-2:]
            token = kind.split("$")[-1]
            is_ours = token in TOKENS or token.startswith("pulumi-python:")
            if is_ours and not step["op"].endswith(("-replacement", "-replaced")):
                found[name] = step
        return found

    def changed(self, name: str) -> list[str]:
        """Paths of the properties that the engine shows as changed, with our names."""
        return sorted(ours(self.steps[name].get("detailedDiff") or {}))

    @property
    def diagnostics(self) -> str:
        """All that was said, a line each."""
        return "".join(each.get("message", "") for each in self.document.get("diagnostics", ()))

    def lines(self, name: str) -> list[str]:
        """What was said about one resource."""
        told = self.document.get("diagnostics", ())
        return [each["message"].strip() for each in told if each.get("urn", "").endswith(f"::{name}")]


def whole(declared: Mapping[str, Any] | None) -> dict[str, Any]:
    """Declared resources by name, each as {"args": ...}, also where it was given as arguments alone."""
    return {name: each if "args" in each else {"args": each} for name, each in (declared or {}).items()}


@dataclass
class Project:
    """One project with one stack.

    Attributes:
        folder: of the project; made here.
        home: Pulumi's own folder.
        world: of the simulator that the calls go to.
        env: further environment; None removes a variable.
        stack: name of the stack.
        pod: what the stack is set to.
        face: that serves its resources.
        passphrase: whether the stack's secrets have a passphrase, instead of a key that the stand-in for Vault keeps.
    """

    folder: Path
    home: Path
    world: World | None
    env: dict[str, str | None] = field(default_factory=dict)
    stack: str = "dev"
    pod: str = "in"
    face: Face = DYNAMIC
    passphrase: bool = False

    def __post_init__(self) -> None:
        """Writes the project's files and makes the stack."""
        for name in ("state", "temporary"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.write_project()
        self.write("__main__.py", QUICK_END + PROGRAM)
        self.declare()
        self._begin()
        settings = {} if self.world is None else {"pod": self.pod, "sid": self.world.sid}
        self.configure(**settings)

    def write_project(self, **more: Any) -> None:
        """Writes Pulumi.yaml, where the plugin is found; `more` goes into it as it stands."""
        runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": sys.prefix}}
        own = {"name": "proof", "runtime": runtime}
        plugin = {"name": PLUGIN.package, "path": str(Path(sys.prefix) / "bin")}
        plugins = {"plugins": {"providers": [plugin]}} if self.face is PLUGIN else {}
        self.write("Pulumi.yaml", json.dumps({**own, **plugins, **more}))

    def write(self, name: str, text: str) -> None:
        """Writes a file of the project."""
        (self.folder / name).write_text(text)

    def configure(self, **settings: Any) -> None:
        """Sets configuration in the stack's file, without the command; the namespaces may be left out."""
        file = self.folder / f"Pulumi.{self.stack}.yaml"
        document = (yaml.safe_load(file.read_text()) if file.exists() else None) or {}
        config = document.setdefault("config", {})
        if self.face is PLUGIN:
            config.setdefault(FACE.config_key, self.face.name)
        config.update({_key(name): value for name, value in settings.items()})
        file.write_text(yaml.safe_dump(document))

    def program(self, body: str) -> None:
        """Gives the project a program of its own; the imports that all of them need stand before it."""
        self.write("__main__.py", QUICK_END + IMPORTS + body)

    def declare(self, agents: Mapping[str, Any] | None = None, testers: Mapping[str, Any] | None = None) -> None:
        """Declares resources by name; plain arguments, or {"args": ..., "opts": ...}."""
        self.write("declared.json", json.dumps({"agents": whole(agents), "testers": whole(testers)}))

    def environment(self) -> dict[str, str]:
        """The environment of a command: the offline variables, the simulator's address, and its key."""
        ambient = {k: v for k, v in os.environ.items() if not k.startswith(("KALEYRA_", "PULUMI_", "VIRTUAL_ENV"))}
        own: dict[str, str | None] = {
            "PULUMI_HOME": str(self.home),
            # Ports are used again: what a killed run left there must not meet another test of the same names.
            "TMPDIR": str(self.folder / "temporary"),
            "PULUMI_BACKEND_URL": f"file://{self.folder}/state",
            "PULUMI_STACK": self.stack,
            "PULUMI_CONFIG_PASSPHRASE": "public",
            **variables(),
            **OFFLINE,
            "PATH": os.pathsep.join([str(Path(sys.prefix) / "bin"), os.environ["PATH"]]),
            "PYTHONPATH": os.pathsep.join(str(each) for each in (ROOT, HERE.parent / "support", HERE / "quick")),
            # Compiled modules are kept, also where the machine would rather not: two interpreters start per command.
            "PYTHONDONTWRITEBYTECODE": None,
        }
        if self.world is not None:
            own |= {"KALEYRA_ENDPOINT": self.world.url, "KALEYRA_API_KEY": self.world.api_key}
        return {name: value for name, value in {**ambient, **own, **self.env}.items() if value is not None}

    def pulumi(self, *arguments: str, timeout: float = 120) -> Run:
        """Runs a command of the CLI in the project's folder."""
        done = told(["pulumi", *arguments, "--non-interactive"], self.folder, self.environment(), timeout)
        return Run(done.returncode, self.face.ours(done.stdout))

    def up(self, *flags: str) -> Run:
        """`pulumi up` that has to succeed."""
        return self._good("up", "--yes", "--skip-preview", *flags)

    def refresh(self, *flags: str) -> Run:
        """`pulumi refresh` that has to succeed."""
        return self._good("refresh", "--yes", "--skip-preview", *flags)

    def destroy(self, *flags: str) -> Run:
        """`pulumi destroy` that has to succeed."""
        return self._good("destroy", "--yes", "--skip-preview", *flags)

    def fails(self, *arguments: str) -> Run:
        """A command that has to fail, without a traceback."""
        run = self.pulumi(*arguments)
        assert run.code != 0, run.out
        assert "Traceback" not in run.out, run.out
        return run

    def fails_in_part(self, *flags: str) -> Run:
        """`pulumi up` that goes on after each error, without a traceback at any resource.

        For an output of a resource that failed, the SDK adds one of its own to the row of the stack.
        """
        run = self.pulumi("up", "--yes", "--skip-preview", "--continue-on-error", *flags)
        assert run.code != 0, run.out
        assert "Traceback" not in "".join(line for name, told in run.said.items() if name != "stack" for line in told)
        return run

    def preview(self, *flags: str) -> Preview:
        """`pulumi preview --json`, whatever comes of it."""
        run = subprocess.run(
            ["pulumi", "preview", "--json", "--non-interactive", *flags],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=120,
            check=False,
        )
        out = self.face.ours(run.stdout)
        return Preview(run.returncode, json.loads(out or "{}"), out + run.stderr)

    def settles(self) -> None:
        """The next preview is empty, and a refresh finds nothing that would change it."""
        assert self.preview().ops == {}
        self.refresh("--expect-no-changes")

    @property
    def state_file(self) -> Path:
        """Where the file backend keeps the stack's state."""
        return self.folder / "state" / ".pulumi" / "stacks" / "proof" / f"{self.stack}.json"

    def export(self) -> dict[str, Any]:
        """The stack's state, read from the backend's own file, as a command for it costs half a second.

        It holds nothing before the first update.
        """
        checkpoint: dict[str, Any] = json.loads(self.state_file.read_text())["checkpoint"]
        return checkpoint.get("latest") or {}

    def resources(self) -> dict[str, dict[str, Any]]:
        """The package's resources in state, by name; their properties have our names."""
        found = self.export().get("resources") or []
        return {each["urn"].split("::")[-1]: _ours(each) for each in found if each["type"] in TOKENS}

    def outputs(self) -> dict[str, Any]:
        """The stack's outputs in state, of which a secret one is encrypted."""
        (stack,) = [each for each in self.export()["resources"] if each["type"] == _STACK]
        found: dict[str, Any] = stack["outputs"]
        return found

    def kept(self) -> dict[str, tuple[Any, ...]]:
        """What state holds of the package's resources, without the times of the engine's own book-keeping."""
        keys = ("id", "inputs", "outputs", "initErrors")
        return {name: tuple(each.get(key) for key in keys) for name, each in self.resources().items()}

    def urn(self, name: str) -> str:
        """The URN of a resource in state."""
        return str(self.resources()[name]["urn"])

    def _begin(self) -> None:
        """Makes the stack: where its state is in the folder, as a copy, since each command costs time."""
        if "PULUMI_BACKEND_URL" in self.env:
            keeper = () if self.passphrase else ("--secrets-provider", PROVIDER)
            self._good("stack", "init", self.stack, *keeper)
            return
        for name, content in _stack(self.stack, passphrase=self.passphrase).items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def _good(self, *arguments: str) -> Run:
        run = self.pulumi(*arguments)
        assert run.code == 0, run.out
        return run


def _ours(resource: dict[str, Any]) -> dict[str, Any]:
    return {key: ours(value) if key in ("inputs", "outputs") else value for key, value in resource.items()}


def _key(name: str) -> str:
    """A key with its namespace: that of the data for what is data, and else that of the settings."""
    if ":" in name:
        return name
    return data_key(name) if name in (each.section for each in OBJECTS) else config_key(name)


@cache
def _stack(name: str, *, passphrase: bool) -> Mapping[str, bytes]:
    """The files of a stack that `pulumi stack init` made, by path; they do not know the project's folder."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        env = {"PULUMI_BACKEND_URL": f"file://{folder}/state"}
        Project(folder, folder / "home", None, env, name, passphrase=passphrase)
        made = [folder / f"Pulumi.{name}.yaml", *folder.glob("state/**/*")]
        return {str(file.relative_to(folder)): file.read_bytes() for file in made if file.is_file()}
