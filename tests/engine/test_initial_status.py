"""The status that a create asks for, and that is Kaleyra's from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proves import proves
from samples import LEAST
from wire import calls, puts

if TYPE_CHECKING:
    from project import Project

    from rcs_simulator import World

NOTE = "initial_status is sent with a create only: the change is kept in state and makes no call"


@proves("D13", "B2", "D1")
def test_an_initial_status_is_sent_with_the_create_and_never_again(project: Project, world: World) -> None:
    project.declare({"agent": {**LEAST, "initial_status": "DELETED"}})
    assert "initial_status: must not be DELETED" in project.fails("preview").out
    project.declare({"agent": {**LEAST, "initial_status": "DRAFT"}, "plain": {**LEAST, "service_code": "PLAIN"}})
    project.up()
    number = project.resources()["agent"]["id"]
    sent = {each.body["service_code"]: each.body.get("status") for each in world.journal("create_agent")}
    assert sent == {"SUPPORT": "DRAFT", "PLAIN": None}
    shown = project.resources()["agent"]["outputs"]
    assert (world.agent(number)["status"], shown["status"], shown["initial_status"]) == ("DRAFT", "DRAFT", "DRAFT")
    world.patch_agent(number, status="ACTIVE")
    project.settles()
    assert project.resources()["agent"]["outputs"]["status"] == "ACTIVE"
    world.clear_journal()
    # A later change, or leaving it out, is a note and no call.
    for changed in ({"initial_status": "PENDING"}, {}):
        project.declare({"agent": {**LEAST, **changed}, "plain": {**LEAST, "service_code": "PLAIN"}})
        preview = project.preview()
        assert (preview.ops, preview.changed("agent")) == ({"agent": "update"}, ["initial_status"])
        assert preview.lines("agent") == [f"warning: {NOTE}"]
        project.up()
        assert project.preview().ops == {}
    assert calls(world) == []
    # An update of something else sends the status back as Kaleyra has it.
    other = {**LEAST, "initial_status": "PENDING", "description": "Other"}
    project.declare({"agent": other, "plain": {**LEAST, "service_code": "PLAIN"}})
    project.up()
    assert [(each.status, each.body["status"]) for each in puts(world, number)] == [(200, "ACTIVE")]
    project.settles()
