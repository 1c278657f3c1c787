"""`make up` and `make down` as a newcomer runs them: in a fresh clone, with the real engine and simulator.

The clone gets an environment of its own, made by make, instead of a link to this one: that the requirement files
are enough and that the project is importable are half of what is shown here. It costs some twenty seconds.
The Pulumi CLI is the one on PATH or in the user's cache, as it would be for a second clone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from machine import ROOT
from proves import proves

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a user of Pulumi and Kaleyra may have set for work of their own. None of it may reach the stack "local".
FOREIGN = {
    "VIRTUAL_ENV": "/nowhere/venv",
    "PYTHONPATH": "/nowhere/packages",
    "PULUMI_BACKEND_URL": "file:///nowhere/state",
    "PULUMI_CONFIG_PASSPHRASE": "another",
    "PULUMI_STACK": "production",
    "PULUMI_HOME": "/nowhere/pulumi",
    "PULUMI_PYTHON_CMD": "/nowhere/python",
    "KALEYRA_SID": "ANOTHER",
    "KALEYRA_POD": "na",
    "KALEYRA_API_KEY": "another",
    "KALEYRA_ENDPOINT": "https://nowhere.invalid",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "http_proxy": "http://127.0.0.1:9",
    "BROWSER": "echo %s",  # a browser of theirs takes part: in this one, what is opened can be seen
}
PIP = {"PIP_COMPILE": "0"}
"""What pip installs is compiled when it is imported, so that most of it never is."""
README = (ROOT / "README.md").read_text()
AGENTS = {"support": "EXAMPLESUPPORT", "offers": "EXAMPLEOFFERS"}
TESTERS = {"support-handset-1", "support-handset-2", "support-handset-3", "offers-handset-1", "offers-handset-2"}


class Clone:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *command: str, code: int = 0, variables: dict[str, str] | None = None, typed: str = "") -> str:
        ran = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, **(variables or {})},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == code, f"{ran.stdout}\n{ran.stderr}"
        return ran.stdout

    def make(self, goal: str, code: int = 0, typed: str = "") -> str:
        return self.run("make", "--no-print-directory", goal, code=code, variables=FOREIGN, typed=typed)

    def outputs(self) -> dict[str, Any]:
        shown: dict[str, Any] = json.loads(self.run("tools/local/pulumi", "stack", "output", "--json"))
        return shown

    def status(self) -> str:
        return self.run("git", "status", "--short")

    def simulator(self) -> str:
        """The address of the simulator that was started last."""
        known = json.loads((self.folder / ".local" / "simulator" / "addresses.json").read_text())
        return str(known["in"]["url"])

    def simulator_answers(self, address: str = "") -> bool:
        parts = urlsplit(address or self.simulator())
        try:
            socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=2).close()
        except OSError:
            return False
        return True


@pytest.fixture
def clone(tmp_path: Path) -> Iterator[Clone]:
    """Everything that would be committed now, committed, in a folder whose name needs quoting."""
    made = Clone(tmp_path / "a clone")
    listed = subprocess.check_output(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, text=True)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():  # deleted, but not yet in a commit
            (made.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, made.folder / name)
    made.run("git", "init", "--quiet")
    made.run("git", "add", "--all")
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
    made.run("git", *identity, "commit", "--quiet", "--message", "as it is")
    yield made
    if (made.folder / ".venv").exists():
        made.run(".venv/bin/python", "tools/local/simulator.py", "stop")


def test_make_alone_is_a_menu() -> None:
    menu = subprocess.check_output(["make", "--no-print-directory"], cwd=ROOT, text=True)
    assert re.findall(r"^make ([\w-]+)", menu, re.MULTILINE) == [
        "up",
        "preview",
        "look",
        "shell",
        "down",
        "test",
        "lint",
        "docs",
        "sdk",
        "bench",
        "contract",
        "clean",
        "release-check",
    ]


def test_pulumi_install_leaves_nothing_that_git_would_add(tmp_path: Path) -> None:
    """A release fills `.venv`; the language host that `make up` builds takes the project's folder for one."""
    made = Clone(tmp_path)
    for name in ("Pulumi.yaml", ".gitignore"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "requirements.txt").write_text("")  # what is installed is not what this is about
    made.run("git", "init", "--quiet")
    made.run("git", "add", "--all")
    before = made.status()
    home = {"PULUMI_HOME": str(tmp_path / ".local"), "PULUMI_SKIP_UPDATE_CHECK": "true", **PIP}
    made.run("pulumi", "install", variables=home)
    assert [each for each in (tmp_path, tmp_path / ".venv") if (each / "pyvenv.cfg").is_file()]
    assert made.status() == before


@proves("A15", "B20", "D21")
@pytest.mark.timeout(900)
def test_up_twice_then_down_in_a_fresh_clone(clone: Clone) -> None:
    # Apart from make, whose proxy leads nowhere in this test: pip may need the network.
    clone.run("tools/venv", variables=PIP)

    first = clone.make("up")
    assert re.search(r"^ +\+ 8 created$", first, re.MULTILINE), first
    outputs = clone.outputs()
    assert {key: agent["service_code"] for key, agent in outputs["agents"].items()} == AGENTS
    assert all(re.fullmatch(r"\d+", agent["number"]) for agent in outputs["agents"].values())
    assert all(agent["status"] for agent in outputs["agents"].values())
    assert outputs["testers"].keys() == TESTERS
    for key, tester in outputs["testers"].items():
        assert tester["agent_no"] == outputs["agents"][key.split("-")[0]]["number"]
        assert re.fullmatch(r"91\d{10}", tester["phoneno"])
        assert tester["status"]
    assert clone.simulator_answers()
    assert clone.status() == ""

    second = clone.make("up")
    assert re.search(r"^ +8 unchanged$", second, re.MULTILINE), second
    assert clone.outputs() == outputs
    assert clone.status() == ""

    assert "make look" in first
    address = clone.make("look").strip()
    page = Path(url2pathname(urlsplit(address).path)).read_text()
    assert [page.count(each) > 0 for each in ("Example Support", "Example Offers", "data:image/png")] == [True] * 3
    assert clone.status() == ""

    stack = clone.folder / "stacks" / "Pulumi.local.yaml"
    committed = stack.read_text()
    assert "make shell" in first
    stack.write_text(committed.replace("What is new in the shop", "What is new").replace("#7A1F5C", "#7a1f5c"))
    typed = README.partition("**Now change something**")[2].partition("```sh\n")[2].partition("```")[0]
    seen = clone.make("shell", typed=typed)
    assert re.search(r'~ description: "What is new in the shop" => "What is new"', seen), seen
    assert "color" not in seen
    assert re.search(r"EXAMPLEOFFERS\tExample Offers\tACTIVE", seen), seen
    assert re.search(r"^ok  stack +stack local is read", seen, re.MULTILINE), seen
    assert "!!" not in seen
    stack.write_text(committed.replace("offers-handset-1: {agent: offers", "offers-handset-1: {agent: ofers"))
    wrong = clone.make("preview", code=2)
    assert (
        "error: tester offers-handset-1 names the agent ofers; the agents of this stack are: offers, support" in wrong
    )
    assert "Traceback" not in wrong
    stack.write_text(committed)

    gone = clone.make("down")
    assert re.search(r"^ +- 8 deleted$", gone, re.MULTILINE), gone
    assert not clone.simulator_answers()
    assert clone.status() == ""

    again = clone.make("up")
    assert re.search(r"^ +\+ 8 created$", again, re.MULTILINE), again
    address = clone.simulator()
    clone.make("clean")
    assert not clone.simulator_answers(address)
    assert not (clone.folder / ".local").exists()
    assert not (clone.folder / ".venv").exists()
    assert clone.status() == ""
