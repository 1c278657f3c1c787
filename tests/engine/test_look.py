"""`kaleyra-rcs look` over previews of the real engine, by each face."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from proves import proves
from samples import LEAST

if TYPE_CHECKING:
    from project import Project

    from rcs_simulator import World


def looked(project: Project, *arguments: str, stdin: str | None = None) -> tuple[int, str, str]:
    """The exit code of the command in the project, what it said, and the page."""
    command = [sys.executable, "-m", "rcs_provider", "look", *arguments]
    done = subprocess.run(
        command,
        cwd=project.folder,
        env=project.environment(),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stderr, (project.folder / "agents.html").read_text()


def printed(project: Project) -> str:
    """What `pulumi preview --json` prints."""
    command = ["pulumi", "preview", "--json", "--non-interactive"]
    environment = project.environment()
    return subprocess.run(
        command, cwd=project.folder, env=environment, stdout=subprocess.PIPE, text=True, check=False
    ).stdout


def agents(page: str) -> dict[str, str]:
    """The parts of the page by the agents' names."""
    parts = page.split("<article ")[1:]
    return {re.findall(r"<p><bdi>(.*?)</bdi>", each)[0]: each for each in parts}


@proves("B20")
def test_a_preview_of_the_engine_becomes_a_page_of_before_and_after(project: Project, world: World) -> None:
    code = {name: {**LEAST, "service_code": name} for name in ("stays", "changes", "moves", "goes", "comes")}
    project.declare({name: code[name] for name in ("stays", "changes", "moves", "goes")})
    project.up()
    world.clear_journal()
    changed = {**code["changes"], "description": "Answers all questions", "color": "#494E0D"}
    moved = {**code["moves"], "hosting_region": "EUROPE"}
    project.declare({"stays": code["stays"], "changes": changed, "moves": moved, "comes": code["comes"]})
    counted = "1 new, 1 changed, 1 replaced, 1 going away"
    # By itself, the engine prints only what does not stay as it is.
    assert looked(project, "-", stdin=printed(project))[:2] == (0, f"agents.html: 4 agents: {counted}\n")
    ended, said, page = looked(project, "--preview")
    assert (ended, said, world.journal()) == (0, f"agents.html: 5 agents: {counted}, 1 unchanged\n", [])
    found = agents(page)
    assert re.findall(r"<dt>(\w+)", found["changes"]) == ["description"]
    assert ">Answers questions</bdi></del>" in found["changes"]
    assert ">Answers all questions</bdi></ins>" in found["changes"]
    assert re.findall(r"<dt>(\w+)", found["moves"]) == ["hosting_region"]
    assert "A new agent is created and the old one deleted" in found["moves"]
    assert [name for name, each in found.items() if each.count('class="frame"') == 8] == ["changes", "moves"]


@proves("B20")
def test_what_is_secret_or_not_known_yet_is_said_so(project: Project) -> None:
    project.program(
        """
first = RcsAgent("first", **{**LEAST, "description": pulumi.Output.secret("canary7")})
RcsAgent("second", **{**LEAST, "service_code": "B", "description": first.agent_number})
"""
    )
    ended, _, page = looked(project, "--preview")
    assert ended == 0
    assert "canary7" not in page
    found = agents(page)
    assert "<bdi>[secret]</bdi>" in found["first"]
    assert "<bdi>known after the update</bdi>" in found["second"]


@pytest.mark.parametrize("piped", [True, False])
def test_a_preview_that_fails_says_why_and_shows_what_it_has(project: Project, *, piped: bool) -> None:
    project.declare({"agent": {**LEAST, "color": "blue"}})
    if piped:
        ended, said, _ = looked(project, "-", stdin=printed(project))
    else:
        ended, said, _ = looked(project, "--preview")
    assert ended == 0
    assert "warning: the preview failed, so agents may be missing: " in said
    assert "color: must be # and six hexadecimal digits" in said
