"""`kaleyra-rcs plugin`: the folder of the plugin, and its entry in a project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from rcs_provider._version import __version__
from rcs_provider.cli import plugin_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_program import Done

BIN = str(Path(sys.prefix) / "bin")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in the current folder; gives its file."""
    file = tmp_path / "Pulumi.yaml"
    file.write_text("# Ours.\nname: proof\nruntime: python\n")
    return file


def test_the_folder_is_that_of_the_executable_which_tells_its_version(rcs: Callable[..., Done]) -> None:
    done = rcs("plugin", "path")
    assert (done.code, done.out, done.err) == (0, f"{BIN}\n", "")
    assert plugin_files.version(Path(BIN) / "pulumi-resource-kaleyra") == __version__


def test_install_writes_the_entry_says_so_and_does_it_once(project: Path, rcs: Callable[..., Done]) -> None:
    project.chmod(0o640)
    done = rcs("plugin", "install")
    assert (done.code, done.out, done.err) == (
        0,
        f"{project}: the plugin kaleyra is taken from {BIN} from now on\n",
        "",
    )
    assert project.read_text() == (
        "# Ours.\nname: proof\nruntime: python\nplugins:\n  providers:\n  - name: kaleyra\n" + f"    path: {BIN}\n"
    )
    written = project.stat()
    assert written.st_mode & 0o777 == 0o640
    again = rcs("plugin", "install")
    assert (again.code, again.out) == (0, f"{project}: the plugin kaleyra is taken from {BIN} already\n")
    assert project.stat().st_mtime_ns == written.st_mtime_ns
    assert list(project.parent.iterdir()) == [project]


def test_an_environment_inside_the_project_is_named_by_a_relative_path(
    project: Path, rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    executable = project.parent / ".venv" / "bin" / plugin_files.NAME
    executable.parent.mkdir(parents=True)
    executable.touch(0o755)
    monkeypatch.setattr(plugin_files, "here", lambda: executable)
    inside = project.parent / "stacks"
    inside.mkdir()
    assert rcs("plugin", "install", "-C", str(inside)).code == 0
    assert yaml.safe_load(project.read_text())["plugins"] == {"providers": [{"name": "kaleyra", "path": ".venv/bin"}]}


def test_outside_of_a_project_nothing_is_written(rcs: Callable[..., Done], tmp_path: Path) -> None:
    done = rcs("plugin", "install")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"error: there is no Pulumi.yaml in {tmp_path} or above it: run it in a project, or say -C DIR\n"
    )


def test_an_environment_without_the_plugin_is_an_error_that_says_what_to_do(
    project: Path, rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = project.read_text()
    monkeypatch.setattr(plugin_files, "here", lambda: None)
    for each in ("path", "install"):
        done = rcs("plugin", each)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("error: pulumi-resource-kaleyra is not beside this Python: install kaleyra-rcs")
    assert project.read_text() == before


@pytest.mark.parametrize("content", [b"name: [\n", b"\xff\n"])
def test_a_file_that_cannot_be_read_is_left_as_it_is(content: bytes, project: Path, rcs: Callable[..., Done]) -> None:
    project.write_bytes(content)
    done = rcs("plugin", "install")
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert project.read_bytes() == content


# what the doctor finds


def found(rcs: Callable[..., Done]) -> str:
    """The doctor's lines about the plugin."""
    return "\n".join(line for line in rcs("doctor").lines if line[4:].startswith("plugin "))


def executable(folder: Path, script: str) -> Path:
    """Puts an executable of the plugin's name into a folder."""
    folder.mkdir(exist_ok=True)
    file = folder / plugin_files.NAME
    file.write_text(script)
    file.chmod(0o755)
    return file


def test_the_doctor_shows_the_plugin_that_the_project_gets(project: Path, rcs: Callable[..., Done]) -> None:
    assert rcs("plugin", "install").code == 0
    assert found(rcs) == f"ok  plugin            {BIN}/{plugin_files.NAME}, from {project.name}, {__version__}"


def test_the_doctor_names_a_path_that_is_gone(project: Path, rcs: Callable[..., Done]) -> None:
    with project.open("a") as file:
        file.write("plugins: {providers: [{name: kaleyra, path: gone/bin}]}\n")
    assert found(rcs) == (
        "!!  plugin            Pulumi.yaml takes it from gone/bin, where there is no folder, so every command of this "
        "project fails. Run `kaleyra-rcs plugin install`."
    )
    (project.parent / "gone" / "bin").mkdir(parents=True)
    assert "!!  plugin            Pulumi.yaml takes it from gone/bin, where there is no pulumi-resource" in found(rcs)


@pytest.mark.parametrize(("script", "says"), [
    ("#!/nowhere/bin/python\n", "does not start: its environment is gone, or it is another package's. Install"),
    ("#!/bin/sh\necho 41234\n", "does not start: its environment is gone, or it is another package's. Install"),
    ("#!/bin/sh\necho pulumi-resource-kaleyra 9.9.9\n", "has version 9.9.9, and this kaleyra-rcs has "),
])  # fmt: skip
def test_the_doctor_names_a_plugin_that_is_not_this_packages(
    script: str, says: str, rcs: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = executable(tmp_path / "other", script)
    monkeypatch.setenv("PATH", f"{file.parent}:/usr/bin:/bin")
    told = found(rcs)
    assert told.startswith(f"!!  plugin            {file}, from PATH, {says}")


def test_the_doctor_names_each_of_two_plugins_on_path(
    rcs: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = executable(tmp_path / "other", "#!/bin/sh\n")
    monkeypatch.setenv("PATH", f"{BIN}:{BIN}:{other.parent}:/usr/bin:/bin")
    ours = f"{BIN}/{plugin_files.NAME}"
    good, warning = found(rcs).splitlines()
    assert good == f"ok  plugin            {ours}, from PATH, {__version__}"
    assert warning == (
        f"!   plugin            PATH has more than one, and the engine takes {ours}, not {other}. "
        "Run `kaleyra-rcs plugin install`, which says which one to take."
    )


def test_the_doctor_wants_no_plugin_where_nothing_names_one(
    rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert found(rcs).startswith("--  plugin            neither the project nor PATH has one; only kaleyra:face plugin")
