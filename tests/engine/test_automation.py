"""The Automation API: one inline program, run for two stacks in one process."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from faces import DYNAMIC
from proves import proves

if TYPE_CHECKING:
    from collections.abc import Callable

    from faces import Face
    from project import Project

    from rcs_simulator import Simulator, World

SCRIPT: Final = """
import json, os, sys
import pulumi
from pulumi import automation as auto
from samples import LEAST
from rcs_provider import RcsAgent, RcsTester

def program():
    agent = RcsAgent("agent", **{**LEAST, "description": f"Of {pulumi.get_stack()}"})
    RcsTester("handset", agent_no=agent.agent_number, phoneno="919000000001")
    pulumi.export("number", agent.agent_number)

found = {}
for name, settings in json.loads(sys.argv[1]).items():
    options = auto.LocalWorkspaceOptions(env_vars=settings.pop("env"))
    stack = auto.create_or_select_stack(name, project_name="inline", program=program, opts=options)
    given = {f"kaleyra:{key}": auto.ConfigValue(value, secret=key == "apiKey") for key, value in settings.items()}
    stack.set_all_config(given)
    up = stack.up()
    again = stack.refresh(expect_no_changes=True)
    types = {each["type"] for each in stack.export_stack().deployment["resources"]}
    found[name] = {
        "number": up.outputs["number"].value,
        "first": up.summary.resource_changes,
        "second": again.summary.resource_changes,
        "types": sorted(each for each in types if not each.startswith("pulumi:")),
        "warned": "kaleyra:retries: unknown setting; did you mean maxRetries?" in up.stdout,
    }
    if name == "na":
        stack.destroy()
print(json.dumps(found))
"""


@proves("E17", "E23")
def test_one_inline_program_runs_for_two_stacks_in_one_process(
    make: Callable[..., Project], simulator: Simulator, world: World, face: Face
) -> None:
    # The plugin refuses it on its provider's row.
    unknown = {"retries": "0"} if face is DYNAMIC else {}
    worlds = {"in": world, "na": simulator.world("na")}
    project = make(world=None)
    project.write("script.py", SCRIPT)
    stacks = {
        name: {
            "pod": name,
            "sid": each.sid,
            "apiKey": each.api_key,
            "endpoint": each.url,
            "deletionPolicy": "delete",
            "face": face.name,
            **unknown,
            "env": {"PULUMI_CONFIG_PASSPHRASE": "public"},
        }
        for name, each in worlds.items()
    }
    done = subprocess.run(
        [sys.executable, "script.py", json.dumps(stacks)],
        cwd=project.folder,
        # The SDK makes a folder for each workspace, and leaves it.
        env={**project.environment(), "TMPDIR": str(project.folder)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    for name, each in worlds.items():
        assert [(one["agent_number"], one["description"]) for one in each.agents(deleted=True)] == [
            (found[name]["number"], f"Of {name}")
        ]
        assert found[name]["first"] == {"create": 3}
        assert found[name]["second"] == {"same": 3}
        assert found[name]["warned"] is bool(unknown)
        assert found[name]["types"] == sorted(face.tokens)
    assert len(worlds["in"].agents()) == 1
    assert worlds["na"].agents() == []
