"""Look-ups under Pulumi's mocks: what a mock is asked, and what a program gets of its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pytest
from programs import Registered, run
from proves import proves
from pulumi import InvokeOptions, InvokeOutputOptions, Output
from samples import NUMBER, PHONE

from rcs_provider import (
    GetAgentResult,
    Provider,
    RcsTester,
    get_agent,
    get_agent_output,
    get_agents,
    get_brands,
    get_masters,
    get_testers,
    get_testers_output,
)
from rcs_provider.program.lookups import client

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi.runtime import MockCallArgs


class Mocked:
    """Runs programs whose look-ups are answered by token."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, Any], str]] = []

    def call(self, args: MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]]]:
        self.asked.append((args.token, args.args, args.provider))
        return self.answers.get(args.token.removeprefix("kaleyra:rcs:"), {}), []

    def run(self, program: Callable[[], Any], *, preview: bool = False) -> Any:
        """What a program without settings gives; nothing where that is not known."""
        found: list[Any] = []
        run(lambda: Output.from_input(program()).apply(found.append), preview=preview)
        return found[0] if found else None


@pytest.fixture
def mocked(monkeypatch: pytest.MonkeyPatch) -> Mocked:
    made = Mocked()
    monkeypatch.setattr(Registered, "call", lambda _, args: made.call(args))
    monkeypatch.delattr(client, "Client")  # whoever wanted to make a call would need one
    return made


@proves("B15")
def test_a_result_has_what_the_mock_gives_then_the_arguments_then_none(mocked: Mocked) -> None:
    mocked.answers["getAgent"] = {"status": "ACTIVE", "phones": [{"number": "1"}], "integration_status": True}
    mocked.answers["getTesters"] = {"testers": [{"phoneno": PHONE}, {"phoneno": PHONE, "agent_no": "9"}]}
    agent = mocked.run(lambda: get_agent(NUMBER))
    assert isinstance(agent, GetAgentResult)
    assert (agent.agent_number, agent.status, agent.integration_status) == (NUMBER, "ACTIVE", True)
    assert (agent.phones, agent.display_name) == ([{"number": "1"}], None)
    assert mocked.run(lambda: get_agent_output(NUMBER)) == agent
    testers = mocked.run(lambda: get_testers_output(Output.from_input(NUMBER)).testers)
    assert [(each.agent_no, each.phoneno, each.status) for each in testers] == [
        (NUMBER, PHONE, None),
        ("9", PHONE, None),
    ]


@proves("B15")
def test_a_mock_that_answers_nothing_gives_empty_results(mocked: Mocked) -> None:
    found = mocked.run(
        lambda: [get_agents().agents, get_testers("an-id").testers, get_brands().brands, get_masters().lists]
    )
    assert found == [[], [], [], {}]


def test_a_name_that_is_no_attribute_is_told_with_those_that_are(mocked: Mocked) -> None:
    mocked.answers["getAgents"] = {"agents": [{"agent_no": NUMBER}]}
    with pytest.raises(
        TypeError, match=r"^GetAgentResult has no agent_no; a mock may give: agent_number, agent_type, "
    ):
        mocked.run(get_agents)


@proves("A16")
def test_an_argument_that_is_not_known_yet_asks_no_mock(mocked: Mocked) -> None:
    unknown: Any = pulumi.UNKNOWN
    assert mocked.run(lambda: get_agent_output(Output.from_input(unknown)), preview=True) is None
    assert mocked.asked == []


@proves("E9")
def test_a_result_is_secret_where_its_argument_is(mocked: Mocked) -> None:
    for secret, wrap in ((False, Output.from_input), (True, Output.secret)):
        assert mocked.run(lambda wrap=wrap: Output.from_input(get_agent_output(wrap(NUMBER)).is_secret())) is secret


def test_an_output_where_plain_text_belongs_is_refused_as_by_the_real_look_up(mocked: Mocked) -> None:
    number: Any = NUMBER
    line = "could not look up an agent: agent_number is an Output. Use get_agent_output."
    with pytest.raises(pulumi.RunError) as caught:
        mocked.run(lambda: get_agent(Output.from_input(number)))
    assert str(caught.value) == line
    assert mocked.asked == []


@proves("A14")
def test_a_mock_sees_the_explicit_provider_and_look_ups_wait_for_what_they_name(mocked: Mocked) -> None:
    def program() -> Any:
        own = Provider("own", pod="na", sid="OWN")
        tester = RcsTester("pilot", agent_no=NUMBER, phoneno=PHONE)
        get_agent(NUMBER, InvokeOptions(provider=own))
        return get_agent_output(NUMBER, InvokeOutputOptions(provider=own, depends_on=[tester]))

    mocked.run(program)
    assert [provider.split("::")[-2:] for _, _, provider in mocked.asked] == [["own", "own-id"]] * 2
