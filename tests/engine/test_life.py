"""From `up` to `destroy`: what was made stays as it is, and leaves as the policy says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from proves import proves
from samples import FULL, LEAST, SENT
from wire import QUIRKS, answered, calls, puts, writes

from rcs_provider.objects.agent.fields import TABLE as AGENT
from rcs_provider.objects.tester.fields import TABLE as TESTER
from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from project import Project

    from rcs_simulator import World

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How the engine writes down a value that is not known yet."""

BOTH = {"least": LEAST, "full": {**FULL, "service_code": "FULL"}}
TESTERS = {"handset": {"agent": "least", "phoneno": "919000000001"}}


@proves("D1", "D2", "D7", "D16", "D17", "A4", "C10", "C11", "P5")
@pytest.mark.parametrize("quirks", [{}, QUIRKS], ids=["plain answers", "every quirk"])
def test_agents_and_testers_settle_after_up_and_after_refresh(
    project: Project, world: World, quirks: dict[str, Any]
) -> None:
    world.set(**quirks)
    project.declare(BOTH, TESTERS)
    project.up()
    assert {each["sourcePosition"].partition("#")[0] for each in project.resources().values()} == {
        "project:///__main__.py"
    }
    if quirks:
        shown = answered(world, project.resources()["full"]["id"])
        assert (shown["color"], shown["billing_category"]) == ("#494E0D", "NON_CONVERSATIONAL"), "no quirk to live with"
    world.clear_journal()
    assert project.preview().ops == {}
    created = _agents(project)
    project.refresh()
    refreshed = project.kept()
    if quirks:
        after = project.pulumi("preview", "--expect-no-changes")
        assert after.code == 0, after.out
    else:
        assert _agents(project) == created
        # With the program, the engine's progress lines hold what the program says against what a check made of it.
        assert "4 unchanged" in project.refresh("--run-program", "--expect-no-changes").out
        assert project.kept() == refreshed
    assert writes(world) == []
    # What a refresh makes of an agent is what creating it made: nothing gets lost on the way.
    assert {name: project.resources()[name]["inputs"] for name in BOTH} == {
        name: project.resources()[name]["inputs"] | dict(args) for name, args in BOTH.items()
    }


def _agents(project: Project) -> dict[str, Any]:
    """What state holds of the agents; a refresh adds to a tester the status that no answer to its registration has."""
    return {name: each for name, each in project.kept().items() if name in BOTH}


@proves("A4", "A5", "B1", "B2")
def test_an_update_leaves_alone_what_is_not_declared_and_a_status_that_moves_on_by_itself_is_no_change(
    project: Project, world: World
) -> None:
    world.set(initial_status="CREATED")
    handset = {"handset": {"agent": "agent", "phoneno": "919000000001"}}
    project.declare({"agent": LEAST}, handset)
    project.up()
    number = project.resources()["agent"]["id"]
    assert project.resources()["agent"]["outputs"]["status"] == "CREATED"
    foreign = {
        "phones": [{"label_text": "Call", "is_toll_free": True, "country_code": "", "number": "18001001001"}],
        "brand_details": {"brand_no": "8032", "provider_brand_no": "Brand_1", "brand_name": "Example"},
    }
    world.patch_agent(number, **foreign)
    project.declare({"agent": {**LEAST, "description": "Answers other questions"}}, handset)
    preview = project.preview()
    # The agent's number is known while it is only updated, so its tester is not touched.
    assert preview.ops == {"agent": "update"}
    assert UNKNOWN not in preview.raw
    project.up()
    live = world.agent(number)
    assert live["description"] == "Answers other questions"
    assert live["brand_details"] == foreign["brand_details"]
    assert [phone["number"] for phone in live["phones"]] == ["18001001001"]
    assert len(puts(world, number)) == 1

    world.patch_agent(number, status="REGISTRATION_COMPLETED", provider_agent_id="brands/b/agents/renamed")
    world.patch_tester(number, "919000000001", status="PENDING", test_status="SENT")
    project.refresh("--expect-no-changes")
    assert project.resources()["agent"]["outputs"]["status"] == "REGISTRATION_COMPLETED"
    assert project.resources()["handset"]["outputs"]["test_status"] == "SENT"
    assert project.preview().ops == {}


@proves("E3", "E4")
def test_every_field_is_an_output_under_its_own_name(project: Project, world: World) -> None:
    world.set(verification_in_answers=True, tester_test_status="SENT")
    names = {"a": [each.name for each in AGENT], "t": [each.name for each in TESTER]}
    project.program(
        "a = RcsAgent('a', **FULL, on_existing='error', initial_status='DRAFT')\n"
        "t = RcsTester('t', agent_no=a.agent_number, phoneno='919000000001', resend='1', on_existing='adopt')\n"
        f"for key, names in {names!r}.items():\n"
        "    for name in names:\n"
        "        pulumi.export(key + '.' + name, getattr(globals()[key], name))\n"
    )
    project.up()
    # The row of a new tester is known once the list has been read, and exports once the program has run again.
    project.refresh()
    project.up()
    shown = json.loads(project.pulumi("stack", "output", "--json").out)
    stored = project.resources()
    live, row = world.agents()[0], world.testers(world.agents()[0]["agent_number"])[0]
    settings = {"deletion_policy": "delete", "on_existing": "error", "pod": "in", "sid": world.sid}
    declared = {"phones": FULL["phones"], "initial_status": "DRAFT"}
    expected = {f"a.{name}": {**live, **declared, **settings, "uuid": live["id"]}[name] for name in names["a"]}
    own = {**settings, "uuid": row["id"], "resend": "1", "on_existing": "adopt"}
    expected |= {f"t.{name}": {**row, **own}[name] for name in names["t"]}
    assert shown == expected
    assert stored["a"]["type"] == project.face.token("agent")
    assert stored["t"]["type"] == project.face.token("tester")


@proves("E1")
def test_keywords_a_dict_that_may_be_used_again_and_args_classes_declare_the_same(
    project: Project, world: World
) -> None:
    project.program(
        """
from rcs_provider import BrandDetailsArgs, EmailArgs, LinkArgs, PhoneArgs, RcsAgentArgs, RcsTesterArgs

typed = {
    "phones": [PhoneArgs(**each) for each in FULL["phones"]],
    "emails": [EmailArgs(**each) for each in FULL["emails"]],
    "privacy": LinkArgs(**FULL["privacy"]),
    "terms_conditions": LinkArgs(**FULL["terms_conditions"]),
    "website": [LinkArgs(**each) for each in FULL["website"]],
    "brand_details": BrandDetailsArgs(**FULL["brand_details"]),
}
a = RcsAgent("keywords", **{**FULL, "service_code": "KEYWORDS"})
RcsAgent("dict", {**FULL, "service_code": "DICT"})
RcsAgent("args", RcsAgentArgs(**{**FULL, **typed, "service_code": "ARGS"}))
RcsTester("one", agent_no=a.agent_number, phoneno="919000000001")
RcsTester("two", RcsTesterArgs(agent_no=a.agent_number, phoneno="919000000002"))

# One dict that the program changes in a loop is an agent each.
args = {**LEAST, "emails": [dict(LEAST["emails"][0])]}
for brand in ("first", "second"):
    args["service_code"] = brand
    args["brand_details"] = args.get("brand_details", {})
    args["brand_details"]["brand_no"] = brand
    args["emails"][0]["email"] = pulumi.Output.from_input(f"{brand}@example.com")
    RcsAgent(brand, args)
"""
    )
    project.up()
    stored = {name: {**each["inputs"], "service_code": ""} for name, each in project.resources().items()}
    assert stored["keywords"] == stored["dict"] == stored["args"]
    live = {each["service_code"]: {**each, "service_code": ""} for each in world.agents()}
    assert [{name: live[code][name] for name in FULL} for code in ("KEYWORDS", "DICT", "ARGS")] == [
        {**SENT, "service_code": ""}
    ] * 3
    for brand in ("first", "second"):
        assert stored[brand]["brand_details"]["brand_no"] == live[brand]["brand_details"]["brand_no"] == brand
        assert live[brand]["emails"][0]["email"] == f"{brand}@example.com"
    assert {each["phoneno"] for each in world.testers(project.resources()["keywords"]["id"])} == {
        "919000000001",
        "919000000002",
    }


@proves("E10")
def test_a_phone_number_given_as_a_secret_stays_one_but_in_the_id_of_its_tester(project: Project, world: World) -> None:
    program = (
        "phone = pulumi.Output.secret('919000000077')\n"
        "contact = {'label_text': 'Call', 'is_toll_free': False, 'country_code': '', 'number': phone}\n"
        "a = RcsAgent('a', **LEAST, phones=[contact])\n"
        "t = RcsTester('t', agent_no=a.agent_number, phoneno=phone%s)\n"
        "pulumi.export('phoneno', t.phoneno)\n"
        "pulumi.export('phones', a.phones)\n"
    )
    project.program(program % "")
    preview = project.pulumi("preview", "--diff")
    up = project.up()
    assert "[secret]" in preview.out
    assert "919000000077" not in preview.out + up.out
    assert json.loads(project.pulumi("stack", "output", "--json").out) == {"phoneno": "[secret]", "phones": "[secret]"}
    project.refresh()
    number = str(world.agents()[0]["agent_number"])
    for each in project.resources().values():
        assert "919000000077" not in json.dumps([each["inputs"], each["outputs"]])
    assert world.testers(number)[0]["phoneno"] == "919000000077"
    # The engine keeps no id secret. What the documentation says of it is true for as long as these lines hold.
    assert project.resources()["t"]["id"] == f"{number}/919000000077"
    project.program(program % ", resend='1'")
    changed = project.pulumi("preview", "--diff")
    shown = [line.strip() for line in changed.out.splitlines() if "919000000077" in line]
    assert shown == [f"[id={number}/919000000077]"]
    assert "919000000077" not in project.pulumi("preview").out


@proves("D5", "D13")
def test_under_delete_destroy_leaves_nothing_live_but_what_has_a_policy_of_its_own(
    project: Project, world: World
) -> None:
    project.declare({**BOTH, "stays": {**LEAST, "service_code": "STAYS", "deletion_policy": "retain"}}, TESTERS)
    project.up()
    assert len(world.agents()) == 3
    project.destroy()
    assert [each["service_code"] for each in world.agents()] == ["STAYS"]
    assert project.resources() == {}


@proves("A15", "D5", "D13")
def test_a_simulator_that_was_restarted_still_knows_the_stack_and_under_retain_destroy_leaves_all_of_it(
    make: Callable[..., Project], tmp_path: Path
) -> None:
    with Simulator(tmp_path / "world") as server:
        world = server.world("in")
        project = make(world=world)
        project.configure(deletionPolicy="retain")
        project.declare(BOTH, TESTERS)
        project.up()
        server.stop()
        server.start()
        before = world.agents()
        assert len(before) == 2
        project.settles()
        world.clear_journal()
        project.destroy()
        assert world.agents() == before
        assert calls(world) == []
        assert project.resources() == {}


@proves("B7", "D13")
def test_without_a_policy_destroy_is_refused_in_preview_and_the_way_out_works(
    make: Callable[..., Project], world: World
) -> None:
    project = make()
    project.declare({"agent": LEAST})
    project.up()
    number = project.resources()["agent"]["id"]
    world.clear_journal()
    refused = project.fails("destroy", "--yes")
    assert "cannot be deleted" in refused.out
    assert calls(world) == []
    project.declare()
    assert "cannot be deleted" in project.fails("preview").out
    project.declare({"agent": {**LEAST, "deletion_policy": "delete"}})
    project.up()
    assert calls(world) == [], "a policy is nothing that Kaleyra knows"
    project.destroy()
    assert world.agent(number)["status"] == "DELETED"
