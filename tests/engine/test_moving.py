"""Renaming and moving, as docs/how-to/moving.md tells. Kaleyra notices none of it."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, Final

from faces import only
from postgres import Server
from proves import proves
from samples import LEAST
from wire import calls, writes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from project import Project, Run

    from rcs_simulator import World

PILOT: Final = {"pilot": {"agent": "support", "phoneno": "919000000001"}}
OTHER: Final = {**LEAST, "service_code": "OTHER"}


def is_empty(project: Project) -> None:
    """The next preview shows nothing."""
    preview = project.pulumi("preview", "--expect-no-changes")
    assert preview.code == 0, preview.out


# names and parents


MOVED: Final = """
class Team(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("proof:index:Team", name)

def was(name):
    return ResourceOptions(parent=team, aliases=[pulumi.Alias(name=name, parent=None)] if {aliases} else None)

team = Team("team")
agent = RcsAgent("support", **LEAST, opts=was("old"))
RcsTester("renamed", agent_no=agent.agent_number, phoneno="919000000001", opts=was("pilot"))
RcsTester("second", agent_no=agent.agent_number, phoneno="919000000002", opts=was("second"))
"""


@proves("E4", "E7")
def test_an_alias_takes_an_agent_with_its_testers_to_another_name_and_parent_without_a_call(
    project: Project, world: World
) -> None:
    pilot = {"agent": "old", "phoneno": "919000000001"}
    project.declare({"old": LEAST}, {"pilot": pilot, "second": {**pilot, "phoneno": "919000000002"}})
    project.up()
    ids = {each["id"] for each in project.resources().values()}
    world.clear_journal()
    project.program(MOVED.format(aliases=False))
    without = {"support": "create", "renamed": "create", "old": "delete", "pilot": "delete"}
    assert project.preview().ops.items() > without.items()
    project.program(MOVED.format(aliases=True))
    assert project.preview().ops == {}
    project.up()
    moved = project.resources()
    assert set(moved) == {"support", "renamed", "second"}
    assert {each["id"] for each in moved.values()} == ids
    assert {each["parent"].split("::")[-1] for each in moved.values()} == {"team"}
    project.program(MOVED.format(aliases=False))
    is_empty(project)
    assert calls(world) == []


# stacks and projects


def neighbour(make: Callable[..., Project], project: Project, name: str) -> Project:
    """A folder of its own for another stack, in the same backend."""
    made = make(name, stack=name, env={"PULUMI_BACKEND_URL": project.environment()["PULUMI_BACKEND_URL"]})
    made.configure(deletionPolicy="delete")
    return made


def move(project: Project, source: str, dest: str, *urns: str) -> Run:
    return project.pulumi("state", "move", "--yes", "--source", source, "--dest", dest, *urns)


def lives_on(project: Project, world: World) -> None:
    """Nothing is to be done; then an update, a refresh and a destroy do what they do elsewhere."""
    is_empty(project)
    assert calls(world) == []
    project.refresh()
    assert writes(world) == []
    project.declare({"support": {**LEAST, "description": "Moved"}}, PILOT)
    project.up()
    assert writes(world) == ["update_agent"]
    project.destroy()
    assert writes(world) == ["update_agent", "delete_agent"]


@only("dynamic", "the plugin's default provider has the version in its name")
@proves("P2")
def test_state_move_takes_an_agent_and_its_testers_to_another_stack_with_the_same_settings(
    project: Project, make: Callable[..., Project], world: World
) -> None:
    project.configure(readTimeout=30)
    project.declare({"support": LEAST, "stays": OTHER}, PILOT)
    project.up()
    support, pilot = project.urn("support"), project.urn("pilot")
    prod = neighbour(make, project, "prod")
    prod.declare({"own": {**LEAST, "service_code": "OWN"}})
    prod.up()
    world.clear_journal()
    # The one default provider of a stack holds the stack's whole configuration.
    default = "urn:pulumi:prod::proof::pulumi:providers:pulumi-python::default"
    refused = move(prod, "dev", "prod", support, pilot)
    assert refused.errors == [f"error: provider {default} already exists in destination stack"]
    prod.configure(readTimeout=30)
    prod.up()
    assert f"{pilot} (agent_no) has a property dependency on {support}" in move(prod, "dev", "prod", support).out
    assert "Successfully moved resources" in move(prod, "dev", "prod", pilot).out
    project.declare({"stays": OTHER})
    is_empty(project)
    prod.declare({"own": {**LEAST, "service_code": "OWN"}, "support": LEAST}, PILOT)
    prod.configure(readTimeout=60)
    is_empty(prod)
    assert calls(world) == []


@proves("P2")
def test_state_move_takes_an_agent_and_its_testers_to_another_project(
    project: Project, make: Callable[..., Project], world: World
) -> None:
    project.declare({"support": LEAST, "stays": OTHER}, PILOT)
    project.up()
    shop = neighbour(make, project, "live")
    shop.write("Pulumi.yaml", (shop.folder / "Pulumi.yaml").read_text().replace('"proof"', '"shop"'))
    assert shop.pulumi("stack", "init", "live").code == 0
    urns = project.urn("support"), project.urn("pilot")
    shown = shop.pulumi("stack", "--show-urns", "--stack", "organization/proof/dev").out
    assert all(urn in shown for urn in urns)
    world.clear_journal()
    moved = move(shop, "organization/proof/dev", "organization/shop/live", *urns)
    assert "Successfully moved resources from organization/proof/dev to organization/shop/live" in moved.out
    assert "dependencies" not in moved.out
    project.declare({"stays": OTHER})
    is_empty(project)
    shop.declare({"support": LEAST}, PILOT)
    lives_on(shop, world)


# backends and passphrases


SECRETS: Final = """
agent = RcsAgent("support", **LEAST)
phone = pulumi.Config("proof").require_secret("phone")
RcsTester("pilot", agent_no=agent.agent_number, phoneno=phone)
"""


def carry(project: Project, url: str) -> None:
    """Takes the stack to another backend, with the commands that the documentation names."""
    assert project.pulumi("stack", "export", "--file", "state.json").code == 0
    project.env["PULUMI_BACKEND_URL"] = url
    assert project.pulumi("stack", "init", project.stack).code == 0
    imported = project.pulumi("stack", "import", "--file", "state.json")
    assert imported.out == "Import complete.\n"


@proves("E9")
def test_a_stack_with_secrets_goes_to_another_file_backend_passphrase_and_server(
    make: Callable[..., Project], world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make(passphrase=True)
    project.configure(deletionPolicy="delete")
    project.env["KALEYRA_API_KEY"] = None
    secrets = (f"kaleyra:apiKey={world.api_key}", "proof:phone=919000000001")
    assert project.pulumi("config", "set-all", *(part for each in secrets for part in ("--secret", each))).code == 0
    project.program(SECRETS)
    project.up()
    world.clear_journal()
    (tmp_path / "elsewhere").mkdir()
    carry(project, f"file://{tmp_path}/elsewhere")
    is_empty(project)
    change_passphrase(project, "another")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    server = Server(tmp_path / "postgres")
    try:
        carry(project, server.url)
        is_empty(project)
        assert calls(world) == []
        project.destroy()
    finally:
        server.stop()
    assert writes(world) == ["delete_agent"]
    exported = json.loads((project.folder / "state.json").read_text())
    assert exported["deployment"]["secrets_providers"]["type"] == "passphrase"
    assert not {world.api_key, "919000000001"} & set(texts(exported["deployment"]["resources"]))


def change_passphrase(project: Project, new: str) -> None:
    changed = subprocess.run(
        ["pulumi", "stack", "change-secrets-provider", "passphrase", "--non-interactive"],
        cwd=project.folder,
        env=project.environment(),
        input=f"{new}\n{new}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert changed.returncode == 0, changed.stderr
    project.env["PULUMI_CONFIG_PASSPHRASE"] = new


def texts(value: Any) -> list[str]:
    """Every text in a JSON document."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []
