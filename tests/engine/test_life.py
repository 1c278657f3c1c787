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


@proves("D1", "D2", "D7", "D16", "D17", "A4", "C10", "C11")
@pytest.mark.parametrize("quirks", [{}, QUIRKS], ids=["plain answers", "every quirk"])
def test_agents_and_testers_settle_after_up_and_after_refresh(
    project: Project, world: World, quirks: dict[str, Any]
) -> None:
    world.set(**quirks)
    project.declare(BOTH, TESTERS)
    project.up()
    if quirks:
        shown = answered(world, project.resources()["full"]["id"])
        assert (shown["color"], shown["billing_category"]) == ("#494E0D", "NON_CONVERSATIONAL"), "no quirk to live with"
    world.clear_journal()
    assert project.preview().ops == {}
    project.refresh()
    after = project.pulumi("preview", "--expect-no-changes")
    assert after.code == 0, after.out
    assert writes(world) == []
    # What a refresh makes of an agent is what creating it made: nothing gets lost on the way.
    assert {name: project.resources()[name]["inputs"] for name in BOTH} == {
        name: project.resources()[name]["inputs"] | dict(args) for name, args in BOTH.items()
    }


@proves("D7", "P5")
def test_a_refresh_changes_nothing_in_the_state_of_what_did_not_change(project: Project) -> None:
    project.declare(BOTH)
    project.up()
    before = project.kept()
    project.refresh()
    assert project.kept() == before
    assert set(before) == set(BOTH)
    # With the program, the engine's progress lines hold what the program says against what a check made of it.
    with_program = project.refresh("--run-program", "--expect-no-changes")
    assert "3 unchanged" in with_program.out
    assert project.kept() == before


@proves("B2", "A4")
def test_a_status_that_moves_on_by_itself_is_stored_and_is_no_change(project: Project, world: World) -> None:
    world.set(initial_status="CREATED")
    project.declare({"agent": LEAST}, {"handset": {"agent": "agent", "phoneno": "919000000001"}})
    project.up()
    number = project.resources()["agent"]["id"]
    assert project.resources()["agent"]["outputs"]["status"] == "CREATED"
    world.patch_agent(number, status="REGISTRATION_COMPLETED", provider_agent_id="brands/b/agents/renamed")
    world.patch_tester(number, "919000000001", status="PENDING", test_status="SENT")
    refreshed = project.pulumi("refresh", "--yes", "--expect-no-changes")
    assert refreshed.code == 0, refreshed.out
    assert project.resources()["agent"]["outputs"]["status"] == "REGISTRATION_COMPLETED"
    assert project.resources()["handset"]["outputs"]["test_status"] == "SENT"
    assert project.preview().ops == {}


@proves("A5")
def test_what_is_not_declared_survives_an_unrelated_update(project: Project, world: World) -> None:
    project.declare({"agent": LEAST})
    project.up()
    number = project.resources()["agent"]["id"]
    foreign = {
        "phones": [{"label_text": "Call", "is_toll_free": True, "country_code": "", "number": "18001001001"}],
        "brand_details": {"brand_no": "8032", "provider_brand_no": "Brand_1", "brand_name": "Example"},
    }
    world.patch_agent(number, **foreign)
    project.declare({"agent": {**LEAST, "description": "Answers other questions"}})
    project.up()
    live = world.agent(number)
    assert live["description"] == "Answers other questions"
    assert live["brand_details"] == foreign["brand_details"]
    assert [phone["number"] for phone in live["phones"]] == ["18001001001"]
    assert len(puts(world, number)) == 1


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


def test_a_resource_says_which_line_of_the_program_declares_it(project: Project) -> None:
    project.declare(BOTH, TESTERS)
    project.up()
    places = {each["sourcePosition"].partition("#")[0] for each in project.resources().values()}
    assert places == {"project:///__main__.py"}


@proves("E1")
def test_keywords_a_dict_and_args_classes_declare_the_same(project: Project, world: World) -> None:
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
"""
    )
    project.up()
    stored = {name: {**each["inputs"], "service_code": ""} for name, each in project.resources().items()}
    assert stored["keywords"] == stored["dict"] == stored["args"]
    live = [{name: each[name] for name in FULL} | {"service_code": ""} for each in world.agents()]
    assert live == [{**SENT, "service_code": ""}] * 3
    assert {each["phoneno"] for each in world.testers(project.resources()["keywords"]["id"])} == {
        "919000000001",
        "919000000002",
    }


@proves("E1")
def test_one_dict_that_the_program_changes_in_a_loop_is_an_agent_each(project: Project) -> None:
    project.program(
        """
args = {**LEAST, "emails": [dict(LEAST["emails"][0])]}
for brand in ("one", "two"):
    args["service_code"] = brand
    args["brand_details"] = args.get("brand_details", {})
    args["brand_details"]["brand_no"] = brand
    args["emails"][0]["email"] = pulumi.Output.from_input(f"{brand}@example.com")
    RcsAgent(brand, args)
"""
    )
    steps = project.preview().steps
    made = {name: steps[name]["newState"]["inputs"] for name in ("one", "two")}
    assert {name: each["brand_details"]["brand_no"] for name, each in made.items()} == {"one": "one", "two": "two"}
    assert [each["emails"][0]["email"] for each in made.values()] == ["one@example.com", "two@example.com"]


@proves("B1")
def test_the_agents_number_is_known_while_it_is_only_updated_so_its_tester_is_not_touched(project: Project) -> None:
    project.declare({"agent": LEAST}, {"handset": {"agent": "agent", "phoneno": "919000000001"}})
    project.up()
    project.declare(
        {"agent": {**LEAST, "description": "Answers other questions"}},
        {"handset": {"agent": "agent", "phoneno": "919000000001"}},
    )
    preview = project.preview()
    assert preview.ops == {"agent": "update"}
    assert UNKNOWN not in preview.raw


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


@proves("D5")
def test_under_delete_destroy_leaves_nothing_live(project: Project, world: World) -> None:
    project.declare(BOTH, TESTERS)
    project.up()
    assert len(world.agents()) == 2
    project.destroy()
    assert world.agents() == []
    assert project.resources() == {}


@proves("D5", "D13")
def test_under_retain_destroy_leaves_everything(project: Project, world: World) -> None:
    project.configure(deletionPolicy="retain")
    project.declare(BOTH, TESTERS)
    project.up()
    before = world.agents()
    world.clear_journal()
    project.destroy()
    assert world.agents() == before
    assert len(before) == 2
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


@proves("D13")
def test_a_resources_own_policy_wins_over_the_stacks(project: Project, world: World) -> None:
    project.declare({"stays": {**LEAST, "deletion_policy": "retain"}, "goes": {**LEAST, "service_code": "GOES"}})
    project.up()
    project.destroy()
    assert [each["service_code"] for each in world.agents()] == ["SUPPORT"]


@proves("A15")
def test_a_simulator_that_was_restarted_still_knows_the_stack(make: Callable[..., Project], tmp_path: Path) -> None:
    with Simulator(tmp_path / "world") as server:
        project = make(world=server.world("in"))
        project.declare({"agent": LEAST})
        project.up()
        server.stop()
        server.start()
        project.settles()
