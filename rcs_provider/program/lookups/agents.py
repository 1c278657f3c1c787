"""Looking up agents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.lookups import agent_of, digits, no_agent

from .lookup import Lookup, as_output, at_once, refuse
from .mocked import answered
from .results import GetAgentResult, GetAgentsResult, filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pulumi import Input, InvokeOptions, InvokeOutputOptions, Output

    from rcs_provider.api.client import Calls, Row


def get_agent(agent_number: str, opts: InvokeOptions | None = None) -> GetAgentResult:
    """Looks up an agent, at once, also in a preview.

    Args:
        agent_number: number of a live agent of the account.
        opts: Pulumi's own options: `provider` is an `rcs_provider.Provider`, else the stack's account is asked.

    Raises:
        pulumi.RunError: with one line that ends the program, also where the agent is gone.
    """
    return at_once(_agent(agent_number), opts)


def get_agent_output(
    agent_number: Input[str], opts: InvokeOptions | InvokeOutputOptions | None = None
) -> Output[GetAgentResult]:
    """Looks up an agent whose number may be an output; unknown in a preview where the number is.

    Args:
        agent_number: number of a live agent of the account.
        opts: Pulumi's own options, `depends_on` included.
    """
    return as_output(_agent, opts, agent_number)


def get_agents(include_deleted: bool = False, opts: InvokeOptions | None = None) -> GetAgentsResult:
    """Looks up the agents of the account, at once, also in a preview.

    Args:
        include_deleted: whether to give those with status DELETED as well, which Kaleyra keeps.
        opts: Pulumi's own options.

    Raises:
        pulumi.RunError: with one line that ends the program.
    """
    return at_once(_agents(include_deleted), opts)


def get_agents_output(
    include_deleted: Input[bool] = False, opts: InvokeOptions | InvokeOutputOptions | None = None
) -> Output[GetAgentsResult]:
    """Looks up the agents of the account, after what `opts.depends_on` names.

    Args:
        include_deleted: whether to give those with status DELETED as well, which Kaleyra keeps.
        opts: Pulumi's own options.
    """
    return as_output(_agents, opts, include_deleted)


def _agent(given: Any) -> Lookup[GetAgentResult]:
    number = digits(given)
    return Lookup(
        "get_agent",
        f"agent {number}" if number else "an agent",
        lambda api: live(api, number or refuse("agent_number")),
        lambda row: filled(GetAgentResult, agent_of(row, number)),
        {"agent_number": given},
        lambda found: answered(GetAgentResult, found, agent_number=given),
    )


def live(api: Calls, number: str) -> Row:
    """A live agent, as the API answers it.

    Raises:
        pulumi.RunError: it is gone.
    """
    row = AGENT.fetch(api, number)
    if row is None:
        raise pulumi.RunError(no_agent(api, number))
    return row


def _agents(include_deleted: bool) -> Lookup[GetAgentsResult]:
    def shape(rows: Sequence[Row]) -> GetAgentsResult:
        found = [agent_of(row) for row in rows if include_deleted or not AGENT.is_deleted(row)]
        return GetAgentsResult(agents=[filled(GetAgentResult, each) for each in found])

    return Lookup(
        "get_agents",
        "the agents",
        AGENT.rows,
        shape,
        {"include_deleted": include_deleted},
        lambda found: GetAgentsResult(agents=[answered(GetAgentResult, each) for each in found.get("agents", ())]),
    )
