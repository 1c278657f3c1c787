"""`kaleyra-rcs look`: where it takes agents from, what it writes, and how it ends."""

from __future__ import annotations

import json
import os
import stat
import sys
from typing import TYPE_CHECKING, Any

import browser
import pytest
import yaml
from proves import proves
from rcs_program import fake_pulumi, run
from samples import LEAST
from stack_files import GOOD

from rcs_provider.cli import chromium

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rcs_program import Done

    from rcs_simulator import World

PREVIEW = {
    "steps": [
        {
            "op": "create",
            "urn": "urn:pulumi:dev::proof::kaleyra:rcs:Agent::support",
            "newState": {"inputs": {"displayName": "From a preview", "color": "#494e0d"}},
        }
    ],
    "changeSummary": {"create": 1},
}


@pytest.fixture
def page(tmp_path: Path) -> Callable[[], str]:
    """Reads the page that the command writes where nothing else is said."""
    return (tmp_path / "agents.html").read_text


def test_a_stack_file_becomes_a_page_and_a_line_says_where(
    tmp_path: Path, rcs: Callable[..., Done], page: Callable[[], str]
) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text(GOOD)
    done = rcs("look", "Pulumi.a.yaml")
    assert (done.code, done.out, done.err) == (0, "", "agents.html: 1 agent\n")
    assert "<h1><bdi>Agents in Pulumi.a.yaml</bdi></h1>" in page()
    assert "Answers to questions" in page()


def test_the_page_goes_where_to_says(tmp_path: Path, rcs: Callable[..., Done]) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text(GOOD)
    assert rcs("look", "Pulumi.a.yaml", "--to", "b.html").err == "b.html: 1 agent\n"
    written = rcs("look", "Pulumi.a.yaml", "--to", "-")
    assert (written.err, written.out) == ("", (tmp_path / "b.html").read_text() + "\n")
    refused = rcs("look", "Pulumi.a.yaml", "--to", "nowhere/b.html")
    assert (refused.code, refused.err) == (2, "error: nowhere/b.html cannot be written: No such file or directory\n")


def test_files_are_found_from_the_folder_that_is_chosen(tmp_path: Path, rcs: Callable[..., Done]) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "Pulumi.a.yaml").write_text(GOOD)
    assert rcs("look", "-C", "project", "Pulumi.a.yaml").code == 0
    assert (tmp_path / "project" / "agents.html").exists()


def test_a_preview_is_told_by_its_content_and_read_from_standard_input(tmp_path: Path) -> None:
    done = run("look", "-", env={}, folder=tmp_path, stdin=json.dumps(PREVIEW))
    assert (done.code, done.err) == (0, "agents.html: 1 agent: 1 new\n")
    text = (tmp_path / "agents.html").read_text()
    assert "Agents in the preview of dev" in text
    assert "From a preview" in text


def test_a_preview_that_failed_is_shown_as_far_as_it_went(rcs: Callable[..., Done], tmp_path: Path) -> None:
    failed = {**PREVIEW, "diagnostics": [{"severity": "error", "message": "color: must be # and six digits\n"}]}
    (tmp_path / "preview.json").write_text(json.dumps(failed))
    done = rcs("look", "preview.json")
    warning = "warning: the preview failed, so agents may be missing: color: must be # and six digits\n"
    assert (done.code, done.err) == (0, f"{warning}agents.html: 1 agent: 1 new\n")


def test_a_preview_is_run_in_the_project(
    tmp_path: Path, rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", fake_pulumi(tmp_path / "bin"))
    program = tmp_path / "bin" / "pulumi"
    program.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "assert sys.argv[1:] == ['preview', '--json', '--show-sames', '--non-interactive', '--stack', 'in']\n"
        f"print({json.dumps(PREVIEW)!r})\nsys.exit(3)\n"
    )
    done = rcs("look", "--preview", "--stack", "in")
    assert (done.code, done.err) == (0, "agents.html: 1 agent: 1 new\n")


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("sys.exit('error: no stack selected')", "no stack selected"),
        ("print('Previewing')", "pulumi printed no JSON"),
        ("print('{}')", "pulumi printed no JSON"),
    ],
)
def test_a_preview_that_cannot_be_had_is_one_line(
    tmp_path: Path, rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, script: str, why: str
) -> None:
    monkeypatch.setenv("PATH", fake_pulumi(tmp_path / "bin"))
    (tmp_path / "bin" / "pulumi").write_text(f"#!{sys.executable}\nimport sys\n{script}\n")
    done = rcs("look", "--preview")
    assert (done.code, done.err) == (2, f"error: the preview failed: {why}\n")


@proves("B20")
@pytest.mark.usefixtures("signed_in")
def test_the_accounts_agents_are_shown_but_for_deleted_ones(
    rcs: Callable[..., Done], world: World, page: Callable[[], str]
) -> None:
    world.set(verification_in_answers=True)
    world.seed_agent(service_code="SHOP", display_name="Shop", verification_state="VERIFICATION_STATE_VERIFIED")
    world.seed_agent(service_code="OTHER", display_name="Other")
    world.seed_agent(status="DELETED", service_code="GONE", display_name="Gone")
    done = rcs("look", "--live")
    assert (done.code, done.err) == (0, "agents.html: 2 agents\n")
    assert "Agents of the account on pod in" in page()
    assert "Gone" not in page()
    assert page().count('aria-label="verified"') == 4  # on both screens of both phones of the one


@pytest.mark.usefixtures("signed_in")
def test_an_answer_of_another_shape_is_shown_as_it_came(
    rcs: Callable[..., Done], world: World, page: Callable[[], str]
) -> None:
    number = world.seed_agent(display_name="Shop", color=["#000000"])
    done = rcs("look", "--live")
    assert (done.code, done.err.splitlines()[-1]) == (0, "agents.html: 1 agent")
    assert done.err.startswith(f"warning: agent {number}: unexpected answer: `color` is not a string")
    assert "Shop" in page()


@proves("B20")
@pytest.mark.usefixtures("signed_in")
def test_a_stack_file_is_held_against_the_account(
    tmp_path: Path, rcs: Callable[..., Done], world: World, page: Callable[[], str]
) -> None:
    world.seed_agent(**{**LEAST, "service_code": "SUPPORT", "display_name": "Old name"})
    world.seed_agent(service_code="ELSEWHERE")
    agents = {"support": {**LEAST, "color": LEAST["color"].upper()}, "new": {**LEAST, "service_code": "NEW"}}
    (tmp_path / "Pulumi.a.yaml").write_text(yaml.safe_dump({"config": {"rcs:agents": agents}}))
    done = rcs("look", "Pulumi.a.yaml", "--against", "live")
    assert (done.code, done.err) == (0, "agents.html: 2 agents: 1 new, 1 changed\n")
    assert "Old name" in page()
    assert "<dt>display_name</dt>" in page()
    assert "<dt>color" not in page()
    assert "ELSEWHERE" not in page()


def test_a_stack_file_is_held_against_an_older_one(
    tmp_path: Path, rcs: Callable[..., Done], page: Callable[[], str]
) -> None:
    (tmp_path / "old.yaml").write_text(GOOD)
    (tmp_path / "new.yaml").write_text(GOOD.replace("Answers to", "Answers all"))
    done = rcs("look", "new.yaml", "--against", "old.yaml")
    assert done.err == "agents.html: 1 agent: 1 changed\n"
    assert "Agents in new.yaml, against old.yaml" in page()
    assert rcs("look", "new.yaml", "--against", "new.yaml").err == "agents.html: 1 agent: 1 unchanged\n"


def test_what_is_encrypted_is_shown_as_a_secret(
    tmp_path: Path, rcs: Callable[..., Done], page: Callable[[], str]
) -> None:
    text = GOOD.replace("description: Answers to questions", "description: {secure: v1:canary}")
    (tmp_path / "Pulumi.a.yaml").write_text(text)
    assert rcs("look", "Pulumi.a.yaml").code == 0
    assert "[secret]" in page()
    assert "canary" not in page()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "f.yaml is empty"),
        ("config: [", "f.yaml:1:10: not valid YAML: "),
        ("Previewing update (dev)", "f.yaml:1:1: not a stack file: it has no `config`"),
        ('{"steps": [', "f.yaml:1:12: not valid YAML: "),
        ("config: {}", "f.yaml lists no agents: it has no rcs:agents"),
        ("config: {agents: {}}", "f.yaml: the stack has agents and no rcs:agents"),
        ("config: {rcs:agents: {secure: x}}", "f.yaml: rcs:agents is encrypted as a whole"),
        ("config: {rcs:agents: [1]}", "f.yaml: rcs:agents must be a mapping of names to mappings"),
        ("[" * 5000, "f.yaml:1:1: is nested too deeply"),
    ],
)
def test_a_file_without_agents_is_one_line_and_code_2(
    tmp_path: Path, rcs: Callable[..., Done], text: str, said: str
) -> None:
    (tmp_path / "f.yaml").write_text(text)
    done = rcs("look", "f.yaml")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith(f"error: {said}")
    assert not (tmp_path / "agents.html").exists()


def test_a_file_that_cannot_be_read_is_one_line_and_code_2(tmp_path: Path, rcs: Callable[..., Done]) -> None:
    (tmp_path / "f.yaml").write_bytes(b"config: \xff")
    assert rcs("look", "nowhere.yaml").err == "error: nowhere.yaml cannot be read: No such file or directory\n"
    assert rcs("look", ".").err.endswith("cannot be read: Is a directory\n")
    done = rcs("look", "f.yaml")
    assert (done.code, done.err) == (2, "error: f.yaml cannot be read: it is not UTF-8 text\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say whose agents: a FILE, --preview or --live"),
        (("f.yaml", "--live"), "say whose agents: a FILE, --preview or --live"),
        (("--live", "--against", "live"), "--live shows the account itself"),
        (("f.json", "--against", "f.yaml"), "a preview says itself what was there before"),
        (("f.yaml", "--to", "-", "--open"), "--open needs a file"),
    ],
)
@pytest.mark.usefixtures("signed_in")
def test_options_that_say_two_things_are_refused(
    tmp_path: Path, rcs: Callable[..., Done], arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "f.yaml").write_text(GOOD)
    (tmp_path / "f.json").write_text(json.dumps(PREVIEW))
    done = rcs("look", *arguments)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert done.err.startswith(f"error: {said}")


def test_the_page_is_opened_where_that_is_asked_for(
    tmp_path: Path, rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text(GOOD)
    opened: list[Any] = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or bool(len(opened) == 1))
    assert rcs("look", "Pulumi.a.yaml", "--open").err == "agents.html: 1 agent\n"
    assert opened == [(tmp_path / "agents.html").as_uri()]
    assert rcs("look", "Pulumi.a.yaml", "--open").err.endswith(
        "warning: no browser could be started: open agents.html\n"
    )


def test_without_a_chromium_no_picture_is_made_and_the_line_names_what_was_looked_for(
    tmp_path: Path, rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text(GOOD)
    monkeypatch.setenv("PATH", str(tmp_path))
    done = rcs("look", "Pulumi.a.yaml", "--png", "pictures")
    assert done.code == 2
    assert done.err == (
        "error: there is no Chromium for the pictures: PATH has none of chromium, chromium-browser, google-chrome, "
        "google-chrome-stable, chrome. Install one, or leave --png out.\n"
    )
    assert not (tmp_path / "agents.html").exists()


def test_pictures_are_drawn_of_agents_that_change(
    tmp_path: Path, rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "find", browser.chromium)
    agents = {name: {**LEAST, "service_code": name} for name in ("same", "a b", "a/b")}
    old = {**agents, "a b": {**LEAST, "service_code": "a b", "description": "x"}}
    for name, data in (("old.yaml", old), ("new.yaml", {**agents, "new": {**LEAST, "service_code": "N"}})):
        (tmp_path / name).write_text(yaml.safe_dump({"config": {"rcs:agents": data}}))
    drawn = rcs("look", "new.yaml", "--against", "old.yaml", "--png", "pictures")
    assert (drawn.code, drawn.err.splitlines()[-1]) == (0, "pictures: 2 pictures")
    files = {each.name: each.read_bytes() for each in (tmp_path / "pictures").iterdir()}
    assert sorted(files) == ["a-b.png", "new.png"]
    for content in files.values():
        width, height = (int.from_bytes(content[place : place + 4], "big") for place in (16, 20))
        assert content.startswith(b"\x89PNG")
        assert width == 1280
        assert height > 800


def test_a_long_path_for_temporary_files_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    drawn = chromium.draw(browser.chromium(), "<style></style><article id=a>x", {"a": "a"}, tmp_path / "drawn")
    assert [each.name for each in drawn] == ["a.png"]


@pytest.mark.parametrize(
    ("script", "why"), [("exit 1", "the browser ended"), ("exec sleep 60", "the browser did not answer within 1 s")]
)
def test_a_browser_that_does_not_work_is_one_line_and_code_1(
    tmp_path: Path, rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, script: str, why: str
) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text(GOOD)
    broken = tmp_path / "chromium"
    broken.write_text(f"#!/bin/sh\n{script}\n")
    broken.chmod(broken.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path), "/bin", "/usr/bin"]))
    monkeypatch.setattr(chromium, "_PATIENCE", 1.0)
    done = rcs("look", "Pulumi.a.yaml", "--png", "pictures")
    assert (done.code, done.err.splitlines()[1:]) == (1, [f"error: the pictures could not be made: {why}"])
