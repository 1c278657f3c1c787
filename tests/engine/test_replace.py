"""Restricted fields: what a preview says, what each deletion policy makes of them, and the ways round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest
from forcing import WAYS, each_way
from project import Preview, Project
from proves import proves
from samples import FULL, LEAST
from wire import calls, writes

from rcs_provider.core.fields import Role
from rcs_provider.objects.agent.fields import TABLE
from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from faces import Face

    from rcs_simulator import World

BRAND: Final = FULL["brand_details"]

ANEW: Final[Mapping[str, tuple[Any, str]]] = {
    "agent_type": ("2", "agent_type"),
    "hosting_region": ("EUROPE", "hosting_region"),
    "brand_details": ({**BRAND, "brand_no": "9000"}, "brand_details.brand_no"),
    "brand_details.brand_no": ({**BRAND, "brand_no": "9001"}, "brand_details.brand_no"),
    "brand_details.provider_brand_no": ({**BRAND, "provider_brand_no": "Brand_2"}, "brand_details.provider_brand_no"),
    "brand_details.brand_name": ({**BRAND, "brand_name": "Sample"}, "brand_details.brand_name"),
    "rcs_provider_id": ("3", "rcs_provider_id"),
}
"""For each restricted field another value, and the path that a preview shows for it."""

EUROPE: Final = {**LEAST, "hosting_region": "EUROPE"}


@proves("D4")
def test_every_restricted_field_of_the_table_has_a_case() -> None:
    restricted = [each for each in TABLE.sent if each.role is Role.REPLACE]
    inner = {f"{each.name}.{nested.name}" for each in restricted for nested in each.fields or ()}
    assert set(ANEW) == {each.name for each in restricted} | inner


def _coded(*names: str) -> dict[str, dict[str, Any]]:
    """Agents that have their names as service codes."""
    return {name: {**LEAST, "service_code": name} for name in names}


def _numbers(project: Project) -> dict[str, str]:
    return {name: each["id"] for name, each in project.resources().items()}


@dataclass(frozen=True)
class Anew:
    """One stack under `delete` with one agent per case, before and after each had its one field changed.

    Those of `WAYS` are replaced in the same run.
    """

    preview: Preview
    writes_in_preview: list[str]
    old: Mapping[str, Mapping[str, Any]]
    new: Mapping[str, Mapping[str, Any]]
    world: World
    project: Project


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory, face: Face) -> Iterator[Anew]:
    with Simulator() as simulator:
        world, folder = simulator.world("in"), tmp_path_factory.mktemp("anew")
        project = Project(folder / "project", folder / "home", world, face=face)
        project.configure(deletionPolicy="delete", requestsPerSecond="1000")
        agents = {name: {**FULL, "service_code": f"CODE{index}"} for index, name in enumerate(ANEW)}
        project.declare({**agents, **_coded(*WAYS)})
        project.up()
        old = project.resources()
        changed = {name: {**agents[name], name.split(".")[0]: value} for name, (value, _) in ANEW.items()}
        project.declare({**changed, **_coded(*WAYS)})
        world.clear_journal()
        preview = project.preview()
        quiet = calls(world)
        project.up(*each_way(project))
        yield Anew(preview, quiet, old, project.resources(), world, project)


@proves("D4", "A7", "P13", "D1")
def test_a_restricted_field_shows_as_replace_with_the_reason_and_as_in_a_forced_one_the_old_agent_goes_first(
    anew: Anew, subtests: pytest.Subtests
) -> None:
    """All of it of one stack under `delete`, where nothing is left to do in the end."""
    for name in ANEW:
        with subtests.test(f"{name}: preview"):
            _says_why(anew, name)
        with subtests.test(f"{name}: run"):
            live = _old_goes_first(anew, name)
            assert live[name.split(".", maxsplit=1)[0]] == ANEW[name][0]
    assert set(anew.preview.ops) == set(ANEW)
    for name in WAYS:
        with subtests.test(name):
            _old_goes_first(anew, name)
    assert sorted(each["agent_number"] for each in anew.world.agents()) == sorted(_numbers(anew.project).values())
    assert len(writes(anew.world)) == 2 * len(anew.old)
    anew.project.settles()


def _says_why(anew: Anew, name: str) -> None:
    field, number = name.split(".", maxsplit=1)[0], anew.old[name]["id"]
    assert anew.preview.ops[name] == "replace"
    assert anew.preview.changed(name) == [ANEW[name][1]]
    assert [line for line in anew.preview.lines(name) if "cannot change in place" in line] == [
        (
            f"warning: {field} cannot change in place: agent {number} is deleted, and a new one is made: "
            "verification, launch and the testers' invitations start again"
        )
    ]
    assert anew.writes_in_preview == []


def _old_goes_first(anew: Anew, name: str) -> Mapping[str, Any]:
    """Gives the new agent, as Kaleyra has it."""
    old, new = anew.old[name]["id"], anew.new[name]["id"]
    assert old != new
    assert anew.world.agent(old)["status"] == "DELETED"
    live = anew.world.agent(new)
    assert live["status"] == "ACTIVE"
    order = [
        each.operation for each in anew.world.journal() if each.method != "GET" and each.agent_number in (old, new)
    ]
    assert order == ["delete_agent", "create_agent"]
    return live


@proves("B7", "D13", "A7")
def test_under_prevent_a_replacement_is_refused_in_preview_with_the_way_out_and_a_forced_one_is_refused(
    make: Callable[..., Project], world: World
) -> None:
    project = make()
    project.declare({"agent": LEAST, **_coded(*WAYS)})
    project.up()
    numbers = _numbers(project)
    number = numbers["agent"]
    project.declare({"agent": EUROPE, **_coded(*WAYS)})
    world.clear_journal()
    refused = project.fails("up", "--yes")
    assert "Updating" not in refused.out, "the preview went through"
    assert refused.said == {
        "agent": [
            (
                f"error: hosting_region cannot change in place, and agent {number} is protected by deletion_policy "
                '"prevent". Set "delete" or "retain", run `pulumi up`, and only then change it.'
            )
        ]
    }
    assert project.fails("up", "--yes", "--skip-preview").code != 0
    assert writes(world) == []
    # The way out that the line names.
    project.declare({"agent": {**LEAST, "deletion_policy": "delete"}, **_coded(*WAYS)})
    project.up()
    project.declare({"agent": {**EUROPE, "deletion_policy": "delete"}, **_coded(*WAYS)})
    project.up()
    assert world.agent(number)["status"] == "DELETED"
    before = world.agents()
    assert sorted(each["hosting_region"] for each in before) == ["ASIA_PACIFIC", "ASIA_PACIFIC", "EUROPE"]
    world.clear_journal()
    one = project.fails("up", "--yes", "--skip-preview", "--replace", project.urn("replaced"))
    assert project.pulumi("state", "taint", project.urn("tainted"), "--yes").code == 0
    other = project.fails("up", "--yes", "--skip-preview")
    for refused in (one, other):
        assert any("unable to replace resource" in line for line in refused.errors), refused.out
    assert (calls(world), world.agents()) == ([], before)


@proves("D13", "A7", "D4")
def test_under_retain_a_replacement_needs_another_code_and_leaves_the_old_agent_live_and_a_forced_one_keeps_it(
    project: Project, world: World
) -> None:
    project.configure(deletionPolicy="retain")
    names = ("agent", *WAYS)
    project.declare(_coded(*names))
    project.up()
    before = _numbers(project)
    world.clear_journal()
    project.declare({**_coded(*names), "agent": {**EUROPE, "service_code": "agent"}})
    refused = project.fails("preview")
    assert refused.said == {
        "agent": [
            (
                'error: hosting_region needs a new agent, but under deletion_policy "retain" the old one keeps '
                "service_code agent. Declare another service_code as well."
            )
        ]
    }
    assert calls(world) == []
    project.declare({**_coded(*names), "agent": {**EUROPE, "service_code": "OTHER"}})
    preview = project.preview()
    assert preview.ops == {"agent": "replace"}
    assert f"agent {before['agent']} stays at Kaleyra" in preview.diagnostics
    project.up(*each_way(project))
    regions = {each["service_code"]: each["hosting_region"] for each in world.agents()}
    assert regions == {**dict.fromkeys(names, "ASIA_PACIFIC"), "OTHER": "EUROPE"}
    after = _numbers(project)
    assert after["agent"] != before["agent"]
    # Of the others the old agent stays and has the code, so it is what the new resource takes over.
    assert {name: after[name] for name in WAYS} == {name: before[name] for name in WAYS}
    assert writes(world) == ["create_agent"]
    project.settles()


@proves("P13", "E7")
def test_an_agent_made_first_by_the_programs_own_option_is_never_deleted_with_the_old_one_and_refused_if_changed(
    project: Project, world: World
) -> None:
    first = {"delete_before_replace": False}
    same = {name: {"args": each, "opts": first} for name, each in _coded("same", "changed").items()}
    project.declare(same)
    project.up()
    before, numbers = world.agents(), _numbers(project)
    project.declare({**same, "changed": {"args": {**EUROPE, "service_code": "changed"}, "opts": first}})
    world.clear_journal()
    run = project.fails_in_part("--replace", project.urn("same"))
    assert len([line for line in run.said["changed"] if line.startswith("error: ")]) == 1
    assert f"agent {numbers['changed']} has this service code already" in run.out
    # After an error the engine leaves the old ones to the next run.
    project.declare(same)
    assert f"agent {numbers['same']} stays" in project.up().out
    assert (writes(world), world.agents()) == ([], before)
    project.settles()


@proves("A7")
def test_changing_languages_is_refused_in_one_line_and_a_forced_replacement_is_its_way_out(
    project: Project, world: World
) -> None:
    project.declare({"agent": {**LEAST, "languages": ["English"]}})
    project.up()
    project.declare({"agent": {**LEAST, "languages": ["English", "Hindi"]}})
    world.clear_journal()
    refused = project.fails("preview")
    assert len(refused.said["agent"]) == 1
    assert "languages: cannot change after creation" in refused.said["agent"][0]
    assert f"with `pulumi up --replace '{project.urn('agent')}'`" in refused.said["agent"][0]
    assert calls(world) == []
    project.up("--replace", project.urn("agent"))
    assert [each["languages"] for each in world.agents()] == [["English", "Hindi"]]
