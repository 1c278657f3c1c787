"""Looking up testers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from rcs_provider.objects.lookups import digits, no_agent, tester_of, tester_rows

from .lookup import Lookup, as_output, at_once, refuse
from .mocked import answered
from .results import GetTesterResult, GetTestersResult, filled

if TYPE_CHECKING:
    from pulumi import Input, InvokeOptions, InvokeOutputOptions, Output

    from rcs_provider.api.client import Calls, Row


def get_testers(agent_no: str, opts: InvokeOptions | None = None) -> GetTestersResult:
    """Looks up the testers of an agent, at once, also in a preview.

    Args:
        agent_no: number of the agent.
        opts: Pulumi's own options: `provider` is an `rcs_provider.Provider`, else the stack's account is asked.

    Raises:
        pulumi.RunError: with one line that ends the program, also where there is no such agent.
    """
    return at_once(_testers(agent_no), opts)


def get_testers_output(
    agent_no: Input[str], opts: InvokeOptions | InvokeOutputOptions | None = None
) -> Output[GetTestersResult]:
    """Looks up the testers of an agent whose number may be an output; unknown in a preview where the number is.

    Args:
        agent_no: number of the agent.
        opts: Pulumi's own options, `depends_on` included.
    """
    return as_output(_testers, opts, agent_no)


def _testers(given: Any) -> Lookup[GetTestersResult]:
    number = digits(given)
    return Lookup(
        "get_testers",
        f"the testers of agent {number}" if number else "the testers of an agent",
        lambda api: _rows(api, number or refuse("agent_no")),
        lambda rows: GetTestersResult(agent_no=number, testers=[_tester(number, row) for row in rows]),
        {"agent_no": given},
        lambda found: GetTestersResult(
            agent_no=given,
            testers=[answered(GetTesterResult, each, agent_no=given) for each in found.get("testers", ())],
        ),
    )


def _rows(api: Calls, number: str) -> list[Row]:
    rows = tester_rows(api, number)
    if rows is None:
        raise pulumi.RunError(no_agent(api, number))
    return rows


def _tester(number: str, row: Row) -> GetTesterResult:
    return filled(GetTesterResult, tester_of(row, number))
