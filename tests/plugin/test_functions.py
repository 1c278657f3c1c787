"""The functions of the package: what they give, and the one line of an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from fakes import NO_AGENTS, NOT_FOUND, Bench, Clock, bad, good
from proves import proves
from samples import ALL_INPUTS, KEY, LEAST, NUMBER, PHONE, SID, declared, row_of

from rcs_provider.core.errors import ConfigError, RcsError, Refusal
from rcs_provider.plugin.functions import FUNCTIONS, answer
from rcs_provider.plugin.schema import package_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

ROW: Final = row_of(declared(ALL_INPUTS), service_code="SUPPORT")
GONE: Final = row_of(LEAST, agent_number="9", status="deleted")
LISTED: Final[Mapping[str, Any]] = {
    "id": "t-1", "phoneno": "+91 90000 00001", "agent_no": NUMBER, "status": "ACTIVE", "test_status": "PENDING",
    "override_dcs_check": "false", "carrierid": "7",
}  # fmt: skip
ANSWERS: Final[Mapping[str, Any]] = {
    "get": good(ROW),
    "list": good([ROW, GONE]),
    "testers": good([LISTED]),
    "brands": good([{"brand_number": "8032"}]),
    "masters": good({"color": ["#494e0d"]}),
}
ARGS: Final[Mapping[str, Mapping[str, Any]]] = {
    "get_agent": {"agentNumber": NUMBER},
    "get_testers": {"agentNo": NUMBER},
}


@pytest.fixture
def bench(clock: Clock) -> Bench:
    return Bench(clock, **ANSWERS)


def call(bench: Bench, name: str, **args: Any) -> dict[str, Any]:
    return answer(bench.api, f"kaleyra:rcs:{name}", args)


def failure(bench: Bench, name: str, **args: Any) -> str:
    with pytest.raises(RcsError) as caught:
        call(bench, name, **args)
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)
    return str(caught.value)


@proves("B15")
def test_an_agent_comes_in_the_tables_types_by_the_names_of_the_schema(bench: Bench) -> None:
    bench.script.add(get=good({**ROW, "agent_number": 71732, "integration_status": "false", "hero_url": ""}))
    found = call(bench, "getAgent", agentNumber=NUMBER)
    assert (found["agentNumber"], found["integrationStatus"], found["serviceCode"]) == (NUMBER, False, "SUPPORT")
    assert found["phones"][0]["labelText"] == "Call"
    assert "heroUrl" not in found
    assert bench.script.calls == ["get"]


@proves("B15")
@pytest.mark.parametrize("given", [NUMBER, float(NUMBER), int(NUMBER)])
def test_a_number_may_come_as_one(bench: Bench, given: Any) -> None:
    assert call(bench, "getAgent", agentNumber=given)["agentNumber"] == NUMBER


@proves("B15")
def test_agents_are_those_that_live_unless_the_deleted_ones_are_asked_for(bench: Bench) -> None:
    assert [each["agentNumber"] for each in call(bench, "getAgents")["agents"]] == [NUMBER]
    every = call(bench, "getAgents", includeDeleted=True)["agents"]
    assert [each["agentNumber"] for each in every] == [NUMBER, "9"]


@proves("B15")
def test_no_agents_are_an_empty_list(bench: Bench) -> None:
    bench.script.add(list=NO_AGENTS)
    assert call(bench, "getAgents") == {"agents": []}


@proves("B15")
def test_testers_come_with_phone_numbers_in_digits(bench: Bench) -> None:
    assert call(bench, "getTesters", agentNo=NUMBER) == {
        "agentNo": NUMBER,
        "testers": [
            {
                "agentNo": NUMBER, "phoneno": PHONE, "uuid": "t-1", "status": "ACTIVE", "testStatus": "PENDING",
                "overrideDcsCheck": False, "carrierid": 7.0,
            }
        ],
    }  # fmt: skip


@proves("B15")
def test_brands_and_masters_come_as_they_are(bench: Bench) -> None:
    assert call(bench, "getBrands") == {"brands": [{"brand_number": "8032"}]}
    assert call(bench, "getMasters") == {"lists": {"color": ["#494e0d"]}}
    assert bench.script.requests[-1].url.endswith("/masters")


def test_an_answer_of_masters_that_is_no_object_is_under_the_name_of_its_list(bench: Bench) -> None:
    bench.script.add(masters=good(["#494e0d"]))
    assert call(bench, "getMasters", listName="color") == {"lists": {"color": ["#494e0d"]}}
    assert bench.script.requests[-1].url.endswith("/masters?listname=color")
    assert call(bench, "getMasters") == {"lists": {"all": ["#494e0d"]}}


@proves("F2")
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda each: each.name)
def test_what_a_function_gives_is_what_the_schema_says(bench: Bench, function: Any) -> None:
    spec = package_schema()["functions"][function.token]["outputs"]
    found = answer(bench.api, function.token, ARGS.get(function.name, {}))
    assert set(spec["required"]) <= set(found) <= set(spec["properties"])


@proves("B15")
@pytest.mark.parametrize(("name", "argument"), [("getAgent", "agentNumber"), ("getTesters", "agentNo")])
def test_an_agent_that_is_gone_is_an_error(bench: Bench, name: str, argument: str) -> None:
    bench.script.add(get=good({**ROW, "status": "DELETED"}), testers=bad(f"Agent {NUMBER} not found"))
    assert failure(bench, name, **{argument: NUMBER}).endswith(f"there is no agent {NUMBER} in account {SID}")


@pytest.mark.parametrize(
    ("name", "args", "line"),
    [
        ("getAgent", {}, "getAgent: agentNumber: is required"),
        ("getAgent", {"agentNumber": "support"}, "getAgent: agentNumber: must be made of digits only"),
        ("getAgent", {"agent_number": NUMBER}, "getAgent: agent_number: unknown field; did you mean agentNumber?"),
        ("getAgent", {"agentNumber": "x", "more": 1}, "more: unknown field; there are agentNumber"),
        ("getAgents", {"includeDeleted": "yes"}, "getAgents: includeDeleted: must be true or false"),
        ("getBrands", {"first": 1}, "getBrands: first: unknown field"),
        ("getFoo", {}, "kaleyra:rcs:getFoo: unknown function; did you mean kaleyra:rcs:getAgent"),
    ],
)
def test_what_is_wrong_with_a_call_is_one_line_without_a_call_of_the_api(
    bench: Bench, name: str, args: dict[str, Any], line: str
) -> None:
    with pytest.raises(Refusal) as caught:
        call(bench, name, **args)
    assert line in str(caught.value)
    assert bench.script.calls == []


def test_what_fails_says_what_was_looked_up(bench: Bench) -> None:
    bench.script.add(brands=NOT_FOUND, get=bad("Not yours", code="RCS403", label="FORBIDDEN", status=403))
    assert failure(bench, "getBrands").startswith("could not look up the brands: ")
    assert failure(bench, "getAgent", agentNumber=NUMBER).startswith(f"could not look up agent {NUMBER}: ")


def test_without_a_key_the_line_says_how_to_set_it(clock: Clock) -> None:
    bench = Bench(clock, settings={"api_key": None}, **ANSWERS)
    with pytest.raises(ConfigError, match=r"could not look up the agents: .*apiKey is not set"):
        call(bench, "getAgents")
