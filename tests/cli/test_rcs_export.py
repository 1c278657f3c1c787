"""`kaleyra-rcs export`: a folder is filled, nothing is changed, and what stands in the way is one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from proves import proves
from rcs_program import run, run_on_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rcs_program import Done

    from rcs_simulator import World

COMMON = {"Pulumi.yaml", "__main__.py", "requirements.txt", "import.json", "README.md", ".gitignore"}


@pytest.fixture
def agent(world: World) -> str:
    """A live agent with a tester, beside a deleted one."""
    world.seed_agent(service_code="GONE", status="DELETED")
    number = world.seed_agent(service_code="SUPPORT")
    world.seed_tester(number, "919000000001")
    return number


@proves("E6")
@pytest.mark.usefixtures("agent", "signed_in")
@pytest.mark.parametrize(("options", "stack"), [([], "in"), (["--as", "program", "--name", "live"], "live")])
def test_an_account_becomes_a_folder_by_reads_only(
    rcs: Callable[..., Done], world: World, tmp_path: Path, options: list[str], stack: str
) -> None:
    done = rcs("export", "--to", "new", *options)
    assert done.code == 0
    assert {each.name for each in (tmp_path / "new").iterdir()} == COMMON | {f"Pulumi.{stack}.yaml"}
    assert done.out.startswith("1 agent and 1 tester, as Kaleyra has them (1 deleted agent left out).\n")
    assert f"  pulumi stack init {stack}\n" in done.out
    assert "phones[].country_code, default_locale, agent_test_url" in done.out
    assert {entry.method for entry in world.journal()} == {"GET"}
    assert "919000000001" not in done.out + done.err


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize(
    ("folder", "options", "name"),
    [
        ("agents", [], "agents"),
        ("my agents, 2", [], "my-agents-2"),
        ("2024", [], "2024"),
        ("…", [], "rcs"),
        ("agents", ["--project", "senders"], "senders"),
    ],
)
def test_a_project_is_named_after_its_folder_or_as_it_is_told(
    rcs: Callable[..., Done], tmp_path: Path, folder: str, options: list[str], name: str
) -> None:
    assert rcs("export", "--to", folder, *options).code == 0
    assert yaml.safe_load((tmp_path / folder / "Pulumi.yaml").read_text())["name"] == name


@proves("E6", "F1")
@pytest.mark.usefixtures("signed_in")
def test_a_project_for_the_plugin_holds_ids_to_import(rcs: Callable[..., Done], agent: str, tmp_path: Path) -> None:
    done = rcs("export", "--to", "new", "--face", "plugin")
    assert done.code == 0
    assert "  python3 -m venv .venv\n  pulumi install\n" in done.out
    entries = json.loads((tmp_path / "new" / "import.json").read_text())["resources"]
    assert [each["id"] for each in entries] == [agent, f"{agent}/919000000001"]
    assert "path: .venv/bin" in (tmp_path / "new" / "Pulumi.yaml").read_text()
    assert "kaleyra:face: plugin" in (tmp_path / "new" / "Pulumi.in.yaml").read_text()


@pytest.mark.usefixtures("agent", "signed_in")
def test_phone_numbers_become_a_secret_of_the_stack_where_that_is_asked_for(
    rcs: Callable[..., Done], tmp_path: Path
) -> None:
    done = rcs("export", "--to", "new", "--secret-phones")
    assert done.code == 0
    assert "  pulumi config set --secret rcs:testers < phones.json\n" in done.out
    assert "919000000001" in (tmp_path / "new" / "phones.json").read_text()
    assert "919000000001" not in (tmp_path / "new" / "Pulumi.in.yaml").read_text()


@pytest.mark.usefixtures("signed_in")
def test_an_account_without_agents_is_a_project_too(rcs: Callable[..., Done], tmp_path: Path) -> None:
    done = rcs("export", "--to", str(tmp_path / "a" / "new"))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("0 agents and 0 testers, as Kaleyra has them.\n")


@pytest.mark.usefixtures("agent", "signed_in")
def test_a_folder_that_is_not_empty_is_left_alone_before_any_call(
    rcs: Callable[..., Done], world: World, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = rcs("export", "--to", ".")
    assert (done.code, done.out) == (2, "")
    assert done.err == "error: . is not empty. Name another folder, or write over its files with --force.\n"
    assert world.journal() == []
    assert rcs("export", "--to", ".", "--force").code == 0
    assert (tmp_path / "mine.txt").read_text() == "mine"


@proves("A2")
@pytest.mark.usefixtures("agent", "signed_in")
def test_nothing_is_written_where_a_call_fails(rcs: Callable[..., Done], world: World, tmp_path: Path) -> None:
    world.fault("list_testers", 403)
    done = rcs("export", "--to", "new")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith("error: could not read the testers of agent ")
    assert not (tmp_path / "new").exists()


WRONG = {
    "no folder": ([], "Missing option '--to'"),
    "a form that is none": (["--to", "new", "--as", "yaml"], "'yaml' is not one of 'stack', 'program'"),
    "an unknown face": (["--to", "new", "--face", "go"], "'go' is not one of 'dynamic', 'plugin'"),
    "a malformed name": (["--to", "new", "--name", "a/b"], "a name is made of letters, digits"),
}


@pytest.mark.parametrize(("arguments", "words"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_one_line(rcs: Callable[..., Done], arguments: list[str], words: str) -> None:
    done = rcs("export", *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert words in done.err


def test_without_settings_every_missing_one_is_named(rcs: Callable[..., Done], tmp_path: Path) -> None:
    done = rcs("export", "--to", "new")
    assert done.code == 2
    assert "kaleyra:pod is not set" in done.err
    assert "kaleyra:sid is not set" in done.err
    assert not (tmp_path / "new").exists()


@pytest.mark.usefixtures("agent")
def test_a_terminal_sees_how_far_it_is_and_a_pipe_does_not(account: dict[str, str], tmp_path: Path) -> None:
    arguments = ("export", "--force", "--to", str(tmp_path / "new"))
    assert "Reading agents" in run_on_terminal(*arguments, env={**account, "TERM": "xterm"})
    piped = run(*arguments, env=account)
    assert (piped.code, piped.err) == (0, "")
    assert "Reading" not in piped.out
