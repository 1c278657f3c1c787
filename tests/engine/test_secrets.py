"""The api-key: a canary that is looked for in everything that a run leaves behind or prints."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Final

import pytest
from faces import PLUGIN
from proves import proves
from samples import KEY, LEAST

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from project import Project

    from rcs_simulator import World

LOGGED: Final = ("--logtostderr", "-v=9")

BARE: Final = """
import pulumi
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

class Plain(ResourceProvider):
    def configure(self, req):
        self.key = req.config.require("kaleyra:apiKey")
    def create(self, props):
        return CreateResult("1", props)

class Thing(Resource):
    def __init__(self, name, declared):
        super().__init__(Plain(), name, {"description": declared["agents"]["a"]["args"]["description"]})

Thing("thing", json.load(open("declared.json")))
"""
"""As little of a dynamic provider as there can be, with a secret configuration value."""

CHECKED: Final = (
    f"Unmarshaling property for RPC[Provider[#].CheckConfig(urn:pulumi:dev::proof::pulumi:providers:{PLUGIN.package}"
    "::default_#_#_#).inputs]: value={KEY}"
)
"""What the engine's log shows besides of a secret setting that a plugin has checked, as every plugin is asked to."""


def _spellings() -> list[str]:
    """The key as it is, and what its base64 holds at each of the three places at which it may start in a text."""
    encoded = [base64.b64encode(b"x" * start + KEY.encode() + b"x").decode()[4:-4] for start in range(3)]
    return [KEY, *encoded]


def _leaks(text: str) -> set[str]:
    """The kinds of lines that hold the key: their wording without addresses, numbers and the key itself."""
    found: set[str] = set()
    for line in text.splitlines():
        if any(each in line for each in _spellings()):
            logged = json.loads(line)["msg"] if line.startswith('{"time"') else f"console: {line}"
            found.add(re.sub(r"0x[0-9a-f]+|\d+", "#", logged.replace(KEY, "KEY")))
    return found


def _declared(description: str) -> dict[str, dict[str, str]]:
    return {"a": {**LEAST, "description": description}}


HANDSET: Final = {"t": {"agent": "a", "phoneno": "919000000001"}}


def _life(project: Project) -> str:
    """All that is printed while a stack is made, changed, read, shown and destroyed."""
    printed = []

    def run(*arguments: str) -> None:
        done = project.pulumi(*arguments)
        assert done.code == 0, done.out
        printed.append(done.out)

    project.declare(_declared("One"), HANDSET)
    run("up", "--yes", "--skip-preview", *LOGGED)
    project.declare(_declared("Two"), HANDSET)
    run("preview", "--json", *LOGGED)
    run("up", "--yes", "--skip-preview", "--diff", *LOGGED)
    run("refresh", "--yes", "--skip-preview", *LOGGED)
    run("stack", "export")
    run("stack", "history", "--json")
    run("destroy", "--yes", "--skip-preview", *LOGGED)
    return "\n".join(printed)


def _left(project: Project) -> dict[str, set[str]]:
    """The files of the project and of Pulumi's own folder that hold the key, each with the kinds of its lines."""
    files = [file for folder in (project.folder, project.home) for file in folder.rglob("*") if file.is_file()]
    assert any("history" in file.parts for file in files)
    found = {file.name: _leaks(file.read_text(errors="replace")) for file in files}
    return {name: kinds for name, kinds in found.items() if kinds}


@pytest.fixture
def secretive(make: Callable[..., Project], world: World, tmp_path: Path) -> Callable[..., Project]:
    """Makes projects that talk to an account whose key is the canary, tracing their calls."""
    world.set_accounts({world.sid: [KEY]})

    def made(name: str, *, configured: bool) -> Project:
        # Pulumi's own folder is not shared here, as its logs are searched.
        project = make(name, home=tmp_path / f"{name}-home", passphrase=True)
        project.configure(deletionPolicy="delete", debug="true", maxRetries=0)
        project.env["KALEYRA_API_KEY"] = None if configured else KEY
        if configured:
            assert project.pulumi("config", "set", "--secret", "kaleyra:apiKey", KEY).code == 0
        return project

    return made


@proves("E9", "P12")
def test_a_configured_key_is_nowhere_but_where_the_engine_writes_any_secret_setting(
    secretive: Callable[..., Project],
) -> None:
    bare = secretive("bare", configured=True)
    bare.program(BARE)
    bare.declare(_declared("One"))
    # What the engine writes in one update is all that it may write in a whole life of ours.
    forgiven = _leaks(bare.up(*LOGGED).out)
    forgiven_files = set().union(*_left(bare).values())
    # Were this empty, the engine would have learnt to keep quiet, and there would be nothing to forgive.
    assert forgiven
    assert not [kind for kind in forgiven | forgiven_files if kind.startswith("console: ")]
    ours = secretive("ours", configured=True)
    printed = _life(ours)
    assert "/rcs/agent" in printed, "the calls were not traced, so this proves little"
    assert _leaks(printed) <= forgiven | ({CHECKED} if ours.face is PLUGIN else set())
    assert set().union(*_left(ours).values()) <= forgiven_files


@proves("E9", "P12")
def test_a_key_given_by_environment_is_nowhere_at_all(secretive: Callable[..., Project]) -> None:
    project = secretive("ambient", configured=False)
    printed = _life(project)
    assert "/rcs/agent" in printed
    assert _leaks(printed) == set()
    assert _left(project) == {}


@proves("E9")
def test_a_key_that_the_service_itself_repeats_is_masked_in_the_error(
    secretive: Callable[..., Project], world: World
) -> None:
    project = secretive("repeated", configured=False)
    project.declare(_declared("One"))
    error = {"error_code": "PROV_ERROR", "error_message": f"the key {KEY} may not do that"}
    body = {"code": "RCS904", "message": "RCS Agent creation Failed", "data": [], "error": error}
    world.fault("create_agent", {"kind": "status", "status": 400, "body": body})
    refused = project.fails("up", "--yes", *LOGGED)
    assert "the key *** may not do that" in refused.out
    assert _leaks(refused.out) == set()
    assert _left(project) == {}


@proves("E9", "A13", "P12")
def test_traced_calls_mask_the_sid_and_phone_numbers(secretive: Callable[..., Project], world: World) -> None:
    project = secretive("traced", configured=False)
    project.declare(_declared("One"), HANDSET)
    run = project.up()
    lines = [line for line in run.said["t"] if "/rcs/agenttester/register" in line]
    assert len(lines) == 1
    assert "***01" in lines[0]
    assert "919000000001" not in run.out
    assert f"/{world.sid}/" not in run.out


@proves("E9")
def test_the_key_of_an_explicit_provider_is_secret(secretive: Callable[..., Project], world: World) -> None:
    project = secretive("explicit", configured=False)
    project.env["KALEYRA_API_KEY"] = None
    project.env["KEY"] = KEY
    project.program(
        f"""
import os
own = Provider("own", pod="in", sid={world.sid!r}, api_key=os.environ["KEY"], endpoint={world.url!r},
               deletion_policy="delete")
RcsAgent("a", **LEAST, opts=ResourceOptions(provider=own))
"""
    )
    # The first two of these show a preview before.
    commands = (("up", "--yes", "--diff"), ("refresh", "--yes", "--diff"), ("stack", "export"))
    printed = "".join(project.pulumi(*command).out for command in commands)
    assert len(world.agents()) == 1
    assert _leaks(printed) == set()
    assert _left(project) == {}
