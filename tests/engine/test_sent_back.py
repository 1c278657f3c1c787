"""What an update sends of what nobody changed: the same as Kaleyra has it, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from proves import proves
from samples import FULL, LEAST
from wire import answered, calls, puts

if TYPE_CHECKING:
    from project import Project

    from rcs_simulator import World

VERIFIED: Final = "VERIFICATION_STATE_VERIFIED"
MOBILE: Final = {"label_text": "Mobile", "is_toll_free": False, "country_code": "91", "number": "73600-00001"}


@proves("A5", "B5")
def test_pictures_that_nobody_changed_go_back_as_kaleyra_keeps_them_of_a_verified_agent(
    project: Project, world: World
) -> None:
    world.set(rehost_images=True, frozen_images_exact=True)
    project.declare({"agent": FULL})
    project.up()
    number = project.resources()["agent"]["id"]
    # Another place means another picture, though its file has the same name.
    moved = {**FULL, "logo_url": "https://www.example.com/new/logo.png"}
    project.declare({"agent": moved})
    assert project.preview().changed("agent") == ["logo_url"]
    project.up()
    assert world.agent(number)["logo_url"] == moved["logo_url"]
    world.patch_agent(number, verification_state=VERIFIED)
    before = answered(world, number)
    project.declare({"agent": {**moved, "description": "Other"}})
    world.clear_journal()
    project.up()
    sent = puts(world, number)
    assert [(each.status, each.flags) for each in sent] == [(200, ())]
    pictures = {name: before[name] for name in ("logo_url", "hero_url")}
    assert {name: sent[0].body[name] for name in pictures} == pictures
    assert pictures["logo_url"] != moved["logo_url"]
    assert project.resources()["agent"]["outputs"]["logo_url"] == moved["logo_url"]
    project.settles()


@proves("D16", "D1", "D2")
def test_a_phone_in_two_parts_that_comes_back_as_one_is_one_contact(project: Project, world: World) -> None:
    world.set(merge_country_code=True)
    phones: list[dict[str, Any]] = [MOBILE, *FULL["phones"]]
    project.declare({"agent": {**LEAST, "phones": phones}})
    project.up()
    number = project.resources()["agent"]["id"]
    # The number went out without its dash, and state keeps the declared spelling.
    assert world.agent(number)["phones"][0]["number"] == "7360000001"
    assert project.resources()["agent"]["outputs"]["phones"] == phones
    project.settles()
    world.clear_journal()
    joined = {**MOBILE, "country_code": "", "number": "+91 7360000001"}
    project.declare({"agent": {**LEAST, "phones": [*phones[1:], joined]}})
    assert project.preview().ops == {}
    project.up()
    assert calls(world) == []
    shown = answered(world, number)["phones"]
    project.declare({"agent": {**LEAST, "phones": phones, "description": "Other"}})
    world.clear_journal()
    project.up()
    (sent,) = puts(world, number)
    assert sent.body["phones"][0] == shown[0]
    assert [each["number"] for each in sent.body["phones"]] == [each["number"] for each in shown]
    # Another country is another contact.
    abroad = [{**MOBILE, "country_code": "1"}, *phones[1:]]
    project.declare({"agent": {**LEAST, "phones": abroad, "description": "Other"}})
    assert project.preview().changed("agent") == ["phones[0].country_code"]
    project.up()
    assert answered(world, number)["phones"][0]["number"] == "+17360000001"
    project.settles()
