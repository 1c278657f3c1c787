"""The status that a create asks for, and that is Kaleyra's from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proves import proves
from samples import LEAST
from wire import puts

if TYPE_CHECKING:
    from project import Project

    from rcs_simulator import World

NOTE = "initial_status is sent with a create only: the change is kept in state and makes no call"


@proves("D13", "B2", "D1")
def test_an_initial_status_is_sent_with_the_create_and_never_again(project: Project, world: World) -> None:
    project.declare({"agent": {**LEAST, "initial_status": "DELETED"}})
    assert "initial_status: must not be DELETED" in project.fails("preview").out
    codes = {name: {**LEAST, "service_code": name} for name in ("plain", "changed", "dropped", "other")}
    drafts = {name: {**args, "initial_status": "DRAFT"} for name, args in codes.items() if name != "plain"}
    project.declare({**codes, **drafts})
    project.up()
    numbers = {name: each["id"] for name, each in project.resources().items()}
    sent = {each.body["service_code"]: each.body.get("status") for each in world.journal("create_agent")}
    assert sent == {"plain": None, **dict.fromkeys(drafts, "DRAFT")}
    for name in drafts:
        shown = project.resources()[name]["outputs"]
        assert (world.agent(numbers[name])["status"], shown["status"]) == ("DRAFT", "DRAFT")
        assert shown["initial_status"] == "DRAFT"
        world.patch_agent(numbers[name], status="ACTIVE")
    project.settles()
    assert [project.resources()[name]["outputs"]["status"] for name in drafts] == ["ACTIVE"] * len(drafts)
    world.clear_journal()
    # A later change, or leaving it out, is a note and no call.
    pending = {name: {**codes[name], "initial_status": "PENDING"} for name in ("changed", "other")}
    project.declare({**codes, **pending, "other": {**pending["other"], "description": "Other"}})
    preview = project.preview()
    assert preview.ops == dict.fromkeys(drafts, "update")
    for name in ("changed", "dropped"):
        assert preview.changed(name) == ["initial_status"]
        assert preview.lines(name) == [f"warning: {NOTE}"]
    project.up()
    assert {each.agent_number for each in world.journal()} == {numbers["other"]}
    # An update of something else sends the status back as Kaleyra has it.
    assert [(each.status, each.body["status"]) for each in puts(world, numbers["other"])] == [(200, "ACTIVE")]
    project.settles()
