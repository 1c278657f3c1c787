"""The files of an exported project."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from accounts import ACCOUNT, BARE, seen
from fakes import settings
from programs import run
from proves import proves
from samples import ALL_INPUTS, KEY

from rcs_provider.core import check, diff
from rcs_provider.core.codec import inputs_of
from rcs_provider.core.declarable import unreturned
from rcs_provider.core.errors import ConfigError
from rcs_provider.export import FORMS, project, report, require_room, write
from rcs_provider.export.declaration import declarations
from rcs_provider.export.inventory import Inventory
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.tester.life import TESTER

if TYPE_CHECKING:
    from rcs_provider.core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
HERE = settings(endpoint=None)
KINDS = {"RcsAgent": AGENT, "RcsTester": TESTER}


def _files(
    found: Inventory = ACCOUNT, form: str = "stack", here: Settings = HERE, face: str = "dynamic"
) -> dict[str, str]:
    return project(here, found, form, "in", face)


def _imported(files: dict[str, str]) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in json.loads(files["import.json"])["resources"]}


def _declared(files: dict[str, str], form: str) -> dict[str, dict[str, Any]]:
    """What the project's program declares, by name, as the engine hands it to a check."""
    config: dict[str, Any] = yaml.safe_load(files["Pulumi.in.yaml"])["config"]
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}

    def program() -> None:
        exec(compile(files["__main__.py"], form, "exec"), {})  # noqa: S102 - what is under test

    found = run(program, config=texts).resources
    return {each.name: {"kind": each.kind, **each.inputs} for each in found}


@proves("B17")
@pytest.mark.parametrize("found", [ACCOUNT, BARE, Inventory()], ids=["full", "bare", "empty"])
@pytest.mark.parametrize("form", FORMS)
def test_a_check_of_what_the_program_declares_gives_the_inputs_of_the_import(form: str, found: Inventory) -> None:
    files = _files(found, form)
    imported, declared = _imported(files), _declared(files, form)
    assert set(declared) == set(imported)
    for name, given in declared.items():
        token = given.pop("kind")
        kind = KINDS[token.rsplit(":", 1)[1]]
        entry = imported[name]
        stored = {key: value for key, value in entry["inputs"].items() if key != "__provider"}
        if token.endswith("RcsTester"):  # with the SDK's mocks an agent's number is its name
            given["agent_no"] = stored["agent_no"]
        provider = given.pop("__provider")
        assert (entry["type"], entry["inputs"]["__provider"]) == (token, provider)
        assert check.completed(kind, HERE, stored, given) == stored
        assert check.problems(kind, HERE, stored, check.completed(kind, HERE, stored, given)) == []


@proves("D7")
def test_the_outputs_of_the_import_stand_for_its_inputs_and_hold_every_output_that_was_read() -> None:
    for entry in _imported(_files()).values():
        stored = {key: value for key, value in entry["inputs"].items() if key != "__provider"}
        kind = KINDS[entry["type"].rsplit(":", 1)[1]]
        assert inputs_of(kind.table, entry["outputs"]) == stored
        plan = diff.plan(kind.table, entry["outputs"], stored)
        assert (plan.changes, plan.drifted) == ((), ())
        texts = [each.name for each in kind.table.outputs if each.type.value == "string"]
        assert set(texts) <= set(entry["outputs"])


def test_every_input_that_a_read_returns_is_declared() -> None:
    (one, *_) = declarations(HERE, ACCOUNT)
    assert one.arguments.keys() == {each.name for each in AGENT.table.sent if each.returned and each.name in ALL_INPUTS}


def test_what_no_read_returns_is_declared_nowhere_and_listed() -> None:
    paths = [path for path, _ in unreturned(AGENT.table)]
    assert paths == [
        "phones[].country_code", "default_locale", "agent_test_url", "end_point_config", "primary_interaction_type",
        "languages",
    ]  # fmt: skip
    files = _files()
    assert all(f"- `{path}`: " in files["README.md"] for path in paths)
    assert not any(f"{path}:" in files["Pulumi.in.yaml"] for path in paths[1:])


@pytest.mark.parametrize("form", FORMS)
def test_the_same_account_gives_the_same_bytes(form: str) -> None:
    assert _files(form=form) == _files(form=form)


@proves("P1")
@pytest.mark.parametrize("form", FORMS)
def test_nothing_secret_is_written(form: str) -> None:
    assert KEY not in json.dumps(_files(form=form))


@proves("B19")
@pytest.mark.parametrize("form", FORMS)
def test_phone_numbers_stand_with_a_plus_in_what_declares_them_only(form: str) -> None:
    holding = {name for name, text in _files(form=form).items() if "+919000000001" in text}
    assert holding == {name for name, text in _files(form=form).items() if "919000000001" in text}
    assert holding == {"import.json", "Pulumi.in.yaml" if form == "stack" else "__main__.py"}


def test_deleted_agents_are_left_out_and_named() -> None:
    files = _files()
    assert "71700" not in files["import.json"]
    assert "Deleted agents: 71700." in files["README.md"]
    assert "2 agents and 2 testers, as Kaleyra has them (1 deleted agent left out)." in files["README.md"]


def test_what_no_new_agent_could_have_is_listed_without_being_left_out() -> None:
    odd = Inventory((seen("71732", "SUPPORT", description="x" * 101),))
    files = _files(odd)
    assert "- SUPPORT: description: is 101 characters long, at most 100 are allowed" in files["README.md"]
    assert "x" * 101 in files["Pulumi.in.yaml"]


def test_the_settings_of_the_account_are_written() -> None:
    here = settings(endpoint="https://api.example.com", deletion_policy="retain")
    files = _files(BARE, here=here)
    config = yaml.safe_load(files["Pulumi.in.yaml"])["config"]
    assert {key: value for key, value in config.items() if key.startswith("kaleyra:")} == {
        "kaleyra:pod": "in",
        "kaleyra:sid": here.sid,
        "kaleyra:endpoint": "https://api.example.com",
        "kaleyra:deletionPolicy": "retain",
    }
    assert _imported(files)["SUPPORT"]["inputs"]["deletion_policy"] == "retain"


# the provider plugin


@proves("F1", "E6")
def test_the_import_file_of_the_plugin_holds_ids_and_nothing_else() -> None:
    resources = json.loads(_files(face="plugin")["import.json"])["resources"]
    assert [(each["type"], each["id"]) for each in resources] == [
        ("kaleyra:rcs:Agent", "71732"),
        ("kaleyra:rcs:Agent", "71733"),
        ("kaleyra:rcs:Tester", "71732/919000000001"),
        ("kaleyra:rcs:Tester", "71732/919000000002"),
    ]
    assert {key for each in resources for key in each} == {"type", "name", "id", "version"}
    assert [each["name"] for each in resources] == list(_imported(_files()))


@pytest.mark.parametrize("form", FORMS)
def test_a_project_of_the_plugin_differs_only_in_what_serves_it(form: str) -> None:
    dynamic, plugin = (_files(form=form, face=face) for face in ("dynamic", "plugin"))
    assert {name for name, text in plugin.items() if dynamic[name] != text} == {
        "Pulumi.yaml", "Pulumi.in.yaml", "import.json", "README.md",
    }  # fmt: skip
    assert yaml.safe_load(plugin["Pulumi.yaml"]) == {
        **yaml.safe_load(dynamic["Pulumi.yaml"]),
        "plugins": {"providers": [{"name": "kaleyra", "path": ".venv/bin"}]},
    }
    stacks = [yaml.safe_load(each["Pulumi.in.yaml"])["config"] for each in (dynamic, plugin)]
    assert stacks[1] == {"kaleyra:face": "plugin", **stacks[0]}
    # Without the folder the engine refuses the project, also to install it.
    assert "\npython3 -m venv .venv\npulumi install\n" in plugin["README.md"]
    assert "\n```sh\npulumi install\n" in dynamic["README.md"]
    assert "The import makes no call" in dynamic["README.md"]
    assert "The import reads each agent and tester by its id" in plugin["README.md"]


@proves("B19")
@pytest.mark.parametrize("form", FORMS)
def test_secret_phone_numbers_stand_only_in_files_that_git_ignores(form: str) -> None:
    files = project(HERE, ACCOUNT, form, "in", secret_phones=True)
    holding = {name for name, text in files.items() if "919000000001" in text}
    assert holding == {"import.json", "phones.json"} <= set(files[".gitignore"].split())
    assert "< phones.json" in files["README.md"]
    config = yaml.safe_load(files["Pulumi.in.yaml"])["config"]
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    key = re.search(r"config set --secret (\S+) <", files["README.md"])
    assert key
    texts[key[1] if ":" in key[1] else f"proof:{key[1]}"] = files["phones.json"]

    def program() -> None:
        exec(compile(files["__main__.py"], form, "exec"), {})  # noqa: S102 - what is under test

    declared = {each.name: each.inputs.get("phoneno") for each in run(program, config=texts).resources}
    plain = {name: each.get("phoneno") for name, each in _declared(_files(form=form), form).items()}
    secrets = {name: each["value"] for name, each in declared.items() if isinstance(each, dict)}
    assert {**declared, **secrets} == plain
    assert bool(secrets) is (
        form == "program"
    )  # the SDK's mocks do not tell which keys of the configuration are secret


TRAPS = [  # what one reader of YAML or another takes for no text
    "1",
    "1e3",
    "0o17",
    "0x1F",
    "true",
    "No",
    "y",
    "null",
    "~",
    "2026-01-01",
    "1:30",
    "a: b",
    "#x",
    "",
    "é\u2028",
    "=",
    "- a",
]


@pytest.mark.parametrize("text", TRAPS)
def test_a_text_of_the_stack_file_is_a_text_for_every_reader(text: str) -> None:
    files = _files(Inventory((seen("71732", "SUPPORT", description=text or None),)))
    line = re.search(r"^ +description: (.*)$", files["Pulumi.in.yaml"], re.MULTILINE)
    assert (line is None) is (text == "")
    if line:
        assert line[1].startswith('"')
        assert yaml.safe_load(line[1]) == text


def test_what_is_told_names_all_that_is_left_out_and_what_to_type() -> None:
    told = report(Path("there"), "in", ACCOUNT)
    assert all(path in told for path, _ in unreturned(AGENT.table))
    assert "Next, in there " in told
    assert "  pulumi import --file import.json --generate-code=false --yes" in told.splitlines()


# writing


def test_a_folder_is_made_and_filled(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b", {"one.txt": "é\n"})
    assert (tmp_path / "a" / "b" / "one.txt").read_text(encoding="utf-8") == "é\n"


def test_a_folder_that_holds_files_is_left_alone_unless_forced(tmp_path: Path) -> None:
    require_room(tmp_path)
    require_room(tmp_path / "new")
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ConfigError, match=r"is not empty\. Name another folder, or write over its files with --force"):
        require_room(tmp_path)
    require_room(tmp_path, force=True)


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match=r"cannot write to .*file"):
        write(tmp_path / "file", {"one.txt": "1"})
    with pytest.raises(ConfigError, match=r"cannot use .*file: Not a directory"):
        require_room(tmp_path / "file")
