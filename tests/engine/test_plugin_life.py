"""The life of objects through the provider plugin, by programs that know no more of it than its types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugged import AGENT, TESTER, a_tester, an_agent, declare, plugged
from proves import proves
from samples import KEY
from wire import calls, writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World

PHONE = "919000000001"


@pytest.fixture
def project(make: Callable[..., Project]) -> Project:
    made = plugged(make())
    made.configure(**{"kaleyra:deletionPolicy": "delete"})
    return made


@proves("F1", "F4", "D1", "D2")
def test_an_agent_and_its_tester_live_and_every_next_preview_is_empty(project: Project) -> None:
    declare(project, support=an_agent(), first=a_tester("support", PHONE))
    assert sorted(each["op"] for each in project.preview().document["steps"])[-2:] == ["create", "create"]
    project.up()
    project.settles()
    declare(project, support=an_agent(description="Answers more"), first=a_tester("support", PHONE))
    project.up()
    project.settles()
    project.destroy()


@proves("F1")
def test_what_is_there_is_imported_by_its_id_and_the_next_preview_is_empty(project: Project) -> None:
    declare(project, support=an_agent(), first=a_tester("support", PHONE))
    project.up()
    number = project.export()["resources"][2]["id"]
    for each in project.export()["resources"][:1:-1]:
        project.pulumi("state", "delete", each["urn"], "--yes")
    for type_, name, id_ in ((AGENT, "support", number), (TESTER, "first", f"{number}/{PHONE}")):
        run = project.pulumi("import", type_, name, id_, "--yes", "--generate-code=false", "--protect=false")
        assert run.code == 0, run.out
    project.settles()


def _import(type_: str, id_: str) -> list[str]:
    return ["import", type_, "other", id_, "--yes", "--generate-code=false", "--protect=false"]


@proves("F1")
@pytest.mark.parametrize(
    ("type_", "id_", "line"),
    [
        (AGENT, "404404", "there is no agent 404404 in account SIMULATEDIN01"),
        (AGENT, "support", "this is not the id of an agent. It is the agent's number, such as 71732."),
        (TESTER, "50237/919000000001", "there is no tester ***01 of agent 50237 in account SIMULATEDIN01"),
        (TESTER, "50237", "this is not the id of a tester. It is the agent's number, a slash and the digits of the "),
    ],
)
def test_what_is_not_there_is_an_error_of_an_import_and_never_a_ghost(
    project: Project, type_: str, id_: str, line: str
) -> None:
    refused = project.fails(*_import(type_, id_))
    assert any(each.startswith(f"error: Preview failed: {line}") for each in refused.said["other"]), refused.out
    assert not [each for each in project.export().get("resources", ()) if each["type"] == type_]


@proves("F1")
def test_the_option_import_takes_an_agent_in_and_the_next_preview_is_empty(project: Project, world: World) -> None:
    declare(project, support=an_agent())
    project.up()
    found = project.export()["resources"][-1]
    project.pulumi("state", "delete", found["urn"], "--yes")
    world.clear_journal()
    declare(project, support=an_agent({"import_": found["id"]}))
    project.up()
    assert project.export()["resources"][-1]["id"] == found["id"]
    project.settles()
    assert writes(world) == []


@proves("F6")
def test_wrong_settings_are_refused_on_the_providers_own_row_without_their_values(
    project: Project, world: World
) -> None:
    project.configure(**{"kaleyra:maxRetries": "many", "kaleyra:apikey": KEY, "kaleyra:face": "plugin"})
    declare(project, support=an_agent())
    refused = project.fails("preview")
    (row,) = [lines for name, lines in refused.said.items() if name.startswith("default")]
    assert len(row) == 2, refused.out
    assert KEY not in refused.out
    assert "many" not in refused.out
    assert calls(world) == []


@proves("F4", "F5")
def test_a_stack_of_the_other_face_moves_over_by_an_alias_without_a_call(
    make: Callable[..., Project], world: World
) -> None:
    project = make()
    project.program("RcsAgent('support', **LEAST)")
    project.up()
    plugged(project)
    alias = "pulumi-python:dynamic/rcs:RcsAgent"
    declare(project, support=an_agent({"aliases": [{"type_": alias}], "protect": True}))
    world.clear_journal()
    (step,) = [each for each in project.preview().document["steps"] if each["urn"].endswith("::support")]
    assert (step["op"], list(step["detailedDiff"])) == ("update", ["__provider"])
    project.up()
    assert calls(world) == []
    project.settles()
