"""Records the stacks of this version, for the versions to come to be held to.

Run it once, when a version is about to be released, from the root of the repository:

    PATH="$PWD/.venv/bin:$(tools/pulumi-cli/install):$PATH" PYTHONPATH=tests/engine:tests/support \
        python tests/engine/recorded/record.py

It makes `recorded/VERSION/`, and fails where that is there already. Commit what it made and never edit it, as nobody
edits what users' stacks hold. `test_upgrade.py` tries every folder that it finds.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from project import Project
from recordings import ENDPOINT, FOLDER
from samples import FULL, LEAST

from rcs_provider import __version__
from rcs_simulator import Simulator, World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ACCOUNT: Final = {"pod": "in", "deletion_policy": "delete"}
MACHINE: Final = ("sourcePosition", "stackTrace")
"""What the engine notes of the machine that it ran on."""


def agent(code: str, base: Mapping[str, Any] = LEAST, **more: Any) -> dict[str, Any]:
    """An agent of the program."""
    return {"args": {**base, "service_code": code, **more}}


def settled(project: Project, world: World) -> None:
    """A stack that previews empty: each policy, least and full, adopted, verified, of an explicit provider."""
    world.set(verification_in_answers=True)
    theirs = {**LEAST, "service_code": "ADOPTED", "description": "Of before", "phones": []}
    world.seed_tester(world.seed_agent(**theirs), "919000000004", status="ACTIVE", test_status="ACCEPTED")
    agents = {
        "least": agent("LEAST", deletion_policy="delete"),
        "full": agent("FULL", FULL, deletion_policy="retain"),
        "verified": agent("VERIFIED"),
        "adopted": agent("ADOPTED", deletion_policy="delete", on_existing="adopt"),
        "explicit": {**agent("EXPLICIT"), "provider": "account"},
    }
    testers = {
        "pilot": {"agent": "least", "phoneno": "919000000001", "args": {"resend": "once more"}},
        "spelt": {"agent": "full", "phoneno": "+91 90000 00002"},
        "hidden": {"agent": "explicit", "provider": "account", "phoneno": "919000000003", "secret": True},
        "known": {"agent": "adopted", "phoneno": "919000000004", "args": {"on_existing": "adopt"}},
    }
    declare(project, providers={"account": {**ACCOUNT, "sid": world.sid}}, agents=agents, testers=testers)
    project.up()
    world.patch_agent(project.resources()["verified"]["id"], verification_state="VERIFICATION_STATE_VERIFIED")
    project.refresh("--target", project.urn("verified"))


def unsettled(project: Project, world: World) -> None:
    """A stack with work to do: an agent that drifted, one whose restricted field did, one that is half made."""
    agents = {"drifted": agent("DRIFTED"), "moved": agent("MOVED")}
    declare(project, providers={}, agents=agents, testers={})
    project.up()
    world.patch_agent(project.resources()["drifted"]["id"], description="Theirs")
    world.patch_agent(project.resources()["moved"]["id"], hosting_region="EUROPE")
    project.refresh()
    declare(project, providers={}, agents={**agents, "half": agent("HALF")}, testers={})
    world.fault("get_agent", 401)
    half = project.urn("moved").replace("::moved", "::half")
    assert "could not be read back" in project.fails("up", "--yes", "--skip-preview", "--target", half).out


STACKS: Final = (settled, unsettled)


def declare(project: Project, **declared: Any) -> None:
    """Writes what the program makes."""
    project.write("declared.json", json.dumps(declared, indent=1))


def record(make: Callable[[Project, World], None], work: Path) -> None:
    """Makes one stack, and writes down what there is of it."""
    folder = FOLDER / __version__ / make.__name__
    folder.mkdir(parents=True)
    with Simulator() as simulator:
        world = simulator.world("in")
        project = Project(work / make.__name__, work / "home", world)
        project.write("__main__.py", FOLDER.joinpath("program.py").read_text())
        make(project, world)
        found = {"state": exported(project, world), "world": world.export(), "preview": project.preview().ops}
    for name, value in found.items():
        (folder / f"{name}.json").write_text(json.dumps(value, indent=1) + "\n")
    shutil.copy(project.folder / "declared.json", folder)
    shutil.copy(FOLDER / "program.py", folder)


def exported(project: Project, world: World) -> Any:
    """The state as an export gives it, without what belongs to this machine."""
    assert project.pulumi("stack", "export", "--file", "state.json").code == 0
    state = json.loads((project.folder / "state.json").read_text())
    resources = state["deployment"]["resources"]
    state["deployment"]["resources"] = [
        {name: value for name, value in each.items() if name not in MACHINE} for each in resources
    ]
    text = json.dumps(state).replace(world.url, ENDPOINT)
    assert str(project.folder.parent) not in text
    assert sys.prefix not in text
    return json.loads(text)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as work:
        for each in STACKS:
            record(each, Path(work))
