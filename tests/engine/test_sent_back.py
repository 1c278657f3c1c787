"""What an update sends of what nobody changed: the same as Kaleyra has it, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from proves import proves
from samples import FULL, LEAST
from wire import answered, puts

if TYPE_CHECKING:
    from project import Project

    from rcs_simulator import World

VERIFIED: Final = "VERIFICATION_STATE_VERIFIED"
MOBILE: Final = {"label_text": "Mobile", "is_toll_free": False, "country_code": "91", "number": "73600-00001"}


PHONES: Final[list[dict[str, Any]]] = [MOBILE, *FULL["phones"]]
PICTURED: Final = {**FULL, "service_code": "PICTURED"}
CALLED: Final = {**LEAST, "service_code": "CALLED", "phones": PHONES}


@proves("A5", "B5", "D16", "D1", "D2")
def test_pictures_and_phones_go_back_as_kaleyra_keeps_them_of_a_verified_agent_too_and_two_parts_are_one_contact(
    project: Project, world: World
) -> None:
    world.set(rehost_images=True, frozen_images_exact=True, merge_country_code=True)
    project.declare({"pictured": PICTURED, "called": CALLED})
    project.up()
    pictured, called = (project.resources()[name]["id"] for name in ("pictured", "called"))
    # The number went out without its dash, and state keeps the declared spelling.
    assert world.agent(called)["phones"][0]["number"] == "7360000001"
    assert project.resources()["called"]["outputs"]["phones"] == PHONES
    project.settles()
    world.clear_journal()
    # Another place means another picture, though its file has the same name; and one part is the same contact as two.
    moved = {**PICTURED, "logo_url": "https://www.example.com/new/logo.png"}
    joined = {**MOBILE, "country_code": "", "number": "+91 7360000001"}
    project.declare({"pictured": moved, "called": {**CALLED, "phones": [*PHONES[1:], joined]}})
    preview = project.preview()
    assert (preview.ops, preview.changed("pictured")) == ({"pictured": "update"}, ["logo_url"])
    project.up()
    assert {entry.agent_number for entry in world.journal()} == {pictured}
    assert world.agent(pictured)["logo_url"] == moved["logo_url"]
    # Of what nobody changed, an update sends what Kaleyra has.
    world.patch_agent(pictured, verification_state=VERIFIED)
    before = {number: answered(world, number) for number in (pictured, called)}
    other = {"pictured": {**moved, "description": "Other"}, "called": {**CALLED, "description": "Other"}}
    project.declare(other)
    world.clear_journal()
    project.up()
    _sent_its_pictures(world, pictured, before[pictured])
    assert before[pictured]["logo_url"] != moved["logo_url"]
    assert project.resources()["pictured"]["outputs"]["logo_url"] == moved["logo_url"]
    (sent,) = puts(world, called)
    shown = before[called]["phones"]
    assert sent.body["phones"][0] == shown[0]
    assert [each["number"] for each in sent.body["phones"]] == [each["number"] for each in shown]
    # Another country is another contact.
    abroad = [{**MOBILE, "country_code": "1"}, *PHONES[1:]]
    project.declare({**other, "called": {**other["called"], "phones": abroad}})
    preview = project.preview()
    assert (preview.ops, preview.changed("called")) == ({"called": "update"}, ["phones[0].country_code"])
    project.up()
    assert answered(world, called)["phones"][0]["number"] == "+17360000001"
    project.settles()


def _sent_its_pictures(world: World, number: str, before: dict[str, Any]) -> None:
    """The one update was accepted, and its pictures are those that Kaleyra kept."""
    (sent,) = puts(world, number)
    assert (sent.status, sent.flags) == (200, ())
    pictures = {name: before[name] for name in ("logo_url", "hero_url")}
    assert {name: sent.body[name] for name in pictures} == pictures
