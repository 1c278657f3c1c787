"""The release check's own judgement; that it builds and installs is seen where it runs."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
import yaml
from machine import ROOT
from proves import proves
from release import __main__ as check
from release import artifacts, plugin, project, pythons
from release.__main__ import _environments
from release.environment import FACE_TESTS, FAST_TESTS, SDK_TESTS, Environment

if TYPE_CHECKING:
    from machine import Machine

SOUND: Final = project.Project(
    pyproject={
        "project": {
            "requires-python": ">=3.9",
            "classifiers": [
                "Programming Language :: Python :: 3",
                "Programming Language :: Python :: 3.10",
                "Programming Language :: Python :: 3.9",
            ],
        }
    },
    version='"""The version."""\n\n__version__ = "1.2.3"\n',
    changelog="# Changelog\n\n## 1.2.3 (2026-01-31)\n\n- A line.\n\n## 1.2.2 (2026-01-01)\n",
)
WHEEL: Final = [
    *(f"{package}/{name}" for package in artifacts.PACKAGES for name in ("__init__.py", "py.typed")),
    *artifacts.TEMPLATES,
    "kaleyra_rcs-1.2.3.dist-info/METADATA",
    "kaleyra_rcs-1.2.3.dist-info/licenses/LICENSE",
]
METADATA: Final = b"""Metadata-Version: 2.4
Name: kaleyra-rcs
Version: 1.2.3
License-Expression: Apache-2.0
License-File: LICENSE
Requires-Python: >=3.10
Description-Content-Type: text/markdown

# kaleyra-rcs
"""


@proves("E21")
def test_the_project_as_it_is_agrees_with_itself() -> None:
    assert list(project.problems(project.read(), [])) == []


@proves("E21")
def test_a_sound_release_passes() -> None:
    assert list(project.problems(SOUND, ["v1.2.3"])) == []
    assert SOUND.pythons == ["3.9", "3.10"]


@proves("E21")
@pytest.mark.parametrize(("broken", "tags", "says"), [
    ({"version": '__version__ = "1.2"\n'}, [], "the version is 1.2, and not of the form"),
    ({"version": ""}, [], "the version is missing"),
    ({"version": '__version__ = "1.3.0"\n'}, [], "the changelog does not begin with `## 1.3.0 "),
    ({"changelog": "## Unreleased\n\n## 1.2.3 (2026-01-31)\n"}, [], "the changelog does not begin with `## 1.2.3 "),
    ({"changelog": ""}, [], "the changelog does not begin"),
    ({"changelog": "## 1.2.3 (unreleased)\n"}, ["v1.2.3"], "the changelog calls the version unreleased"),
    ({}, ["1.2.3"], "the commit's tag is 1.2.3, and not v1.2.3"),
    ({}, ["v1.2.3", "v1.2.4"], "the commit's tag is v1.2.4, and not v1.2.3"),
    ({"pyproject": {"project": {"requires-python": ">=3.8", "classifiers": []}}}, [], "requires-python does not agree"),
])  # fmt: skip
def test_what_does_not_agree_is_said(broken: dict[str, str], tags: list[str], says: str) -> None:
    assert any(says in each for each in project.problems(replace(SOUND, **broken), tags))


def test_a_version_without_a_tag_may_be_unreleased() -> None:
    assert list(project.problems(replace(SOUND, changelog="## 1.2.3 (unreleased)\n"), [])) == []


def test_a_sound_wheel_passes() -> None:
    assert list(artifacts.contents_problems(WHEEL)) == []
    assert list(artifacts.metadata_problems(METADATA, "1.2.3")) == []


@pytest.mark.parametrize(
    "name", [*(each for each in WHEEL if each.endswith(("py.typed", "LICENSE", "page.html", "page.css")))]
)
def test_a_wheel_that_lacks_a_file_is_refused(name: str) -> None:
    assert len(list(artifacts.contents_problems([each for each in WHEEL if each != name]))) == 1


@pytest.mark.parametrize("name", [
    "rcs_provider/__pycache__/client.cpython-311.pyc",
    "rcs_provider/api/client.pyc",
    "rcs_provider/tests/test_client.py",
    "rcs_provider/conftest.py",
    "rcs_simulator/.pytest_cache/README.md",
])  # fmt: skip
def test_tests_and_caches_are_refused(name: str) -> None:
    assert list(artifacts.contents_problems([*WHEEL, name])) == [f"{name} does not belong there"]


def test_files_that_only_sound_like_tests_pass() -> None:
    assert list(artifacts.left_behind(["rcs_provider/objects/tester/life.py", "rcs_simulator/api/testers.py"])) == []


def test_another_package_in_the_wheel_is_refused() -> None:
    (said,) = artifacts.contents_problems([*WHEEL, "tools/__init__.py"])
    assert said.startswith("the wheel holds rcs_policy, rcs_provider, rcs_simulator, tools, and not ")


@pytest.mark.parametrize(("line", "says"), [
    (b"Version: 1.2.3", "'version'"),
    (b"License-Expression: Apache-2.0", "the licence is not Apache-2.0"),
    (b"Requires-Python: >=3.10", "no Python is required"),
    (b"Description-Content-Type: text/markdown", "not said to be Markdown"),
    (b"# kaleyra-rcs", "there is no description"),
])  # fmt: skip
def test_metadata_that_lacks_a_line_is_refused(line: bytes, says: str) -> None:
    assert any(says in each for each in artifacts.metadata_problems(METADATA.replace(line + b"\n", b""), "1.2.3"))


def test_metadata_of_another_version_or_against_the_standard_are_refused() -> None:
    assert list(artifacts.metadata_problems(METADATA, "1.2.4")) == ["metadata: the version is 1.2.3, and not 1.2.4"]
    assert list(artifacts.metadata_problems(METADATA.replace(b">=3.10", b"lots"), "1.2.3"))


def test_a_shim_that_refuses_does_not_hide_a_python_further_on(machine: Machine, tmp_path: Path) -> None:
    machine.stub("python3.12", "echo 3.12; exit 127")
    further = tmp_path / "further"
    further.mkdir()
    (further / "python3.12").write_text("#!/bin/sh\necho 3.12\n")
    (further / "python3.12").chmod(0o755)
    path = f"{machine.bin}:{further}"
    assert pythons.find("3.12", {"PATH": path, "HOME": str(machine.home)}) == further / "python3.12"
    assert pythons.find("3.11", {"PATH": path, "HOME": str(machine.home)}) is None


def test_what_pyenv_keeps_is_found_behind_its_shims(machine: Machine) -> None:
    machine.stub("python3.12", "exit 127")
    kept = machine.home / ".pyenv" / "versions" / "3.12.1" / "bin" / "python3.12"
    kept.parent.mkdir(parents=True)
    kept.write_text("#!/bin/sh\necho 3.12\n")
    kept.chmod(0o755)
    assert pythons.find("3.12", {"PATH": str(machine.bin), "HOME": str(machine.home)}) == kept


def test_the_python_of_a_virtual_environment_is_passed_over(machine: Machine) -> None:
    machine.stub("python3.12", "echo 3.12")
    assert pythons.find("3.12", {"PATH": str(machine.bin)}) == machine.bin / "python3.12"
    (machine.bin.parent / "pyvenv.cfg").touch()
    assert pythons.find("3.12", {"PATH": str(machine.bin), "HOME": str(machine.home)}) is None


def test_the_choice_of_releases_is_read_with_what_stands_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Environment, "folder", tmp_path)
    (tmp_path / "pins.txt").write_text(
        "grpcio==1.2 ; python_full_version < '3.11'\n    # via pulumi\npulumi==3.216.0\n"
    )
    assert Environment("lowest", Path("python")).versions(["pulumi", "grpcio"]) == "pulumi 3.216.0, grpcio 1.2"


def test_the_tests_that_run_with_other_releases_are_there_and_on_the_page() -> None:
    page = (ROOT / "docs" / "release.md").read_text()
    assert all((ROOT / each).exists() for each in (*FAST_TESTS, *SDK_TESTS))
    assert all(f"`{each}`" in page for each in SDK_TESTS)
    assert all(f"`{each.partition('/')[2]}`" in page for each in FAST_TESTS)


def test_what_holds_private_parts_of_the_sdk_runs_with_the_lowest_the_pinned_and_the_newest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pythons, "find", Path)
    made = {each.name: each for each in _environments(["3.10", "3.13"])}
    lowest, pinned, newest = made["lowest"], made["pinned"], made["newest"]
    assert all(set(SDK_TESTS) <= set(each.tests) for each in (lowest, pinned, newest))
    assert (lowest.resolution, pinned.resolution, newest.resolution) == ("lowest-direct", "highest", "highest")
    assert (pinned.archive, newest.archive) == (True, False)
    assert (lowest.pins, pinned.pins, newest.pins) == ((), ("requirements.txt", "constraints.txt"), ())


@proves("F4")
def test_the_whole_of_both_faces_is_a_part_of_the_check_and_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[str] = []
    monkeypatch.setattr(check, "run", lambda *command: commands.append(" ".join(command)))
    monkeypatch.setattr(pythons, "find", Path)
    parts = check._parts(["3.10", "3.13"], Path("wheel"), "1.2.3")
    assert list(parts) == ["3.10", "3.13", "lowest", "pinned", "newest", "policy", "faces"]
    assert check._passes("faces", parts["faces"])
    assert commands == ["tools/test --face both tests/engine tests/faults"]
    assert all(f"`{each}`" in (ROOT / "docs" / "release.md").read_text() for each in (*commands, *FACE_TESTS))
    assert all((ROOT / each).exists() for each in FACE_TESTS)


@proves("E21")
def test_a_part_that_fails_shows_its_output_and_does_not_pass(capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> str:
        raise subprocess.CalledProcessError(1, ["tools/test", "--face"], output="1 failed")

    assert not check._passes("faces", fails)
    assert capsys.readouterr().out == "- faces: tools/test --face\n1 failed\n"


@proves("E21")
def test_the_page_names_each_python_and_each_range_that_is_checked() -> None:
    page = (ROOT / "docs" / "release.md").read_text()
    about = project.read()
    ranges = about.pyproject["project"]["dependencies"]
    pulumi = next(each for each in ranges if each.startswith("pulumi"))
    assert ", ".join(about.pythons) in page
    assert f"`{pulumi}`" in page


PINS: Final = """\
# This file was made by a tool.
attrs==26.1.0
    # via jsonschema
tomli==2.0.1 ; python_full_version < '3.11'
"""


@proves("E21")
def test_the_plugins_archive_asks_for_this_version_and_pins_the_rest(tmp_path: Path) -> None:
    files = plugin.write(tmp_path, "1.2.3rc1", "1.2.3-rc.1", PINS)
    assert [each.name for each in files] == [
        f"pulumi-resource-kaleyra-v1.2.3-rc.1-{system}.tar.gz"
        for system in ("darwin-amd64", "darwin-arm64", "linux-amd64", "linux-arm64")
    ]
    with tarfile.open(files[0]) as archive:
        found = {each.name: archive.extractfile(each) for each in archive.getmembers()}
        texts = {name: file.read().decode() for name, file in found.items() if file}
    assert texts["requirements.txt"].splitlines() == [
        "kaleyra-rcs==1.2.3rc1", "attrs==26.1.0", "tomli==2.0.1 ; python_full_version < '3.11'",
    ]  # fmt: skip
    assert yaml.safe_load(texts["PulumiPlugin.yaml"])["runtime"]["name"] == "python"
    assert set(texts) == {"PulumiPlugin.yaml", "__main__.py", "requirements.txt", "pulumi-resource-kaleyra"}


@pytest.mark.parametrize("environment", [".venv", "."])
def test_the_executable_of_the_archive_is_the_plugin_in_the_environment_that_the_engine_made(
    environment: str, tmp_path: Path
) -> None:
    with tarfile.open(plugin.write(tmp_path, "1.2.3", "1.2.3", PINS)[0]) as archive:
        archive.extractall(tmp_path, filter="data")
    command = [tmp_path / plugin.EXECUTABLE, "--version"]
    missing = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (missing.returncode, missing.stdout) == (1, "")
    assert f"there is no Python environment in {tmp_path}" in missing.stderr
    python = tmp_path / environment / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"pulumi-resource-kaleyra {project.read().number}\n"


def test_the_same_contents_make_the_same_archive(tmp_path: Path) -> None:
    made = [plugin.write(tmp_path, "1.2.3", "1.2.3", PINS)[0].read_bytes() for _ in range(2)]
    assert made[0] == made[1]
