"""Restricted fields: what a preview says, what each deletion policy makes of them, and the ways round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest
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


@dataclass(frozen=True)
class Anew:
    """One stack under `delete` with one agent per case, before and after each had its one field changed."""

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
        project.declare(agents)
        project.up()
        old = project.resources()
        project.declare({name: {**agents[name], name.split(".")[0]: value} for name, (value, _) in ANEW.items()})
        world.clear_journal()
        preview = project.preview()
        quiet = calls(world)
        project.up()
        yield Anew(preview, quiet, old, project.resources(), world, project)


@proves("D4", "A7", "P13", "D1")
def test_a_restricted_field_shows_as_replace_with_the_reason_and_the_old_agent_goes_before_the_new_one_comes(
    anew: Anew, subtests: pytest.Subtests
) -> None:
    """All of it of one stack under `delete`, where nothing is left to do in the end."""
    for name in ANEW:
        with subtests.test(f"{name}: preview"):
            _says_why(anew, name)
        with subtests.test(f"{name}: run"):
            _old_goes_first(anew, name)
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


def _old_goes_first(anew: Anew, name: str) -> None:
    old, new = anew.old[name]["id"], anew.new[name]["id"]
    assert old != new
    assert anew.world.agent(old)["status"] == "DELETED"
    live = anew.world.agent(new)
    assert (live["status"], live[name.split(".", maxsplit=1)[0]]) == ("ACTIVE", ANEW[name][0])
    order = [
        each.operation for each in anew.world.journal() if each.method != "GET" and each.agent_number in (old, new)
    ]
    assert order == ["delete_agent", "create_agent"]


@proves("B7", "D13", "A7")
def test_under_prevent_a_replacement_is_refused_in_preview_with_the_way_out(
    make: Callable[..., Project], world: World
) -> None:
    project = make()
    project.declare({"agent": LEAST})
    project.up()
    number = project.resources()["agent"]["id"]
    project.declare({"agent": EUROPE})
    world.clear_journal()
    assert project.fails("preview").said == {
        "agent": [
            (
                f"error: hosting_region cannot change in place, and agent {number} is protected by deletion_policy "
                '"prevent". Set "delete" or "retain", run `pulumi up`, and only then change it.'
            )
        ]
    }
    assert project.fails("up", "--yes").code != 0
    assert project.fails("up", "--yes", "--skip-preview").code != 0
    assert writes(world) == []
    # The way out that the line names.
    project.declare({"agent": {**LEAST, "deletion_policy": "delete"}})
    project.up()
    project.declare({"agent": {**EUROPE, "deletion_policy": "delete"}})
    project.up()
    assert world.agent(number)["status"] == "DELETED"
    assert [each["hosting_region"] for each in world.agents()] == ["EUROPE"]


@proves("D13", "A7")
def test_under_retain_a_replacement_needs_another_code_and_says_so_in_preview(project: Project, world: World) -> None:
    project.configure(deletionPolicy="retain")
    project.declare({"agent": LEAST})
    project.up()
    world.clear_journal()
    project.declare({"agent": EUROPE})
    refused = project.fails("preview")
    assert refused.said == {
        "agent": [
            (
                'error: hosting_region needs a new agent, but under deletion_policy "retain" the old one keeps '
                "service_code SUPPORT. Declare another service_code as well."
            )
        ]
    }
    assert calls(world) == []


@proves("D4", "D13")
def test_under_retain_a_replacement_leaves_the_old_agent_live(project: Project, world: World) -> None:
    project.configure(deletionPolicy="retain")
    project.declare({"agent": LEAST})
    project.up()
    number = project.resources()["agent"]["id"]
    project.declare({"agent": {**EUROPE, "service_code": "OTHER"}})
    preview = project.preview()
    assert preview.ops == {"agent": "replace"}
    assert f"agent {number} stays at Kaleyra" in preview.diagnostics
    project.up()
    assert {each["service_code"]: each["hosting_region"] for each in world.agents()} == {
        "SUPPORT": "ASIA_PACIFIC",
        "OTHER": "EUROPE",
    }
    assert project.resources()["agent"]["id"] != number
    project.settles()


WAYS: Final = {"replaced": {**LEAST, "service_code": "REPLACED"}, "tainted": {**LEAST, "service_code": "TAINTED"}}
"""Agents that do not change, named after how they are replaced nevertheless."""


def _made(project: Project) -> dict[str, str]:
    """The numbers of the agents, which are there."""
    project.declare(WAYS)
    project.up()
    return _numbers(project)


def _numbers(project: Project) -> dict[str, str]:
    return {name: each["id"] for name, each in project.resources().items()}


def _forced(project: Project) -> list[str]:
    """The flags of the `up` that replaces both agents."""
    assert project.pulumi("state", "taint", project.urn("tainted"), "--yes").code == 0
    return ["--replace", project.urn("replaced")]


@proves("D4", "P13")
def test_a_forced_replacement_under_delete_ends_with_one_new_agent(project: Project, world: World) -> None:
    before = _made(project)
    world.clear_journal()
    project.up(*_forced(project))
    after = _numbers(project)
    for name, number in before.items():
        changes = [one for one in world.journal() if one.method != "GET" and one.agent_number in (number, after[name])]
        assert [one.operation for one in changes] == ["delete_agent", "create_agent"], name
        assert after[name] != number
    assert sorted(each["agent_number"] for each in world.agents()) == sorted(after.values())
    assert len(writes(world)) == 2 * len(before)
    project.settles()


@proves("D4", "D13")
def test_a_forced_replacement_under_retain_keeps_the_one_agent(project: Project, world: World) -> None:
    project.configure(deletionPolicy="retain")
    before = _made(project)
    world.clear_journal()
    project.up(*_forced(project))
    # The old agent stays and has the code, so it is what the new resource takes over.
    assert writes(world) == []
    assert sorted(each["agent_number"] for each in world.agents()) == sorted(before.values())
    assert _numbers(project) == before
    project.settles()


@proves("B7", "D13")
def test_a_forced_replacement_under_prevent_is_refused(make: Callable[..., Project], world: World) -> None:
    project = make()
    _made(project)
    before = world.agents()
    world.clear_journal()
    one = project.fails("up", "--yes", "--skip-preview", "--replace", project.urn("replaced"))
    assert project.pulumi("state", "taint", project.urn("tainted"), "--yes").code == 0
    other = project.fails("up", "--yes", "--skip-preview")
    for refused in (one, other):
        assert any("unable to replace resource" in line for line in refused.errors), refused.out
    assert (calls(world), world.agents()) == ([], before)


@proves("P13", "E7")
def test_an_agent_made_first_by_the_programs_own_option_is_never_deleted_with_the_old_one(
    project: Project, world: World
) -> None:
    project.declare({"agent": {"args": LEAST, "opts": {"delete_before_replace": False}}})
    project.up()
    number = project.resources()["agent"]["id"]
    world.clear_journal()
    run = project.up("--replace", project.urn("agent"))
    assert writes(world) == []
    assert [each["agent_number"] for each in world.agents()] == [number]
    assert f"agent {number} stays" in run.out
    project.settles()


@proves("P13", "E7")
def test_made_first_a_changed_agent_is_refused_for_its_code_and_nothing_is_lost(project: Project, world: World) -> None:
    project.declare({"agent": {"args": LEAST, "opts": {"delete_before_replace": False}}})
    project.up()
    before = world.agents()
    project.declare({"agent": {"args": EUROPE, "opts": {"delete_before_replace": False}}})
    world.clear_journal()
    run = project.fails("up", "--yes", "--skip-preview")
    assert len([line for line in run.said["agent"] if line.startswith("error: ")]) == 1
    assert f"agent {before[0]['agent_number']} has this service code already" in run.out
    assert (writes(world), world.agents()) == ([], before)


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


@proves("B10")
def test_another_phone_or_another_agent_replaces_the_tester_and_says_what_that_costs(
    project: Project, world: World
) -> None:
    agents = {"one": LEAST, "two": {**LEAST, "service_code": "TWO"}}
    before = {
        "moves": {"agent": "one", "phoneno": "919000000001"},
        "swaps": {"agent": "one", "phoneno": "919000000002"},
    }
    after = {"moves": {"agent": "two", "phoneno": "919000000001"}, "swaps": {"agent": "one", "phoneno": "919000000003"}}
    project.declare(agents, before)
    project.up()
    numbers = {name: project.resources()[name]["id"] for name in agents}
    project.declare(agents, after)
    preview = project.preview()
    assert preview.ops == {"moves": "replace", "swaps": "replace"}
    assert (preview.changed("moves"), preview.changed("swaps")) == (["agent_no"], ["phoneno"])
    for name, field in (("moves", "agent_no"), ("swaps", "phoneno")):
        assert any(
            line.startswith(f"warning: {field} cannot change in place: another invitation is sent")
            for line in preview.lines(name)
        )
    world.clear_journal()
    project.up()
    assert writes(world) == ["register_tester", "register_tester"]
    assert project.resources()["moves"]["id"] == f"{numbers['two']}/919000000001"
    assert project.resources()["swaps"]["id"] == f"{numbers['one']}/919000000003"
