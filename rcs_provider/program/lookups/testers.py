"""Looking up testers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_provider.core.errors import NotFound, Unclear
from rcs_provider.core.phone import digits as digits_of
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.tester.fields import TABLE
from rcs_provider.objects.tester.life import TESTER

from .agents import no_agent
from .lookup import Lookup, as_output, at_once, digits, refuse
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
    try:
        return TESTER.require_rows_of(number, TESTER.rows(api, number))
    except NotFound as error:
        if AGENT.says_gone(error, number):
            raise no_agent(api, number) from None
        raise


def _tester(number: str, row: Row) -> GetTesterResult:
    phone = digits_of(str(row.get("phoneno") or ""))
    if not phone:
        raise Unclear("the list holds a tester without a phone number")
    return filled(GetTesterResult, TABLE, row, agent_no=number, phoneno=phone)
