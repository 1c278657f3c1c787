"""Which plugin the engine takes, and what it says of one that is not the right one: nothing is lost meanwhile."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from faces import PLUGIN
from plugged import an_agent, declare, plugged
from proves import proves
from wire import calls, writes

from rcs_provider._version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World

HERE: Final = Path(sys.prefix) / "bin"
NAME: Final = "pulumi-resource-kaleyra"
GUIDE: Final = (Path(__file__).parents[2] / "docs" / "how-to" / "what-to-do-when.md").read_text()
HELD: Final = (
    *("no folder at path", "no such file or directory", "plugin not found", "exited prematurely"),
    *("no resource plugin", "is expected to have version", "from $PATH at"),
)
"""Words of each line of the engine's that the guide quotes about the plugin. A test here makes the engine say it."""


def quoted() -> list[str]:
    """The lines in the guide's table about the plugin."""
    _, _, table = GUIDE.partition("| the engine says |")
    return re.findall(r"^\| `([^`]+)`", table.partition("\n\n")[0], re.MULTILINE)


def line_with(words: str) -> re.Pattern[str]:
    """The guide's line with these words: dots and versions in it stand for others."""
    (line,) = (each for each in quoted() if words in each)
    return re.compile(re.sub(r"\\\.\\\.\\\.", r"[^\\n]*", re.sub(r"\d+\\\.\d+\\\.\d+", r"\\S+", re.escape(line))))


def test_every_line_of_the_engine_in_the_guide_is_held_here() -> None:
    assert [sum(words in line for words in HELD) for line in quoted()] == [1] * len(HELD)


@pytest.fixture
def project(make: Callable[..., Project], world: World) -> Project:
    made = plugged(make())
    declare(made, support=an_agent())
    made.up()
    world.clear_journal()
    return made


def found_at(project: Project, path: Path | None) -> None:
    """Has the project take the plugin from a folder, or from PATH."""
    about = json.loads((project.folder / "Pulumi.yaml").read_text())
    about["plugins"] = {"providers": [{"name": "kaleyra", "path": str(path)}] if path else []}
    project.write("Pulumi.yaml", json.dumps(about))


def script(folder: Path, text: str) -> Path:
    """A folder with an executable of the plugin's name."""
    folder.mkdir()
    file = folder / NAME
    file.write_text(text)
    file.chmod(0o755)
    return folder


def lives(project: Project, world: World) -> None:
    """With the right plugin there is nothing to do, and nothing was written."""
    found_at(project, HERE)
    run = project.pulumi("preview", "--expect-no-changes")
    assert run.code == 0, run.out
    assert writes(world) == []


GONE: Final = {
    "the Python": ("#!/nowhere/bin/python\n", "plugin not found"),
    "the package": ("#!/bin/sh\necho 'ModuleNotFoundError: rcs_provider' >&2\nexit 1\n", "exited prematurely"),
    "the plugin": (None, "no such file or directory"),
    "the folder": ("", "no folder at path"),
}
"""What is gone of an environment: the executable that is left of it, and the engine's words."""


def left_of(project: Project, what: str) -> Path:
    """The folder in which something is gone."""
    text, _ = GONE[what]
    folder = project.folder / what.replace(" ", "-")
    if text:
        script(folder, text)
    elif text is None:
        folder.mkdir()
    return folder


def without_plugin(project: Project) -> str:
    """A PATH on which this Python is, and no plugin beside it."""
    bare = project.folder / "bare"
    bare.mkdir()
    for name in ("python3", "python"):
        (bare / name).write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        (bare / name).chmod(0o755)
    others = [each for each in os.environ["PATH"].split(os.pathsep) if Path(each) != HERE]
    return os.pathsep.join([str(bare), *others])


@proves("D22", "F4")
def test_a_plugin_that_went_away_or_never_was_stops_the_command_and_loses_nothing(
    project: Project, world: World, subtests: pytest.Subtests
) -> None:
    before = project.kept()
    for what, (_, said) in GONE.items():
        with subtests.test(what):
            found_at(project, left_of(project, what))
            refused = project.fails("up", "--yes", "--skip-preview")
            assert line_with(said).search(refused.out), refused.out
            assert (calls(world), project.kept()) == ([], before)
    found_at(project, None)
    project.env["PATH"] = without_plugin(project)
    refused = project.fails("up", "--yes", "--skip-preview")
    assert line_with("no resource plugin").search(refused.out), refused.out
    assert (calls(world), project.kept()) == ([], before)
    del project.env["PATH"]
    lives(project, world)


@proves("D18", "D22", "F4")
def test_of_two_plugins_on_path_the_engine_takes_the_first_and_says_which_and_whether_it_is_older_than_wanted(
    project: Project, world: World
) -> None:
    found_at(project, None)
    other = script(project.folder / "other", "#!/bin/sh\nexit 1\n")
    project.env["PATH"] = os.pathsep.join([str(HERE), str(other), os.environ["PATH"]])
    declare(project, support=an_agent({"version": "9.9.9"}))
    run = project.up()
    assert f"using {NAME} from $PATH at {HERE / NAME}" in run.out
    assert line_with("from $PATH at").search(run.out)
    line = f"resource plugin kaleyra is expected to have version >=9.9.9, but has {__version__}"
    assert line in run.out
    assert line_with("is expected to have version").search(line)
    declare(project, support=an_agent())
    project.env["PATH"] = os.pathsep.join([str(other), str(HERE), os.environ["PATH"]])
    refused = project.fails("up", "--yes", "--skip-preview")
    assert str(other / NAME) in refused.out
    del project.env["PATH"]
    lives(project, world)


DEVELOPED: Final = "import rcs_provider._version\n\nrcs_provider._version.__version__ = '9.9.9.dev3+g1a2b'\n"


@proves("D18", "F4")
def test_a_development_version_is_asked_for_as_it_tells_itself(make: Callable[..., Project], world: World) -> None:
    project = make()
    project.face = PLUGIN
    project.write_project()
    project.configure()
    developed = project.folder / "developed"
    developed.mkdir()
    (developed / "sitecustomize.py").write_text(DEVELOPED)
    project.env["PYTHONPATH"] = os.pathsep.join([str(developed), project.environment()["PYTHONPATH"]])
    project.program("RcsAgent('support', **LEAST)")
    run = project.up()
    assert "warning: resource plugin" not in run.out
    assert "9.9.9-dev.3+g1a2b" in project.state_file.read_text()
    project.settles()
    assert writes(world) == ["create_agent"]
