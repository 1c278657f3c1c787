"""tools/languages: where hosts for other languages come from, and what writes an SDK."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from machine import ROOT
from proves import proves

if TYPE_CHECKING:
    from pathlib import Path

    from machine import Machine

INSTALL = ROOT / "tools" / "languages" / "install"
SDK = ROOT / "tools" / "languages" / "sdk"
HOSTS = ["pulumi-language-go", "pulumi-language-java", "pulumi-language-nodejs", "pulumi-language-yaml"]
# Behaves like go as far as the script looks: builds take a moment and are counted.
GO = """
case $1 in
version) echo "go version go1.26.8 linux/amd64" ;;
build)
    [ "${GO_BROKEN:-}" = true ] && { echo "no such module" >&2; exit 1; }
    echo build >>"$HOME/builds"
    sleep 0.2
    while [ "$1" != -o ]; do shift; done
    case $2 in */) to=$2${3##*/} ;; *) to=$2 ;; esac
    echo "$3" >"$to" && chmod 755 "$to" ;;
esac
"""


@pytest.fixture
def with_pulumi(machine: Machine) -> Machine:
    """A Pulumi without hosts for other languages on PATH."""
    machine.link("ln", "cp")
    machine.stub("pulumi", "echo v3.259.0")
    return machine


@pytest.fixture
def with_go(with_pulumi: Machine) -> Machine:
    with_pulumi.stub("go", GO)
    return with_pulumi


def folders(machine: Machine) -> list[Path]:
    """What the user's cache holds."""
    return [each for each in (machine.home / ".cache" / "kaleyra-rcs").iterdir() if each.is_dir()]


@proves("F3")
def test_a_pulumi_that_comes_with_its_hosts_is_used_as_it_is(with_pulumi: Machine) -> None:
    for name in HOSTS:
        with_pulumi.stub(name, "exit 1")
    ran = with_pulumi.run(INSTALL)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"{with_pulumi.bin}\n", "")


@proves("F3")
def test_without_hosts_and_without_go_one_line_says_what_to_install(with_pulumi: Machine) -> None:
    ran = with_pulumi.run(INSTALL)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == (
        f"The pulumi in {with_pulumi.bin} comes without hosts for other languages: "
        "install Go 1.21 or newer to build them.\n"
    )


@proves("F3")
def test_the_hosts_are_built_once_beside_the_same_pulumi(with_go: Machine) -> None:
    first = with_go.run(INSTALL)
    assert first.returncode == 0, first.stderr
    [folder] = folders(with_go)
    assert first.stdout == f"{folder}\n"
    assert sorted(each.name for each in folder.iterdir()) == ["pulumi", *sorted([*HOSTS, "pulumi-language-python"])]
    assert all(os.access(each, os.X_OK) for each in folder.iterdir())
    assert folder.joinpath("pulumi").samefile(with_go.bin / "pulumi")
    assert str(folder) in first.stderr
    second = with_go.run(INSTALL)
    assert (second.stdout, second.stderr) == (first.stdout, "")
    assert (with_go.home / "builds").read_text().count("build") == 2


def test_a_failed_build_of_a_host_leaves_nothing_that_looks_built(with_go: Machine) -> None:
    ran = with_go.run(INSTALL, GO_BROKEN="true")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "no such module" in ran.stderr
    assert folders(with_go) == []
    assert with_go.run(INSTALL).returncode == 0


@pytest.mark.parametrize("flock", [True, False])
def test_two_builds_of_the_hosts_at_once_do_not_disturb_each_other(with_go: Machine, *, flock: bool) -> None:
    if flock:
        with_go.link("flock")
    pair = [with_go.start(INSTALL) for _ in range(2)]
    ended = [(process.communicate(timeout=30)[0], process.returncode) for process in pair]
    [folder] = folders(with_go)
    assert ended == [(f"{folder}\n", 0)] * 2
    if flock:  # one run is two builds: the host of the tests and the one for YAML
        assert (with_go.home / "builds").read_text().count("build") == 2


@pytest.mark.parametrize("arguments", [[], ["java"], ["nodejs go"]])
def test_a_missing_or_unknown_language_gets_the_usage_and_builds_nothing(
    with_go: Machine, arguments: list[str]
) -> None:
    ran = with_go.run(SDK, *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "make sdk LANGUAGE=nodejs " in ran.stderr
    assert not (with_go.home / ".cache").exists()
