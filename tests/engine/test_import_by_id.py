"""What is at Kaleyra comes under Pulumi by its id, in every way that Pulumi has for that, and changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from plugged import AGENT, TESTER, a_tester, an_agent, declare, plugged
from proves import proves
from samples import FULL, LEAST
from wire import QUIRKS, calls, writes

from rcs_provider.core.names import camel, renamed
from rcs_provider.export import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from project import Project, Run

    from rcs_simulator import Simulator, World

PHONE = "919000000001"
CALL = {"labelText": "Call", "isTollFree": True, "number": "18001001001"}
VERIFIED = {"verification_state": "VERIFICATION_STATE_VERIFIED"}
BARE = {"website": None, "phones": None}
ODD = {"description": "x" * 120, "display_name": " Support ", "color": "#FFF", "service_code": "é two words"}
PLAIN: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "minimal": ({}, (PHONE,)),
    "full": (dict(FULL), (PHONE, "919000000002")),
    "bare": (BARE, ()),
    "empty lists": ({"phones": [], "emails": [], "website": []}, ()),
    "odd": (ODD, ("12", "+44 7911 123456")),
    "draft": ({"status": "DRAFT"}, (PHONE,)),
}
"""By name an agent's own values and its testers' phones."""
ACCOUNTS: dict[str, tuple[dict[str, tuple[dict[str, Any], tuple[str, ...]]], dict[str, Any]]] = {
    "plain answers": (PLAIN, {}),
    "respelt": (
        {"respelt": (dict(FULL), ("+91 90000 00001",)), "verified": (VERIFIED, (PHONE,))},
        {**QUIRKS, "list_lag_reads": 0, "read_lag": 0},
    ),
}
"""What is there, and how the API answers."""


@pytest.fixture
def project(make: Callable[..., Project]) -> Project:
    return plugged(make())


def imports(project: Project, *given: str) -> None:
    """`pulumi import` that has to succeed."""
    run = project.pulumi("import", *given, "--yes", "--generate-code=false", "--protect=false")
    assert run.code == 0, run.out


def is_settled(project: Project) -> None:
    """The next preview changes nothing."""
    run = project.pulumi("preview", "--expect-no-changes", "--diff")
    assert run.code == 0, run.out


def managed(project: Project) -> dict[str, dict[str, Any]]:
    """The package's resources in state, by name."""
    found = project.export().get("resources") or []
    return {each["urn"].split("::")[-1]: each for each in found if each["type"].startswith("kaleyra:rcs:")}


def seeded(world: World, code: str = "SUPPORT") -> str:
    """The number of an agent that `an_agent()` declares whole, with one tester."""
    number = world.seed_agent(**{**LEAST, "phones": [], "service_code": code})
    world.seed_tester(number, PHONE)
    return number


def exported(world: World, folder: Path, *options: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What an export of the world declares, as a program of any language spells it, and its import file."""
    account = {"KALEYRA_POD": "in", "KALEYRA_SID": world.sid}
    calls = {"KALEYRA_API_KEY": world.api_key, "KALEYRA_ENDPOINT": world.url}
    command = [sys.executable, "-m", "rcs_provider", "export", "--to", str(folder), "--face", "plugin", *options]
    subprocess.run(command, env={**os.environ, **account, **calls}, capture_output=True, check=True)
    config = yaml.safe_load((folder / "Pulumi.in.yaml").read_text())["config"]
    agents, testers = (config.get(f"rcs:{each}") or {} for each in ("agents", "testers"))
    declared = {
        **{name: {"type": AGENT, "props": renamed(each, camel)} for name, each in agents.items()},
        **{name: {"type": TESTER, "props": renamed(each, camel)} for name, each in testers.items()},
    }
    return declared, json.loads((folder / "import.json").read_text())["resources"]


@proves("F1", "E6", "D7", "B17")
@pytest.mark.parametrize(("agents", "switches"), ACCOUNTS.values(), ids=ACCOUNTS)
def test_whatever_an_export_holds_is_imported_by_id_to_an_empty_preview(
    project: Project,
    world: World,
    agents: dict[str, tuple[dict[str, Any], tuple[str, ...]]],
    switches: dict[str, Any],
) -> None:
    for name, (agent, phones) in agents.items():
        number = world.seed_agent(**{**agent, "service_code": agent.get("service_code", name)})
        for each in phones:
            world.seed_tester(number, each)
    world.set(**switches)
    declared, file = exported(world, project.folder / "exported")
    assert {"id", "name", "type", "version"} == {key for each in file for key in each}
    project.write("import.json", json.dumps({"resources": file}))
    declare(project, **declared)
    world.clear_journal()
    imports(project, "--file", "import.json")
    assert set(managed(project)) == set(declared)
    project.settles()
    assert writes(world) == []


@proves("F1", "D7")
def test_the_command_takes_a_number_and_the_tester_s_phone_after_it_and_stores_what_creating_does(
    make: Callable[..., Project], world: World
) -> None:
    first = plugged(make())
    declare(first, support=an_agent(phones=[CALL]), first=a_tester("support", PHONE))
    first.up()
    first.refresh()  # the answer to a registration holds no status
    made = managed(first)
    number = made["support"]["id"]
    second = plugged(make("second"))
    declare(second, support=an_agent(phones=[CALL]), first=a_tester("support", PHONE))
    world.clear_journal()
    imports(second, AGENT, "support", number)
    imports(second, TESTER, "first", f"{number}/{PHONE}")
    assert set(calls(world)) == {"get_agent", "list_testers"}
    taken = managed(second)
    # What no answer shows is not known of what was made elsewhere, and a number is told from its digits with a plus.
    assert taken["support"]["outputs"].pop("__unread") is True
    for each in ("inputs", "outputs"):
        assert taken["first"][each]["phoneno"] == f"+{made['first'][each]['phoneno']}"
        taken["first"][each]["phoneno"] = PHONE
        for name in ("support", "first"):
            assert taken[name][each] == made[name][each]
    second.settles()


@proves("F1", "E7")
def test_the_option_import_takes_over_what_is_there_and_may_be_removed_afterwards(
    project: Project, world: World
) -> None:
    number = seeded(world)
    declare(
        project,
        support=an_agent({"import_": number}),
        first=a_tester("support", PHONE, {"import_": f"{number}/{PHONE}"}),
    )
    shown = project.pulumi("preview")
    assert "= 2 to import" in shown.out
    assert "to update" not in shown.out
    project.up()
    assert {each["id"] for each in managed(project).values()} == {number, f"{number}/{PHONE}"}
    is_settled(project)
    declare(project, support=an_agent(), first=a_tester("support", PHONE))
    is_settled(project)
    assert writes(world) == []


@proves("F1", "A16")
def test_a_program_that_differs_from_what_it_imports_shows_so_in_the_preview(project: Project, world: World) -> None:
    number = world.seed_agent(**LEAST, phones=FULL["phones"])
    declare(project, support=an_agent({"import_": number}, description="Another"))
    shown = project.pulumi("preview", "--diff")
    assert "= 1 to import" in shown.out
    assert '~ description: "Answers questions" => "Another"' in shown.out
    assert "- phones" in shown.out
    assert writes(world) == []


AN_AGENT = "this is not the id of an agent. It is the agent's number, such as 71732."
A_TESTER = (
    "this is not the id of a tester. It is the agent's number, a slash and the digits of the phone number with its "
    "country code, such as 71732/919876543210."
)
REFUSED: dict[str, tuple[str, str, str, list[str]]] = {
    "a name": (AGENT, "SUPPORT", AN_AGENT, []),
    "a tester's for an agent": (AGENT, f"71732/{PHONE}", AN_AGENT, []),
    "an agent's for a tester": (TESTER, "71732", A_TESTER, []),
    "a plus": (TESTER, f"71732/+{PHONE}", A_TESTER, []),
    "no such agent": (AGENT, "99999", "there is no agent 99999 in account SIMULATEDIN01", ["get_agent"]),
    "a deleted agent": (AGENT, "DELETED", "there is no agent DELETED in account SIMULATEDIN01", ["get_agent"]),
    "no such tester": (
        TESTER,
        "ALIVE/919000000009",
        "there is no tester ***09 of agent ALIVE in account SIMULATEDIN01",
        ["list_testers"],
    ),
    "a tester of no agent": (
        TESTER,
        f"99999/{PHONE}",
        "there is no tester ***01 of agent 99999 in account SIMULATEDIN01",
        ["list_testers"],
    ),
}
"""Type, id, the one line, and the calls that it takes."""


def refused(project: Project, *resources: dict[str, str]) -> Run:
    """`pulumi import` of all these, none of which comes in."""
    project.write("import.json", json.dumps({"resources": resources}))
    run = project.fails("import", "--file", "import.json", "--yes", "--generate-code=false")
    assert managed(project) == {}
    return run


@proves("F1", "E19")
def test_an_id_of_nothing_is_one_line_and_leaves_nothing_behind(project: Project, world: World) -> None:
    numbers = {"ALIVE": seeded(world), "DELETED": world.seed_agent(status="DELETED")}

    def named(text: str) -> str:
        for word, number in numbers.items():
            text = text.replace(word, number)
        return text

    run = refused(
        project, *({"type": type_, "name": name, "id": named(id_)} for name, (type_, id_, _, _) in REFUSED.items())
    )
    told = {name: [f"error: Preview failed: {named(line)}"] for name, (_, _, line, _) in REFUSED.items()}
    assert {name: run.said.get(name) for name in REFUSED} == told
    assert sorted(calls(world)) == sorted(call for *_, needed in REFUSED.values() for call in needed)


@proves("F1", "A2")
def test_an_import_that_cannot_read_fails_and_leaves_nothing_behind(project: Project, world: World) -> None:
    project.configure(maxRetries="0")
    numbers = {}
    for name, fault in {"forbidden": 403, "away": 503, "closed": "close"}.items():
        numbers[name] = seeded(world, name)
        world.fault("get_agent", fault, service_code=name)
    run = refused(project, *({"type": AGENT, "name": name, "id": number} for name, number in numbers.items()))
    for name, number in numbers.items():
        assert len(run.said[name]) == 1, run.out
        assert f"could not read agent {number}" in run.said[name][0]


SECOND = """\
import json
import pulumi

class Account(pulumi.ProviderResource):
    pass

class Any(pulumi.CustomResource):
    pass

account, agent = json.load(open("second.json"))
na = Account("kaleyra", "na", account)
if agent:
    support = Any("kaleyra:rcs:Agent", "support", agent, pulumi.ResourceOptions(provider=na))
    tester = {"agentNo": support.id, "phoneno": "919000000001"}
    Any("kaleyra:rcs:Tester", "first", tester, pulumi.ResourceOptions(provider=na))
"""


@proves("F1", "A14")
def test_a_second_account_is_named_by_the_urn_of_its_provider(
    project: Project, world: World, simulator: Simulator
) -> None:
    na = simulator.world("na")
    number = seeded(na)
    account = {"pod": "na", "sid": na.sid, "apiKey": na.api_key, "endpoint": na.url}
    project.write("__main__.py", SECOND)
    project.write("second.json", json.dumps([account, None]))
    project.up()
    urn = next(each["urn"] for each in project.export()["resources"] if each["urn"].endswith("::na"))
    imports(project, AGENT, "support", number, "--provider", f"na={urn}")
    tester = {"type": TESTER, "name": "first", "id": f"{number}/{PHONE}", "provider": "na"}
    project.write("import.json", json.dumps({"nameTable": {"na": urn}, "resources": [tester]}))
    imports(project, "--file", "import.json")
    project.write("second.json", json.dumps([account, an_agent()["props"]]))
    is_settled(project)
    assert set(calls(na)) == {"get_agent", "list_testers"}
    assert calls(world) == []


@proves("F1", "E6", "B17")
@pytest.mark.parametrize("form", FORMS)
def test_the_guide_of_a_project_for_the_plugin_takes_the_account_over_without_a_change(
    project: Project, world: World, form: str
) -> None:
    number = world.seed_agent(**{**FULL, "service_code": "SUPPORT"})
    world.seed_tester(number, PHONE)
    world.seed_agent(**ODD)
    exported(world, project.folder / "exported", "--as", form)
    for each in (project.folder / "exported").iterdir():
        each.replace(project.folder / each.name)
    (project.folder / ".venv").symlink_to(sys.prefix)
    guide = (project.folder / "README.md").read_text()
    steps = guide.partition("```sh\n")[2].partition("\n```")[0].splitlines()
    # The environment is there, and so is the key.
    assert steps[:2] == ["python3 -m venv .venv", "pulumi install"]
    assert steps[3] == "pulumi config set --secret kaleyra:apiKey"
    project.env["PULUMI_STACK"] = "in"
    world.clear_journal()
    for step in (steps[2], *steps[4:]):
        run = project.pulumi(*step.split()[1:])
        assert run.code == 0, run.out
    assert run.out.count("unchanged") == 1
    assert writes(world) == []
