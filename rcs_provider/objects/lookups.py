"""What every face looks up: agents and testers as Kaleyra has them, in the types of their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_provider.core.codec import decoded
from rcs_provider.core.errors import NotFound, Unclear
from rcs_provider.core.phone import digits as digits_of

from .agent.life import AGENT
from .tester.life import TESTER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcs_provider.api.client import Calls, Row
    from rcs_provider.core.fields import Table


def digits(value: Any) -> str:
    """A number given by a program, as text; it may have become a float on the way through the engine.

    Empty if it is not a number.
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value) if isinstance(value, (str, int)) else ""
    return text if text.isascii() and text.isdigit() else ""


def no_agent(api: Calls, number: str) -> str:
    """The message about an agent that does not exist."""
    return f"there is no agent {number} in account {api.client.settings.sid}"


def agent_of(row: Row, number: str | None = None) -> dict[str, Any]:
    """The fields of an agent that a read returns, by our names; what the answer leaves out is left out.

    Args:
        row: the agent as the API answers it.
        number: of the agent, if the call named it.

    Raises:
        Unclear: a value has a type that its field cannot have, or a list holds an agent without its number.
    """
    number = number or AGENT.number_of(row)
    if number is None:
        raise Unclear("the list holds an agent without its number")
    return {**_read(AGENT.table, row), "agent_number": number}


def tester_rows(api: Calls, agent: str) -> list[Row] | None:
    """The testers of an agent, from the API; None if there is no such agent."""
    try:
        return TESTER.require_rows_of(agent, TESTER.rows(api, agent))
    except NotFound as error:
        if AGENT.says_gone(error, agent):
            return None
        raise


def tester_of(row: Row, agent: str) -> dict[str, Any]:
    """The fields of a tester that the list of an agent returns, by our names; its phone number is digits.

    Raises:
        Unclear: a value has a type that its field cannot have, or there is no phone number.
    """
    phone = digits_of(row.get("phoneno") or "")
    if not phone:
        raise Unclear("the list holds a tester without a phone number")
    return {**_read(TESTER.table, row), "agent_no": agent, "phoneno": phone}


def _read(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    found = decoded(table, row)
    return {each.name: found[each.name] for each in table.read if each.name in found}
