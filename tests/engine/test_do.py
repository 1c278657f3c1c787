"""`pulumi do`: the commands of docs/how-to/read-list-patch.md, run as they stand there, and what fails in them."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from project import ROOT
from proves import proves
from samples import LEAST

from rcs_provider import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World

PAGE: Final = (ROOT / "docs" / "how-to" / "read-list-patch.md").read_text()
COMMANDS: Final = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
NUMBER: Final = "71732"
PHONE: Final = "919000000001"


@pytest.fixture
def project(make: Callable[..., Project], world: World) -> Project:
    """A folder with the plugin, and an agent with a tester at Kaleyra; all settings are of the environment."""
    world.seed_agent(**LEAST, agent_number=NUMBER)
    world.seed_tester(NUMBER, phoneno=PHONE)
    plugin = Path(sys.prefix) / "bin" / "pulumi-resource-kaleyra"
    made = make(env={"KALEYRA_POD": "in", "KALEYRA_SID": world.sid, "PULUMI_HOME": None})
    made.env["PULUMI_HOME"] = str(made.folder / "own-home")  # a plugin is installed there for all
    run = made.pulumi("plugin", "install", "resource", "kaleyra", f"v{__version__}", "--file", str(plugin))
    assert run.code == 0, run.out
    return made


def done(project: Project, command: str) -> str:
    """What a command prints, which has to succeed."""
    run = project.pulumi(*shlex.split(command)[1:])
    assert run.code == 0, f"{command}\n{run.out}"
    return run.out


def told(project: Project, command: str) -> Any:
    """The JSON that a command prints."""
    return json.loads(done(project, command))


@proves("B15", "F2")
def test_every_command_of_the_page_does_what_the_page_says(project: Project, world: World) -> None:
    install, *exported = COMMANDS[:4]
    assert install == (
        f"pulumi plugin install resource kaleyra v{__version__} --file .venv/bin/pulumi-resource-kaleyra"
    )
    assert all(each.startswith("export KALEYRA_") for each in exported)
    said = {each.partition(":rcs:")[2]: done(project, each) for each in COMMANDS[4:]}
    assert json.loads(said["Agent list"]) == [{"id": NUMBER, "name": "SUPPORT"}]
    assert json.loads(said[f"Tester list --agent-no {NUMBER}"]) == [{"id": f"{NUMBER}/{PHONE}", "name": f"+{PHONE}"}]
    assert 'serviceCode      : "SUPPORT"' in said[f"Agent read {NUMBER}"]
    assert NUMBER in said[f"Tester read {NUMBER}/{PHONE}"]
    assert json.loads(said[f"getAgent --agent-number {NUMBER}"])["emails"][0]["isPrimary"] is True
    assert [each["agentNumber"] for each in json.loads(said["getAgents --include-deleted"])["agents"]] == [NUMBER]
    assert [each["phoneno"] for each in json.loads(said[f"getTesters --agent-no {NUMBER}"])["testers"]] == [PHONE]
    assert json.loads(said["getBrands"])["brands"][0]["brand_number"] == "8032"
    assert "#494e0d" in json.loads(said["getMasters --list-name color"])["lists"]["color"]
    assert "listName (string): The one list to give" in said["getMasters --help"]
    dry, patched = (each for name, each in said.items() if " patch " in name)
    assert '~ description    : "Answers questions" => "Answers more questions"' in dry
    assert (
        '~ description    : "Answers questions" => "Answers more questions"' in patched
    )  # so the dry run changed nothing
    assert "may reset" in dry
    assert world.agent(NUMBER)["description"] == "Answers more questions"


WRONG: Final = {
    "Agent read 9": "there is no agent 9 in account",
    "getAgent --agent-number 9": "there is no agent 9 in account",
    "getAgent --agent-number support": "getAgent: agentNumber: must be made of digits only",
    "Tester list --agent-no support": "tester list: agentNo: must be made of digits only",
    f"Agent --stateless delete {NUMBER} --yes": 'it is protected by its deletionPolicy "prevent"',
    f"Agent --stateless patch {NUMBER} --input:color blue --yes": "color: must be # and six hexadecimal digits",
}


@proves("B15")
def test_what_fails_is_one_line(project: Project, world: World, subtests: pytest.Subtests) -> None:
    before = world.agent(NUMBER)
    for command, line in WRONG.items():
        with subtests.test(command):
            run = project.fails("do", *shlex.split(f"kaleyra:rcs:{command}"))
            assert line in run.out
            assert world.api_key not in run.out
            assert world.agent(NUMBER) == before


@proves("B15", "F6")
def test_the_account_is_of_the_environment_and_what_is_missing_is_said(project: Project) -> None:
    project.env["KALEYRA_SID"] = None
    run = project.fails("do", "kaleyra:rcs:Agent", "list")
    assert "could not list the agents: " in run.out
    assert "KALEYRA_SID" in run.out
