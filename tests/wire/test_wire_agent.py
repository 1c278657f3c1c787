"""An agent's life over the wire: the SDK's own server, the engine's messages, and the simulator behind it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from proves import proves
from pulumi.runtime.proto import engine_pb2, provider_pb2
from samples import ALL_INPUTS, KEY, LEAST, copied
from wires import UNKNOWN, Failed, Process, plain, together, urn

if TYPE_CHECKING:
    from collections.abc import Callable

    from wires import Engine

    from rcs_simulator import World

NONE = provider_pb2.DiffResponse.DIFF_NONE
SOME = provider_pb2.DiffResponse.DIFF_SOME
ASK = provider_pb2.DiffResponse.DIFF_UNKNOWN


def _declared(code: str, base: Any = ALL_INPUTS, **changes: Any) -> dict[str, Any]:
    given = {**copied(dict(base)), "deletion_policy": "delete", "service_code": code, **changes}
    return {name: value for name, value in given.items() if value is not None}


class Agent:
    """An agent that was made over the wire."""

    def __init__(self, provider: Process, one: str, code: str, base: Any = ALL_INPUTS, **changes: Any) -> None:
        self.provider, self.one = provider, one
        self.inputs = provider.checked(one, _declared(code, base, **changes))
        self.id, self.state = provider.create(one, self.inputs)

    def diff(self, **changes: Any) -> Any:
        return self.provider.diff(self.one, self.id, self.state, {**self.inputs, **changes})


def _numbers(world: World, code: str) -> list[str]:
    return [each["agent_number"] for each in world.agents() if each["service_code"] == code]


# check


def test_check_restores_numbers_and_fills_in_the_account_and_the_defaults(
    provider: Process, world: World, one: str, code: str
) -> None:
    inputs = provider.checked(one, _declared(code, LEAST, agent_type=1, brand_details={"brand_no": 8032}))
    assert (inputs["agent_type"], inputs["brand_details"]) == ("1", {"brand_no": "8032"})
    assert (inputs["pod"], inputs["sid"], inputs["rcs_provider_id"]) == ("in", world.sid, "1")
    assert inputs.items() >= provider.kept(one).items()


@proves("E18")
def test_all_mistakes_come_as_failures_without_a_property_name(provider: Process, one: str, code: str) -> None:
    found = provider.check(one, _declared(code, color="red", displayname="x", phones=[], emails=[]))
    assert [(each.property, each.reason) for each in found.failures] == [
        ("", "color: must be # and six hexadecimal digits, such as #494e0d"),
        ("", "displayname: unknown field; did you mean display_name?"),
        ("", "phones, emails: at least one phone or e-mail is required"),
    ]


@proves("P10", "D25")
def test_what_is_not_known_yet_survives_check_at_every_depth(provider: Process, one: str, code: str) -> None:
    privacy = {"label_text": "P", "website": UNKNOWN}
    inputs = provider.checked(one, _declared(code, color=UNKNOWN, privacy=privacy, phones=[UNKNOWN], website=UNKNOWN))
    assert (inputs["color"], inputs["privacy"]["website"]) == (UNKNOWN, UNKNOWN)
    assert (inputs["phones"], inputs["website"]) == ([UNKNOWN], UNKNOWN)


@proves("D25")
def test_known_mistakes_beside_what_is_not_known_yet_are_found(provider: Process, one: str, code: str) -> None:
    found = provider.check(one, _declared(code, color=UNKNOWN, hosting_region="MARS"))
    assert [each.reason.split(":")[0] for each in found.failures] == ["hosting_region"]


@proves("D16")
def test_check_keeps_the_spelling_that_is_stored(provider: Process, one: str, code: str) -> None:
    stored = provider.checked(one, _declared(code))
    assert provider.checked(one, _declared(code, color="#494E0D"), stored) == stored


@proves("E2")
def test_a_misspelt_nested_name_is_a_failure_of_an_update_too(provider: Process, one: str, code: str) -> None:
    stored = provider.checked(one, _declared(code))
    news = _declared(code, privacy={**ALL_INPUTS["privacy"], "websit": "x"})
    assert [each.reason for each in provider.check(one, news, stored).failures] == [
        "privacy.websit: unknown field; did you mean website?"
    ]


def test_two_resources_with_one_service_code_are_a_failure_that_names_both(
    provider: Process, one: str, code: str
) -> None:
    provider.checked(one, _declared(code))
    found = provider.check(urn("two"), _declared(code))
    assert [each.reason for each in found.failures] == [
        f"service_code {code} is declared twice, by agent-{code} and by two"
    ]


# a whole life


def test_an_agent_lives_from_create_to_delete(
    provider: Process, later: Process, world: World, one: str, code: str
) -> None:
    agent = Agent(provider, one, code)
    assert _numbers(world, code) == [agent.id]
    assert agent.state.items() >= provider.kept(one).items()
    assert agent.diff().changes == NONE

    read = later.read(one, agent.id, agent.state)
    assert (read.id, plain(read.properties), plain(read.inputs)) == (agent.id, agent.state, agent.inputs)

    assert agent.diff(description="Other").changes == ASK
    state = later.update(one, agent.id, agent.state, {**agent.inputs, "description": "Other"})
    assert {name for name in state if state[name] != agent.state.get(name)} <= {
        "description", "integration_name", "verification_name", "verification_state",
    }  # fmt: skip
    assert world.agent(agent.id)["description"] == "Other"

    later.delete(one, agent.id, state)
    assert _numbers(world, code) == []
    gone = later.read(one, agent.id, state)
    assert (gone.id, plain(gone.properties)) == ("", later.kept(one))


@proves("D8")
def test_the_least_agent_is_made_by_one_post(provider: Process, world: World, one: str, code: str) -> None:
    agent = Agent(provider, one, code, LEAST)
    assert len(world.journal("create_agent")) == 1
    assert agent.diff().changes == NONE


@proves("A16")
def test_check_and_diff_call_nothing(provider: Process, world: World, one: str, code: str) -> None:
    agent = Agent(provider, one, code)
    world.clear_journal()
    provider.checked(one, _declared(code), agent.inputs)
    agent.diff(description="Other", hosting_region="EUROPE")
    assert world.journal() == []


@proves("A16")
def test_check_and_diff_work_without_key_and_without_network(
    start: Callable[..., Process], one: str, code: str
) -> None:
    offline = start(apiKey=None, endpoint="http://127.0.0.1:1")
    inputs = offline.checked(one, _declared(code))
    state = {**inputs, "__managed": sorted(set(inputs) - {"__provider"})}
    assert offline.diff(one, "1", state, {**inputs, "color": "#000000"}).changes == ASK


@proves("A7", "D3", "D4", "D25")
@pytest.mark.parametrize(
    ("changes", "kind", "replaces"),
    [
        ({}, NONE, []),
        ({"description": "Other"}, ASK, []),
        ({"deletion_policy": "prevent"}, ASK, []),
        ({"hosting_region": "EUROPE"}, ASK, ["hosting_region"]),
        ({"agent_type": "2"}, ASK, ["agent_type"]),
        ({"brand_details": {"brand_no": "9"}}, ASK, ["brand_details"]),
        ({"rcs_provider_id": "2"}, ASK, ["rcs_provider_id"]),
        ({"hosting_region": UNKNOWN}, ASK, []),
        ({"brand_details": {"brand_no": UNKNOWN}}, ASK, []),
        ({"description": UNKNOWN}, ASK, []),
    ],
)
def test_diff_says_what_each_change_means(  # noqa: PLR0913, PLR0917
    later: Process, one: str, code: str, changes: dict[str, Any], kind: int, replaces: list[str]
) -> None:
    inputs = later.checked(one, _declared(code))
    state = {**inputs, "agent_number": "1", "__managed": sorted(set(inputs) - {"__provider"}), "__declared": {}}
    found = later.diff(one, f"1{code}", state, {**inputs, **changes})
    assert (found.changes, list(found.replaces)) == (kind, replaces)
    assert found.deleteBeforeReplace


@proves("P5")
def test_drift_of_an_editable_field_shows_in_the_inputs_that_a_read_returns(
    provider: Process, world: World, one: str, code: str
) -> None:
    agent = Agent(provider, one, code)
    world.patch_agent(agent.id, description="Other")
    assert plain(provider.read(one, agent.id, agent.state).inputs) == {**agent.inputs, "description": "Other"}


def test_drift_of_a_restricted_field_never_replaces_and_the_update_refuses_before_any_put(
    provider: Process, world: World, one: str, code: str
) -> None:
    agent = Agent(provider, one, code)
    world.patch_agent(agent.id, hosting_region="EUROPE")
    read = provider.read(one, agent.id, agent.state)
    state = plain(read.properties)
    assert plain(read.inputs) == agent.inputs
    found = provider.diff(one, agent.id, state, agent.inputs)
    assert (found.changes, list(found.replaces)) == (SOME, [])
    with pytest.raises(Failed, match="hosting_region is EUROPE at Kaleyra, the program says ASIA_PACIFIC") as caught:
        provider.update(one, agent.id, state, agent.inputs)
    assert f"pulumi up --replace '{one}'" in str(caught.value)
    assert world.journal("update_agent") == []


@proves("A5")
def test_restricted_and_undeclared_values_are_echoed_by_one_put(
    provider: Process, world: World, one: str, code: str
) -> None:
    agent = Agent(provider, one, code, LEAST)
    phones = [{"label_text": "Call", "is_toll_free": True, "number": "18001001001", "country_code": ""}]
    world.patch_agent(agent.id, phones=phones)
    world.clear_journal()
    provider.update(one, agent.id, agent.state, {**agent.inputs, "description": "Other"})
    sent = world.journal("update_agent")
    assert len(sent) == 1
    assert (sent[0].body["rcs_provider_id"], sent[0].body["hosting_region"]) == (1, "ASIA_PACIFIC")
    assert [each["number"] for each in sent[0].body["phones"]] == ["18001001001"]


def test_an_update_to_what_is_so_already_puts_nothing(provider: Process, world: World, one: str, code: str) -> None:
    agent = Agent(provider, one, code)
    world.patch_agent(agent.id, description="Other")
    provider.update(one, agent.id, agent.state, {**agent.inputs, "description": "Other"})
    assert world.journal("update_agent") == []


@proves("A1", "P4")
def test_an_agent_removed_behind_the_back_is_an_empty_id_and_its_delete_is_done(
    provider: Process, later: Process, world: World, one: str, code: str
) -> None:
    """A1, A3."""
    agent = Agent(provider, one, code)
    world.remove_agent(agent.id)
    assert later.read(one, agent.id, agent.state).id == ""
    later.delete(one, agent.id, agent.state)


@proves("A2")
@pytest.mark.parametrize(
    "fault", [401, 403, "html404", 503, "html502", "empty", "truncated", "other_not_found", "RCS601"]
)
def test_anything_else_fails_the_read(later: Process, world: World, one: str, fault: Any) -> None:
    number = world.seed_agent(service_code=f"SEED-{fault}")
    world.fault("get_agent", fault)
    with pytest.raises(Failed, match=f"^could not read agent {number}: "):
        later.read(one, number, {"pod": "in", "sid": world.sid, "__managed": []})
    assert world.pending_faults() == []


@proves("P13")
def test_an_agent_that_a_run_has_made_is_not_deleted_by_the_same_run(
    provider: Process, world: World, one: str, code: str
) -> None:
    agent = Agent(provider, one, code)
    provider.delete(one, agent.id, agent.state)
    assert _numbers(world, code) == [agent.id]


# get


@proves("E5")
@pytest.mark.parametrize("served", ["dynamic"], indirect=True)
def test_get_shows_an_agent_without_managing_it(later: Process, world: World, one: str, code: str) -> None:
    number = world.seed_agent(service_code=code)
    read = later.read(one, number, {})
    assert plain(read.properties)["service_code"] == code
    assert plain(read.inputs) == later.kept(one)


@proves("F1")
@pytest.mark.parametrize("served", ["plugin"], indirect=True)
def test_get_and_import_show_what_a_program_would_declare_and_nothing_is_left_to_do(
    later: Process, world: World, one: str, code: str
) -> None:
    number = world.seed_agent(service_code=code)
    read = later.read(one, number, {})
    inputs, state = plain(read.inputs), plain(read.properties)
    assert (read.id, inputs["service_code"], state["agent_number"]) == (number, code, number)
    declared = {name: value for name, value in inputs.items() if name not in ("pod", "sid")}
    assert later.checked(one, declared, inputs) == inputs
    assert later.diff(one, number, state, inputs).changes == NONE
    assert plain(later.read(one, number, state).inputs) == inputs


@proves("E5")
def test_get_of_an_agent_that_is_none_fails(later: Process, world: World, one: str) -> None:
    with pytest.raises(Failed, match=f"^there is no agent 404404 in account {world.sid}$"):
        later.read(one, "404404", {})


# failures


@proves("E19")
def test_a_failure_is_one_clean_line_in_the_trailer(start: Callable[..., Process], one: str, code: str) -> None:
    provider = start(apiKey="wrong-key", maxRetries="0")
    inputs = provider.checked(one, _declared(code))
    with pytest.raises(Failed) as caught:
        provider.create(one, inputs)
    message = caught.value.status.message
    assert message.startswith(
        f"could not create the agent with service_code {code}: Incorrect SID or API key: API Key Not Found (RBC201, "
    )
    assert "kaleyra:apiKey" in message
    assert message.isprintable()
    assert caught.value.status.code == 2
    assert "Traceback" not in caught.value.text
    assert "wrong-key" not in caught.value.text + message


@proves("E19")
def test_an_unreachable_host_is_one_clean_line(start: Callable[..., Process], one: str) -> None:
    provider = start(endpoint="http://127.0.0.1:1", maxRetries="0")
    with pytest.raises(Failed, match=r"^could not read agent 1: 127\.0\.0\.1:1 refuses connections"):
        provider.read(one, "1", {})


@proves("E8")
def test_a_missing_key_is_told_by_the_call_that_needs_it(start: Callable[..., Process], one: str) -> None:
    with pytest.raises(Failed, match=r"kaleyra:apiKey is not set.*pulumi config set --secret kaleyra:apiKey"):
        start(apiKey=None).read(one, "1", {})


@proves("D22")
def test_a_half_made_agent_arrives_with_id_state_and_reasons_and_the_next_update_finishes_it(
    provider: Process, world: World, one: str, code: str
) -> None:
    world.fault("get_agent", 500)
    inputs = provider.checked(one, _declared(code))
    with pytest.raises(Failed) as caught:
        provider.create(one, inputs)
    half = caught.value.half_made
    assert [half.id] == _numbers(world, code)
    assert plain(half.properties).items() >= provider.kept(one).items()
    assert plain(half.properties)["__unfinished"] is True
    assert plain(half.inputs) == inputs
    assert len(half.reasons) == 1
    assert half.reasons[0].startswith(f"agent {half.id} was made, but could not be read back")
    state = provider.update(one, half.id, plain(half.properties), inputs)
    assert "__unfinished" not in state
    assert state["status"] == "ACTIVE"
    assert len(world.journal("create_agent")) == 1


@proves("D9", "C4")
@pytest.mark.parametrize(
    "fault",
    [
        "lost",
        "cut",
        "empty",
        "truncated",
        {"kind": "status", "status": 502, "work": True},
        {"kind": "error200", "work": True},
    ],
    ids=["lost", "cut", "empty", "truncated", "502", "error under 200"],
)
def test_after_a_lost_answer_there_is_one_agent_and_it_is_ours(
    provider: Process, world: World, one: str, code: str, fault: Any
) -> None:
    world.fault("create_agent", fault)
    agent = Agent(provider, one, code)
    assert _numbers(world, code) == [agent.id]
    assert len(world.journal("create_agent")) == 1
    assert world.pending_faults() == []


@proves("D22")
@pytest.mark.parametrize("odd", ["\ud800", "nul\x00byte", "x" * 100_000], ids=["surrogate", "null", "long"])
def test_an_odd_text_in_an_answer_loses_no_number(
    provider: Process, world: World, one: str, code: str, odd: str
) -> None:
    inputs = provider.checked(one, _declared(code))
    answer = {"code": "RCS902", "data": {"provider_agent_id": odd}, "error": {}}
    world.fault("get_agent", {"kind": "body", "body": json.dumps(answer)})
    try:
        number, _ = provider.create(one, inputs)
    except Failed as error:
        number = error.half_made.id
    assert [number] == _numbers(world, code)


TEARS = """
import rcs_provider
from rcs_provider.objects.agent.life import Agent
def torn(*_, **__):
    raise {error}
for each in ("identity", "create", "read", "update", "delete"):
    setattr(Agent, each, torn)
"""


@pytest.mark.parametrize("error", ["SystemExit(3)", "KeyboardInterrupt()"])
def test_nothing_raised_inside_leaves_the_engine_waiting(
    start: Callable[..., Process], one: str, code: str, error: str
) -> None:
    provider = start(patch=TEARS.format(error=error))
    calls: list[Callable[[], Any]] = [
        lambda: provider.check(one, _declared(code)),
        lambda: provider.diff(one, "1", {}, _declared(code)),
        lambda: provider.create(one, _declared(code)),
        lambda: provider.read(one, "1", {}),
        lambda: provider.update(one, "1", {}, _declared(code)),
        lambda: provider.delete(one, "1", {}),
    ]
    name = error.partition("(")[0]
    for call in calls:
        with pytest.raises(Failed, match=f"^kaleyra-rcs failed with {name}: .*This is a defect"):
            call()


# settings


@proves("E8")
def test_settings_may_come_from_the_environment_alone(
    start: Callable[..., Process], world: World, one: str, code: str
) -> None:
    env = {
        "KALEYRA_POD": "in", "KALEYRA_SID": world.sid, "KALEYRA_API_KEY": KEY, "KALEYRA_ENDPOINT": world.url,
    }  # fmt: skip
    assert Agent(start(env, pod=None, sid=None, apiKey=None, endpoint=None), one, code).id


@proves("E8")
def test_the_key_of_the_environment_wins(start: Callable[..., Process], one: str, code: str) -> None:
    assert Agent(start({"KALEYRA_API_KEY": KEY}, apiKey="of-the-last-up"), one, code).id


@proves("P12")
def test_a_secret_setting_arrives_unwrapped(start: Callable[..., Process], one: str, code: str) -> None:
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": KEY}
    assert Agent(start(apiKey=secret), one, code).id


@proves("A14")
def test_an_explicit_account_ignores_the_environment(start: Callable[..., Process], one: str, code: str) -> None:
    env = {"KALEYRA_POD": "na", "KALEYRA_API_KEY": "another", "KALEYRA_ENDPOINT": "http://127.0.0.1:1"}
    assert Agent(start(env, explicit="true"), one, code).id


@proves("E8")
def test_missing_and_contradicting_settings_are_check_failures(
    start: Callable[..., Process], one: str, code: str
) -> None:
    found = start({"KALEYRA_POD": "na"}, sid=None).check(one, _declared(code))
    assert [each.reason for each in found.failures] == [
        "kaleyra:pod is in and KALEYRA_POD is na: unset one of them, or make them agree",
        "kaleyra:sid is not set: run `pulumi config set kaleyra:sid YOUR_SID`, or set KALEYRA_SID",
    ]


@proves("B6", "E11")
def test_an_agent_of_another_pod_is_refused_and_never_called_for(
    start: Callable[..., Process], provider: Process, world: World, one: str, code: str
) -> None:
    agent = Agent(provider, one, code)
    other = start(pod="na")
    world.clear_journal()
    found = other.check(one, _declared(code), agent.inputs)
    assert "this agent lives in pod in, but kaleyra:pod is na" in found.failures[0].reason
    for act in (
        lambda: other.read(one, agent.id, agent.state),
        lambda: other.update(one, agent.id, agent.state, agent.inputs),
        lambda: other.delete(one, agent.id, agent.state),
    ):
        with pytest.raises(Failed, match="lives in pod in, but kaleyra:pod is na"):
            act()
    assert world.journal() == []


# what is said


def test_warnings_and_notes_stand_in_the_resources_own_row(later: Process, engine: Engine, one: str, code: str) -> None:
    inputs = later.checked(one, _declared(code, billing_category="NEW_ONE"))
    state = {**inputs, "agent_number": "1", "__managed": sorted(set(inputs) - {"__provider"})}
    later.diff(one, f"1{code}", state, {**inputs, "hosting_region": "EUROPE"})
    said = engine.said(one, engine_pb2.WARNING)
    assert said[0].startswith("billing_category: is not one of the documented values")
    assert said[1].startswith("hosting_region cannot change in place: agent 1 is deleted, and a new one is made")


def test_repeats_and_progress_stand_in_the_resources_own_row(
    start: Callable[..., Process], world: World, engine: Engine, one: str, code: str
) -> None:
    world.fault("list_agents", 503)
    world.set(list_lag_reads=1)
    Agent(start(), one, code)
    repeat, wait = engine.said(one, ephemeral=True)
    assert repeat.startswith("could not list the agents: ")
    assert wait == "waiting for the new agent to show up in the list"
    assert engine.said(one) == []


@proves("A13", "E9")
def test_debug_shows_each_call_without_key_and_sid(
    start: Callable[..., Process], world: World, engine: Engine, one: str, code: str
) -> None:
    Agent(start(debug="true"), one, code)
    said = " ".join(engine.said(one, engine_pb2.INFO))
    assert f"POST {world.url}/v1/***/rcs/agent 200" in said
    assert world.sid not in said
    assert "90000 00001" not in said


@proves("B17")
def test_taking_over_an_agent_is_warned_about_in_its_row(  # noqa: PLR0913, PLR0917
    start: Callable[..., Process], later: Process, world: World, engine: Engine, one: str, code: str
) -> None:
    Agent(later, urn("before"), code)
    agent = Agent(start(), one, code)
    (line,) = engine.said(one, engine_pb2.WARNING)
    assert line.startswith(f"takes over agent {agent.id}, which has this service code and equals the declaration")
    assert _numbers(world, code) == [agent.id]


# many at once


@proves("P11")
def test_many_agents_at_once_share_the_look_ups(provider: Process, world: World, code: str) -> None:
    made = together(*(
        lambda place=place: Agent(provider, urn(f"{code}-{place}"), f"{code}-{place}").id for place in range(8)
    ))  # fmt: skip
    assert made == [_numbers(world, f"{code}-{place}")[0] for place in range(8)]
    assert len(world.journal("create_agent")) == 8
    assert len(world.journal("list_agents")) <= 9


def test_a_cancelled_run_repeats_nothing_more(start: Callable[..., Process], world: World, one: str, code: str) -> None:
    provider = start()
    agent = Agent(provider, one, code)
    world.fault("get_agent", 503, 503, 503)
    provider.cancel()
    world.clear_journal()
    with pytest.raises(Failed, match=f"could not read agent {agent.id}: "):
        provider.read(one, agent.id, agent.state)
    assert len(world.journal("get_agent")) == 1


@proves("D24")
def test_a_time_limit_of_the_engine_bounds_the_operation(
    start: Callable[..., Process], world: World, one: str, code: str
) -> None:
    provider = start()
    world.fault("list_agents", {"kind": "stall", "seconds": 60.0})
    inputs = provider.checked(one, _declared(code))
    with pytest.raises(Failed, match="could not create the agent"):
        provider.create(one, inputs, timeout=0.3)
    assert world.journal("create_agent") == []
