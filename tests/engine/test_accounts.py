"""Accounts: where a resource belongs, and what a preview does without one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from proves import proves
from refusals import settings_errors
from samples import LEAST
from wire import calls, writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import Simulator, World

EUROPE: Final = {**LEAST, "hosting_region": "EUROPE"}
PILOT: Final = {"handset": {"agent": "agent", "phoneno": "919000000001"}}


@pytest.fixture
def na(simulator: Simulator) -> World:
    """The world of the pod `na`."""
    return simulator.world("na")


@proves("E11", "A14", "B6", "C12")
def test_two_stacks_of_one_program_never_touch_each_others_world(
    make: Callable[..., Project], world: World, na: World
) -> None:
    # Without the variable, as a user does: the selection says which stack is meant.
    env = {"PULUMI_STACK": None}
    stacks = {"in": make(stack="in", env=env), "na": make(stack="na", pod="na", world=na, env=env)}
    for project in stacks.values():
        project.configure(deletionPolicy="delete")
    for command in (["up"], ["refresh", "--expect-no-changes"], ["destroy"]):
        for stack, own, other in (("na", na, world), ("in", world, na)):
            project = stacks[stack]
            project.declare({"agent": {**LEAST, "description": f"Of {stack}"}}, PILOT)
            assert project.pulumi("stack", "select", stack).code == 0
            before = other.agents()
            other.clear_journal()
            run = project.pulumi(*command, "--yes", "--skip-preview")
            assert run.code == 0, run.out
            assert [each["description"] for each in own.agents()] == [f"Of {stack}"] * (command != ["destroy"])
            assert (calls(other), other.agents()) == ([], before)
            if command == ["up"]:
                assert project.resources()["agent"]["outputs"]["pod"] == stack


@proves("B6", "A16")
def test_another_pod_or_sid_of_the_settings_or_the_program_is_refused_in_preview_and_changes_nothing(
    project: Project, world: World, na: World
) -> None:
    project.declare({"agent": LEAST}, PILOT)
    project.up()
    world.clear_journal()
    before = project.kept()
    own = {"pod": "in", "sid": world.sid, "url": world.url}
    for setting, value in (("pod", "na"), ("sid", na.sid)):
        project.configure(**{setting: value})
        project.env["KALEYRA_ENDPOINT"] = na.url
        for refused in (project.fails("preview"), project.fails("up", "--yes", "--skip-preview")):
            said = [line for line in refused.errors if not line.endswith("failed")]
            # The engine reports the check failures of one resource per run.
            kind, name = ("agent", "agent") if "'agent'" in said[0] else ("tester", "handset")
            assert said == [
                (
                    f"error: {project.face.token(kind)} resource '{name}' has a problem: this "
                    f"{kind} lives in {setting} {own[setting]}, but "
                    f"kaleyra:{setting} is {value}: it cannot move. Set kaleyra:{setting} back, or give it its own "
                    "stack or explicit provider"
                )
            ]
        project.configure(**{setting: own[setting]})
    project.env["KALEYRA_ENDPOINT"] = own["url"]
    project.declare({"agent": {**LEAST, "pod": "na", "sid": na.sid}}, PILOT)
    assert project.fails("preview").said["agent"]
    project.fails("up", "--yes", "--skip-preview")
    assert (calls(world), calls(na)) == ([], [])
    assert project.kept() == before


@proves("B6", "E8")
def test_the_environment_fills_what_the_configuration_leaves_out_and_that_of_another_account_is_refused(
    make: Callable[..., Project], world: World, na: World
) -> None:
    def ambient(pod: str, one: World) -> dict[str, str | None]:
        account = {"POD": pod, "SID": one.sid, "ENDPOINT": one.url, "API_KEY": one.api_key}
        return {f"KALEYRA_{name}": value for name, value in account.items()}

    project = make(world=None, env=ambient("in", world))
    project.declare({"agent": {**LEAST, "deletion_policy": "delete"}})
    project.up()
    before = project.kept()
    project.env = ambient("na", na)
    for command in ("refresh", "destroy"):  # where no program runs
        refused = project.fails(command, "--yes", "--skip-preview")
        errors = [line for line in refused.said["agent"] if "error: " in line]
        assert len(errors) == 1
        assert "lives in pod in, but kaleyra:pod is na: it cannot move" in errors[0]
        assert project.kept() == before
    assert calls(na) == []
    assert len(world.agents()) == 1
    # The configuration may say the same.
    project.env = ambient("in", world)
    project.configure(pod="in", sid=world.sid, endpoint=world.url)
    project.up("--expect-no-changes")
    project.destroy()
    assert world.agents() == []


@proves("A14", "E7")
def test_explicit_providers_serve_both_pods_in_one_program_and_destroy_each_in_its_own(
    project: Project, world: World, na: World
) -> None:
    project.program(
        f"""
east = Provider("east", pod="na", sid={na.sid!r}, api_key={na.api_key!r}, endpoint={na.url!r}, deletion_policy="delete")
opts = ResourceOptions(provider=east)
here = RcsAgent("here", **LEAST)
there = RcsAgent("there", **{{**LEAST, "description": "Over there"}}, opts=opts)
RcsTester("handset-here", agent_no=here.agent_number, phoneno="919000000001")
RcsTester("handset-there", agent_no=there.agent_number, phoneno="919000000002", opts=opts)
"""
    )
    project.up()
    # One service code in two accounts: neither is taken for the other.
    assert [each["description"] for each in world.agents()] == [LEAST["description"]]
    assert [each["description"] for each in na.agents()] == ["Over there"]
    project.settles()
    numbers = {name: each["id"] for name, each in project.resources().items()}
    assert [each["phoneno"] for each in na.testers(numbers["there"])] == ["919000000002"]
    assert na.api_key not in json.dumps(project.export())
    project.destroy()
    assert (world.agents(), na.agents()) == ([], [])
    for one in (world, na):
        assert [entry.flags for entry in one.journal() if entry.flags] == []


@proves("A14", "E8")
def test_an_explicit_provider_takes_nothing_from_the_environment(make: Callable[..., Project], na: World) -> None:
    project = make(world=None, env={"KALEYRA_POD": "in", "KALEYRA_SID": "SOMEONE", "KALEYRA_API_KEY": "not-this-one"})
    project.program(
        f"""
east = Provider("east", pod="na", sid={na.sid!r}, api_key={na.api_key!r}, endpoint={na.url!r})
RcsAgent("there", **LEAST, opts=ResourceOptions(provider=east))
"""
    )
    project.up()
    assert len(na.agents()) == 1


@proves("A16", "A7")
def test_a_preview_of_anything_sends_no_request_and_works_without_a_key_and_while_the_service_is_away(
    project: Project, simulator: Simulator, world: World
) -> None:
    stack = {"stays": LEAST, "changes": {**LEAST, "service_code": "B"}, "goes": {**LEAST, "service_code": "C"}}
    project.env["KALEYRA_API_KEY"] = None
    simulator.stop()
    project.declare(stack, {"handset": {"agent": "stays", "phoneno": "919000000001"}})
    assert project.preview().ops == dict.fromkeys([*stack, "handset"], "create")
    simulator.start()
    assert calls(world) == []
    project.env.pop("KALEYRA_API_KEY")
    project.up()
    project.env["KALEYRA_API_KEY"] = None
    world.clear_journal()
    project.declare(
        {
            "stays": {**LEAST, "description": "Other"},
            "changes": {**EUROPE, "service_code": "B"},
            "comes": {**LEAST, "service_code": "D"},
        },
        {"handset": {"agent": "stays", "phoneno": "919000000002"}},
    )
    wanted = {"stays": "update", "changes": "replace", "comes": "create", "goes": "delete", "handset": "replace"}
    assert project.pulumi("preview", "--diff").code == 0
    assert calls(world) == []
    simulator.stop()
    away = project.preview()
    assert (away.code, away.ops, away.lines("stays")) == (0, wanted, [])


TWICE: Final = {"pod": ("in", "na"), "sid": ("ONE", "TWO"), "endpoint": ("https://one.example", "https://two.example")}
"""For each setting a value in the configuration, and another one in the environment."""


@proves("E8")
def test_two_values_for_one_setting_are_an_error_that_names_both(project: Project, world: World) -> None:
    for setting, (configured, ambient) in TWICE.items():
        project.env[f"KALEYRA_{setting.upper()}"] = ambient
        project.configure(**{setting: configured})
    project.declare({"agent": LEAST})
    assert settings_errors(project.fails("preview"), project.face) == [
        f"kaleyra:{setting} is {configured} and KALEYRA_{setting.upper()} is {ambient}: unset one of them, or make "
        "them agree"
        for setting, (configured, ambient) in TWICE.items()
    ]
    assert calls(world) == []


@proves("E8")
def test_the_key_of_the_environment_wins_also_over_the_one_of_the_last_up(project: Project, world: World) -> None:
    project.env["KALEYRA_API_KEY"] = None
    project.configure(apiKey=world.api_key)
    project.declare({"agent": LEAST})
    project.up()
    world.set_accounts({world.sid: ["another-key-of-today"]})
    refused = project.fails("refresh", "--yes", "--skip-preview")
    assert "The key came from kaleyra:apiKey. " in refused.out
    assert "unless KALEYRA_API_KEY is set" in refused.out
    project.env["KALEYRA_API_KEY"] = "a-key-of-last-year"
    refused = project.fails("refresh", "--yes", "--skip-preview")
    assert "The key came from KALEYRA_API_KEY, which wins over kaleyra:apiKey. " in refused.out
    project.env["KALEYRA_API_KEY"] = "another-key-of-today"
    project.destroy()
    assert writes(world) == ["create_agent", "delete_agent"]
