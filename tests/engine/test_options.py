"""Pulumi's own options, look-ups, values that are not known yet, and agents that exist already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from faces import PLUGIN
from proves import proves
from samples import LEAST
from wire import puts, writes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pytest
    from project import Project

    from rcs_simulator import World

LATE: Final = """
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

class Echo(ResourceProvider):
    def create(self, props):
        return CreateResult("echo", {"said": props["say"]})

class Late(Resource):
    said: pulumi.Output
    def __init__(self, name, say):
        super().__init__(Echo(), name, {"say": say, "said": None})
"""
"""A resource of somebody else's, whose output is known only once it has been made."""


OPTED: Final[Mapping[str, tuple[str | None, dict[str, Any], bool]]] = {
    "unprotected": (None, {"protect": False}, False),
    "retained": ("delete", {"retain_on_delete": True}, True),
    "both": (None, {"protect": False, "retain_on_delete": True}, True),
    "protected": ("delete", {"protect": True}, True),
}
"""Agents with a policy of their own or that of the stack, and an option; and whether they live on."""


@proves("E7", "D13", "A14")
def test_an_option_that_the_program_sets_wins_over_the_policy_which_an_explicit_provider_sets_for_its_own(
    make: Callable[..., Project], world: World
) -> None:
    project = make()
    account = {"pod": "in", "sid": world.sid, "api_key": world.api_key, "endpoint": world.url}
    project.program(
        f"""
for name, (policy, opts, _) in {dict(OPTED)!r}.items():
    RcsAgent(name, **{{**LEAST, "service_code": name, "deletion_policy": policy}}, opts=ResourceOptions(**opts))
free = Provider("free", **{account!r}, deletion_policy="delete")
RcsAgent("freed", **{{**LEAST, "service_code": "freed"}}, opts=ResourceOptions(provider=free))
"""
    )
    project.up()
    refused = project.fails("destroy", "--yes")
    assert [name for name in (*OPTED, "freed") if "cannot be deleted" in "".join(refused.said.get(name, ()))] == [
        "protected"
    ]
    assert len(world.agents()) == len(OPTED) + 1
    project.destroy("--exclude-protected")
    assert {each["service_code"] for each in world.agents()} == {name for name, (_, _, live) in OPTED.items() if live}
    assert list(project.resources()) == ["protected"]


@proves("E7")
def test_depends_on_parent_and_secret_outputs_do_what_they_do_elsewhere(project: Project, world: World) -> None:
    project.program(
        """
first = RcsAgent("first", **LEAST)
second = RcsAgent("second", **{**LEAST, "service_code": "SECOND"}, opts=ResourceOptions(depends_on=[first]))
third = RcsAgent("third", **{**LEAST, "service_code": "THIRD"}, opts=ResourceOptions(
    parent=second, depends_on=[second], additional_secret_outputs=["status"]))
pulumi.export("status", third.status)
pulumi.export("open", second.status)
"""
    )
    run = project.up()
    made = [entry.body["service_code"] for entry in world.journal("create_agent")]
    assert made == ["SUPPORT", "SECOND", "THIRD"]
    assert re.search(r'open *: "ACTIVE"\n *status: \[secret\]\n', run.out), run.out
    assert project.resources()["third"]["parent"] == project.urn("second")
    project.settles()
    project.destroy()
    gone = [entry.agent_number for entry in world.journal("delete_agent")]
    codes = [world.agent(str(number))["service_code"] for number in gone]
    assert codes == ["THIRD", "SECOND", "SUPPORT"]


@proves("E5", "B15")
def test_a_look_up_gives_live_values_and_manages_nothing(project: Project, world: World) -> None:
    number = world.seed_agent(service_code="FOREIGN", display_name="Not ours")
    world.seed_tester(number, "919000000001", status="PENDING")
    project.program(
        f"""
agent = RcsAgent.get("agent", {number!r})
tester = RcsTester.get("tester", agent.agent_number, "919000000001")
pulumi.export("found", [agent.agent_number, agent.display_name, agent.status, agent.hosting_region, agent.color])
pulumi.export("tester", [tester.phoneno, tester.status, tester.agent_no])
"""
    )
    project.up()
    # A plugin is asked for an import in the same words, and that has to give what a program should declare.
    plus = "+" if project.face is PLUGIN else ""
    assert project.outputs() == {
        "found": [number, "Not ours", "ACTIVE", "ASIA_PACIFIC", "#494e0d"],
        "tester": [f"{plus}919000000001", "PENDING", number],
    }
    world.patch_agent(number, display_name="Renamed")
    project.up()
    assert project.outputs()["found"][1] == "Renamed"
    project.destroy()
    assert writes(world) == []
    assert world.agent(number)["status"] == "ACTIVE"


@proves("E5", "E19")
def test_a_look_up_of_what_is_not_there_fails_with_one_line(project: Project, world: World) -> None:
    live, numbers = world.seed_agent(), {"never": "99999", "deleted": world.seed_agent(status="DELETED")}
    project.program(
        f"""
for name, number in {numbers!r}.items():
    RcsAgent.get(name, number)
RcsTester.get('tester', {live!r}, '919000000001')
"""
    )
    refused = project.fails_in_part()
    errors = {name: [each for each in lines if "error: " in each] for name, lines in refused.said.items()}
    for name, number in numbers.items():
        assert errors[name] == [f"error: there is no agent {number} in account {world.sid}"]
    (line,) = errors["tester"]
    assert line.startswith("error: there is no tester ")
    assert line.endswith(f" in account {world.sid}")


@proves("D25", "P10", "E18")
def test_values_that_are_not_known_yet_are_skipped_in_preview_checked_when_known_and_replace_nothing(
    project: Project, world: World
) -> None:
    project.declare({"known": LEAST}, {"pilot": {"agent": "known", "phoneno": "919000000009"}})
    project.up()
    number = project.resources()["known"]["id"]
    late = (
        LATE
        + """
late = Late("late", "919000000001")
contact = {"label_text": "Call", "is_toll_free": False, "country_code": late.said, "number": late.said}
values = {"description": late.said, "service_code": late.said, "phones": [contact], "languages": [late.said]}
agent = RcsAgent("agent", **{**LEAST, **values, "color": late.said.apply(lambda said: "#494e0d")})
handset = RcsTester("handset", agent_no=agent.agent_number, phoneno=late.said)
known = RcsAgent("known", **{**LEAST, "hosting_region": late.said.apply(lambda said: "ASIA_PACIFIC")})
RcsTester("pilot", agent_no=known.agent_number, phoneno="919000000009")
"""
    )
    wrong = """
RcsAgent("wrong", **{**LEAST, "service_code": "WRONG", "color": late.said}, opts=ResourceOptions(
    depends_on=[handset, known]))
"""
    project.program(late + wrong)
    world.clear_journal()
    preview = project.preview()
    assert (preview.code, preview.ops) == (
        0,
        {"agent": "create", "handset": "create", "known": "update", "late": "create", "wrong": "create"},
    )
    refused = project.fails_in_part()
    # What was unknown turns out to be what it was, or wrong, or is made.
    assert project.resources()["known"]["id"] == number
    assert [line.split("problem: ")[1] for line in refused.said["wrong"]] == [
        "color: must be # and six hexadecimal digits, such as #494e0d"
    ]
    assert writes(world) == ["create_agent", "register_tester"]
    (made,) = [each for each in world.agents() if each["agent_number"] != number]
    assert (made["description"], made["service_code"]) == ("919000000001", "919000000001")
    project.program(late)
    project.settles()


CASES: Final[Mapping[str, tuple[str | None, dict[str, str], str, int]]] = {
    "same": ("adopt_identical", {}, "which has this service code and equals the declaration", 0),
    "other": ("adopt_identical", {"description": "Theirs"}, "and differs in description", 0),
    "changed": ("adopt", {"description": "Theirs"}, "and changes its description", 1),
    "fixed": ("adopt", {"hosting_region": "EUROPE"}, "and differs in hosting_region, which no update can change", 0),
    "of the stack": (None, {"description": "Theirs"}, "and changes its description", 1),
    "refused": ("error", {}, 'has this service code already, and on_existing is "error"', 0),
}
TAKEN: Final = ("same", "changed", "of the stack")
"""The cases in which the agent is taken over."""


@proves("E6", "P1", "B17")
def test_a_live_agent_with_the_service_code_is_treated_as_on_existing_says_and_else_as_the_stack_does(
    project: Project, world: World, subtests: pytest.Subtests
) -> None:
    project.configure(onExisting="adopt")
    numbers = {
        name: world.seed_agent(**{**LEAST, "phones": [], "service_code": name, **theirs})
        for name, (_, theirs, _, _) in CASES.items()
    }
    declared = {
        name: {**LEAST, "service_code": name, "on_existing": policy} for name, (policy, _, _, _) in CASES.items()
    }
    project.declare(declared)
    run = project.fails_in_part()
    assert {name: each["id"] for name, each in project.resources().items()} == {name: numbers[name] for name in TAKEN}
    for name, (_, _, ending, sent) in CASES.items():
        with subtests.test(name):
            assert len(puts(world, numbers[name])) == sent
            if name in TAKEN:
                line, _ = run.said[name]  # the other names what no answer shows
                assert f"takes over agent {numbers[name]}" in line
                assert world.agent(numbers[name])["description"] == LEAST["description"]
            else:
                (line,) = [each for each in run.said[name] if "error: " in each]
                assert f"agent {numbers[name]} " in line
            assert ending in line
    project.declare({name: declared[name] for name in TAKEN})
    project.settles()
    assert len(puts(world, numbers["changed"])) == 1
    assert (len(world.agents()), world.journal("create_agent")) == (len(CASES), [])


@proves("E6")
def test_an_agent_of_this_stack_is_never_adopted_by_another_resource(project: Project, world: World) -> None:
    project.declare({"first": LEAST})
    project.up()
    world.clear_journal()
    # The code is known too late for a preview to see that it is taken.
    project.program(
        LATE
        + """
RcsAgent("first", **LEAST)
RcsAgent("second", **{**LEAST, "service_code": Late("late", "SUPPORT").said})
"""
    )
    refused = project.fails("up", "--yes", "--skip-preview")
    # Which of the two is declared last, and so is the one that is refused, is a matter of chance.
    (lines,) = [refused.said[each] for each in ("first", "second") if each in refused.said]
    assert all(each in " ".join(lines) for each in ("first", "second"))
    assert writes(world) == []


@proves("E6")
def test_a_code_that_another_agent_gives_up_in_the_same_run_is_free_for_a_new_one(
    project: Project, world: World
) -> None:
    project.declare({"first": LEAST})
    project.up()
    number = project.resources()["first"]["id"]
    project.program(
        """
third = RcsAgent("third", **{**LEAST, "service_code": "THIRD"})
first = RcsAgent("first", **{**LEAST, "service_code": "OTHER"}, opts=ResourceOptions(depends_on=[third]))
RcsAgent("second", **LEAST, opts=ResourceOptions(depends_on=[first]))
"""
    )
    project.up()
    assert {each["service_code"] for each in world.agents()} == {"SUPPORT", "OTHER", "THIRD"}
    assert world.agent(number)["service_code"] == "OTHER"
    project.settles()
