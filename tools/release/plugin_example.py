"""The plugin's archive, installed by the engine and run through one life of an agent and a tester.

Runs in an environment that has the simulator: `python plugin_example.py DIST VERSION`, with `pulumi` on PATH and this
folder's own on PYTHONPATH. DIST holds the archive and the wheel that it asks for, VERSION is as the engine spells it.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rcs_simulator import Simulator
from release import example, plugin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcs_simulator import World

_MACHINES: Final = {"x86_64": "amd64", "aarch64": "arm64"}
_PROGRAM: Final = """\
import pulumi

class Any(pulumi.CustomResource):
    pass

agent = Any("kaleyra:rcs:Agent", "support", {
    "serviceCode": "SUPPORT", "displayName": "Support", "description": "Answers to questions about an order",
    "agentType": "1", "agentUseCase": "TRANSACTIONAL", "billingCategory": "CONVERSATIONAL",
    "logoUrl": "https://www.example.com/logo.png", "heroUrl": "https://www.example.com/hero.png",
    "color": "#0b5cad", "hostingRegion": "ASIA_PACIFIC", "brandDetails": {"brandNo": "10001"},
    "phones": [{"labelText": "Call us", "isTollFree": True, "number": "18000000001"}],
    "privacy": {"labelText": "Privacy", "website": "https://www.example.com/privacy"},
    "website": [{"labelText": "Help", "website": "https://www.example.com/help"}],
    "termsConditions": {"labelText": "Terms", "website": "https://www.example.com/terms"},
})
Any("kaleyra:rcs:Tester", "pilot", {"agentNo": agent.id, "phoneno": "+91 90000 00001"})
"""
"""A program that knows nothing of the package but its types."""


def _write(folder: Path, world: World) -> None:
    (folder / "state").mkdir()
    (folder / "__main__.py").write_text(_PROGRAM)
    (folder / "Pulumi.yaml").write_text(json.dumps({"name": "example", "runtime": "python"}))
    settings = {"kaleyra:pod": "in", "kaleyra:sid": world.sid, "kaleyra:deletionPolicy": "delete"}
    (folder / "Pulumi.dev.yaml").write_text(json.dumps({"config": settings}))
    # The Python of this environment, without the plugin beside it: on PATH the engine would take that.
    (folder / "bin").mkdir()
    for name in ("python", "python3"):
        script = folder / "bin" / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        script.chmod(0o755)


def _environment(folder: Path, world: World, dist: Path) -> Mapping[str, str]:
    found = os.environ["PATH"].split(os.pathsep)
    others = [each for each in found if not (Path(each) / "pulumi-resource-kaleyra").exists()]
    path = os.pathsep.join([str(folder / "bin"), *others])
    return {**example.environment(folder, world), "PATH": path, "PIP_FIND_LINKS": str(dist)}


def main(dist: str, version: str) -> None:
    """Installs the archive for this machine, and runs a stack through it."""
    system = f"{platform.system().lower()}-{_MACHINES.get(platform.machine(), platform.machine())}"
    archive = Path(dist) / plugin.archive_name(version, system)
    with Simulator() as simulator, tempfile.TemporaryDirectory() as name:
        folder, world = Path(name), simulator.world("in")
        _write(folder, world)
        stack = example.Stack(folder, dict(_environment(folder, world, Path(dist))))
        stack.pulumi("plugin", "install", "resource", "kaleyra", f"v{version}", "--file", str(archive))
        stack.pulumi("stack", "init", "dev")
        example.live(stack, world)


if __name__ == "__main__":
    main(*sys.argv[1:])
