"""The README's example, run with the installed packages by the real engine against the simulator.

Runs in the environment under test: `python example.py README.md VERSION [PACK]`, with `pulumi` on PATH. With PACK, the
program of a policy pack, the run is stopped by it, and passes once the agent may be deleted.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import rcs_provider
from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rcs_simulator import World


def _require_installed(wanted: str) -> None:
    if not Path(rcs_provider.__file__).is_relative_to(sys.prefix):
        sys.exit(f"{rcs_provider.__file__} is not what was installed into {sys.prefix}")
    if not version("kaleyra-rcs") == rcs_provider.__version__ == wanted:
        sys.exit(f"{version('kaleyra-rcs')} is installed and says {rcs_provider.__version__}, wanted is {wanted}")


def _write(folder: Path, readme: Path, world: World) -> None:
    program = re.search(r"^```python\n(.*?)^```$", readme.read_text(), re.MULTILINE | re.DOTALL)
    if program is None:
        sys.exit(f"{readme} holds no example")
    (folder / "state").mkdir()
    (folder / "__main__.py").write_text(program[1])
    runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": sys.prefix}}
    (folder / "Pulumi.yaml").write_text(json.dumps({"name": "example", "runtime": runtime}))
    settings = {"kaleyra:pod": "in", "kaleyra:sid": world.sid, "kaleyra:deletionPolicy": "delete"}
    (folder / "Pulumi.dev.yaml").write_text(json.dumps({"config": settings}))


def environment(folder: Path, world: World) -> dict[str, str]:
    """The environment of the commands of a stack in a folder."""
    ambient = {
        name: value for name, value in os.environ.items() if not name.startswith(("KALEYRA_", "PULUMI_", "PYTHON"))
    }
    return {
        **ambient,
        "PATH": os.pathsep.join([f"{sys.prefix}/bin", os.environ["PATH"]]),
        "KALEYRA_ENDPOINT": world.url,
        "KALEYRA_API_KEY": world.api_key,
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_BACKEND_URL": f"file://{folder}/state",
        "PULUMI_CONFIG_PASSPHRASE": "public",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
        "PULUMI_SUPPRESS_NEO_LINK": "true",
        "NO_PROXY": "127.0.0.1,localhost",
    }


@dataclass(frozen=True)
class Stack:
    """A stack in a folder, and the environment of its commands."""

    folder: Path
    environment: dict[str, str]

    def pulumi(self, *arguments: str, says: str = "") -> None:
        """Runs a command, which has to succeed, or to fail and say something."""
        command = ["pulumi", *arguments, "--non-interactive"]
        done = subprocess.run(  # noqa: S603
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )
        if (done.returncode != 0) != bool(says) or says not in done.stdout:
            sys.exit(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}")


def _require(true: object, says: str) -> None:
    if not true:
        sys.exit(says)


def _stopped_by(pack: Path, stack: Stack) -> list[str]:
    """The flags of a pack, after it has stopped a preview with what it configures itself."""
    stack.pulumi("preview", "--policy-pack", str(pack), says="[mandatory]  rcs-agents-are-kept")
    config = stack.folder / "policies.json"
    config.write_text(json.dumps({"rcs-agents-are-kept": {"deletable": ["support"]}}))
    return ["--policy-pack", str(pack), "--policy-pack-config", str(config)]


def live(stack: Stack, world: World, flags: Sequence[str] = ()) -> None:
    """Makes an agent and a tester, sees that they settle, and destroys them."""
    stack.pulumi("preview", *flags)
    _require(not world.agents(), "a preview made an agent")
    stack.pulumi("up", "--yes", "--skip-preview", *flags)
    (agent,) = world.agents()
    _require(len(world.testers(agent["agent_number"])) == 1, "there is no tester")
    stack.pulumi("preview", "--refresh", "--expect-no-changes")
    stack.pulumi("destroy", "--yes", "--skip-preview")
    _require(not world.agents(), "the agent is still there")


def main(readme: str, wanted: str, pack: str = "") -> None:
    """Runs the example's agent and tester through their life."""
    _require_installed(wanted)
    with Simulator() as simulator, tempfile.TemporaryDirectory() as name:
        folder, world = Path(name), simulator.world("in")
        _write(folder, Path(readme), world)
        stack = Stack(folder, environment(folder, world))
        stack.pulumi("stack", "init", "dev")
        flags = _stopped_by(Path(pack).resolve(), stack) if pack else []
        live(stack, world, flags)


if __name__ == "__main__":
    main(*sys.argv[1:])
