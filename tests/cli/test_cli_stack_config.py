"""Settings from a stack's configuration, read by the real CLI, and from the environment."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from proves import proves
from rcs_program import environment, fake_pulumi, run

from rcs_provider.cli import stack_config
from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rcs_program import Done

    from rcs_simulator import World

OTHER_PASSPHRASE = {"PULUMI_CONFIG_PASSPHRASE": "other"}


class Project:
    """A project with the stack `dev`, which is selected; its api-key is encrypted."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder = folder / "project"
        (self.folder / "state").mkdir(parents=True)
        (self.folder / "inside").mkdir()
        (self.folder / "Pulumi.yaml").write_text(json.dumps({"name": "proof", "runtime": "python"}))
        self.env = {
            "PULUMI_HOME": str(folder / "home"),
            "PULUMI_BACKEND_URL": f"file://{self.folder}/state",
            "PULUMI_CONFIG_PASSPHRASE": "public",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "KALEYRA_ENDPOINT": world.url,
        }
        self.pulumi("stack", "init", "dev")
        plain = ("--plaintext", "kaleyra:pod=in", "--plaintext", f"kaleyra:sid={world.sid}")
        self.pulumi("config", "set-all", *plain, "--secret", f"kaleyra:apiKey={world.api_key}")

    def pulumi(self, *arguments: str) -> None:
        """Runs a command of the CLI that has to succeed."""
        subprocess.run(
            ["pulumi", *arguments, "--non-interactive"],
            cwd=self.folder, env=environment(self.env), check=True, capture_output=True, timeout=60,
        )  # fmt: skip

    def rcs(self, *arguments: str, folder: Path | None = None, **env: str) -> Done:
        """Runs the program in the project's folder."""
        return run(*arguments, env={**self.env, **env}, folder=folder or self.folder)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """A world for all tests of the module, which only read."""
    with Simulator() as simulator:
        yield simulator.world("in")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, world: World) -> Project:
    """A project for all of them, whose stack names the world's account."""
    return Project(tmp_path_factory.mktemp("project"), world)


def test_the_selected_stack_gives_settings_and_its_decrypted_key(project: Project, tmp_path: Path) -> None:
    assert project.rcs("agents", "--json").out == "[]\n"
    assert project.rcs("agents", "--json", folder=project.folder / "inside").out == "[]\n"
    assert project.rcs("agents", "--json", "-C", str(project.folder), folder=tmp_path).out == "[]\n"


def test_a_named_stack_gives_settings_where_none_is_selected(project: Project, tmp_path: Path) -> None:
    home = {"PULUMI_HOME": str(tmp_path)}  # which knows what is selected
    assert project.rcs("agents", "--json", "--stack", "dev", **home).out == "[]\n"
    without = project.rcs("agents", "--json", **home)
    assert (without.code, without.out) == (2, "")
    assert "kaleyra:pod is not set" in without.err
    assert "warning" not in without.err


@pytest.mark.parametrize(
    ("name", "env", "says"),
    [
        ("nope", {}, "no stack named 'nope' found"),
        ("dev", OTHER_PASSPHRASE, "incorrect passphrase"),
        ("dev", {"PULUMI_BACKEND_URL": "file:///nowhere/at/all"}, "no such file or directory"),
    ],
    ids=["no-stack", "passphrase", "backend"],
)
def test_a_named_stack_that_cannot_be_read_is_one_line_with_the_clis_own_words(
    name: str, env: dict[str, str], says: str, project: Project
) -> None:
    done = project.rcs("agents", "--stack", name, **env)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.startswith(f"error: the configuration of stack {name} could not be read: ")
    assert says in line


def test_a_selected_stack_that_cannot_be_read_leaves_the_environment_with_a_warning(
    project: Project, account: dict[str, str]
) -> None:
    done = project.rcs("agents", "--json", **account, **OTHER_PASSPHRASE)
    assert (done.code, done.out) == (0, "[]\n")
    assert done.err.startswith("warning: the configuration of the selected stack could not be read: incorrect pass")
    assert len(done.err.splitlines()) == 1


def test_a_selected_stack_that_cannot_be_read_is_the_one_error_where_the_account_is_not_known(
    project: Project,
) -> None:
    done = project.rcs("agents", **OTHER_PASSPHRASE)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "error: the configuration of the selected stack could not be read: incorrect passphrase. "
        "Set PULUMI_CONFIG_PASSPHRASE to the passphrase of that stack.\n"
    )


def test_an_environment_that_contradicts_the_stack_is_an_error_naming_both(project: Project) -> None:
    done = project.rcs("agents", KALEYRA_POD="na")
    assert (done.code, done.out) == (2, "")
    assert "kaleyra:pod is in and KALEYRA_POD is na" in done.err


def test_the_key_of_the_environment_wins(project: Project) -> None:
    done = project.rcs("agents", KALEYRA_API_KEY="wrong")
    assert done.code == 1
    assert "Incorrect SID or API key" in done.err


def test_the_doctor_says_where_each_setting_comes_from(project: Project, world: World) -> None:
    done = project.rcs("doctor", KALEYRA_POD="in", KALEYRA_API_KEY=world.api_key)
    told = {line[4:].split()[0]: line for line in done.lines}
    assert told["stack"].endswith("stack dev is read, and the environment")
    assert told["kaleyra:pod"].endswith("in, from KALEYRA_POD and kaleyra:pod of stack dev")
    assert told["kaleyra:sid"].endswith(f"{world.sid}, from kaleyra:sid of stack dev")
    assert told["kaleyra:apiKey"].endswith("set, from KALEYRA_API_KEY, which wins over kaleyra:apiKey of stack dev")
    assert told["kaleyra:endpoint"].endswith("from KALEYRA_ENDPOINT")
    assert world.api_key not in done.out + done.err
    assert done.code == 0


@proves("E8")
def test_settings_under_their_old_keys_are_refused_in_one_line_before_any_call(project: Project, world: World) -> None:
    file, before = project.folder / "Pulumi.dev.yaml", world.journal()
    file.write_text(file.read_text().replace("kaleyra:", "rcs:"))
    told = (
        "rcs:pod is now kaleyra:pod, rcs:sid is now kaleyra:sid, rcs:apiKey is now kaleyra:apiKey: "
        "rename them in the stack's file"
    )
    done = project.rcs("agents")
    assert (done.code, done.out, done.err) == (2, "", f"error: {told}\n")
    checked = project.rcs("doctor", KALEYRA_POD="in", KALEYRA_SID=world.sid, KALEYRA_API_KEY=world.api_key)
    assert checked.code == 3
    assert [" ".join(line.split()) for line in checked.lines if line.startswith("!!")] == [f"!! settings {told}"]
    assert world.journal() == before
    file.write_text(file.read_text().replace("rcs:sid", "kaleyra:sid").replace("rcs:apiKey", "kaleyra:apiKey"))
    assert project.rcs("agents").err == "error: rcs:pod is now kaleyra:pod: rename it in the stack's file\n"
    file.write_text(file.read_text().replace("rcs:pod", "kaleyra:pod"))
    assert project.rcs("agents", "--json").out == "[]\n"


# with a CLI that is made up


def test_without_a_cli_a_named_stack_is_an_error_and_a_project_alone_is_not(
    tmp_path: Path, account: dict[str, str]
) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: proof\nruntime: python\n")
    env = {**account, "PATH": "/nowhere"}
    named = run("agents", "--stack", "dev", env=env, folder=tmp_path)
    assert (named.code, named.out) == (2, "")
    assert named.err == "error: the configuration of stack dev could not be read: pulumi is not on PATH\n"
    alone = run("agents", "--json", env=env, folder=tmp_path)
    assert (alone.code, alone.out, alone.err) == (0, "[]\n", "")


def test_outside_of_a_project_the_cli_is_not_asked(
    tmp_path: Path, account: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", fake_pulumi(tmp_path / "bin", config={"kaleyra:pod": "na"}))
    assert stack_config.read(None, tmp_path) == stack_config.Stack()
    (tmp_path / "Pulumi.yaml").write_text("{}")
    assert stack_config.read(None, tmp_path).values == {"kaleyra:pod": "na"}
    del account


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("echo nonsense", "pulumi answered no JSON"),
        ("echo '[]'", "pulumi answered no JSON"),
        ("exit 7", "pulumi ended with code 7"),
        ("echo first >&2; echo 'error: \033[31mlast' >&2; echo >&2; exit 1", "read: [31mlast"),
    ],
    ids=["no-json", "no-object", "silent", "last-line"],
)
def test_whatever_the_cli_does_wrong_is_one_line(
    script: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pulumi").write_text(f"#!/bin/sh\n{script}\n")
    (tmp_path / "pulumi").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    found = stack_config.read("dev", tmp_path)
    assert found.values == {}
    assert says in found.trouble
    assert found.trouble.isprintable()


@pytest.mark.parametrize(
    ("config", "values"),
    [
        ({"kaleyra:pod": {"value": "in", "secret": False}}, {"kaleyra:pod": "in"}),
        ({"kaleyra:pod": {"secret": True}}, {}),
        ({"kaleyra:pod": None, "kaleyra:sid": {"value": 3}}, {}),
    ],
    ids=["text", "no-value", "odd"],
)
def test_only_texts_are_taken_from_the_configuration(
    config: Mapping[str, Any], values: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pulumi").write_text(f"#!/bin/sh\necho '{json.dumps(config)}'\n")
    (tmp_path / "pulumi").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert stack_config.read("dev", tmp_path).values == values


def test_the_values_of_a_stack_are_in_no_repr() -> None:
    assert "secret" not in repr(stack_config.Stack("dev", {"kaleyra:apiKey": "secret"}))
