"""The commands that show what an account has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from rcs_provider.agent.fields import TABLE as AGENT
from rcs_provider.agent.lookup import is_deleted
from rcs_provider.codec import decoded
from rcs_provider.errors import Unclear
from rcs_provider.fields import Role, Table

from . import terminal
from .account import as_json, of_stack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .account import Account

_COLUMNS: Final = ("agent_number", "service_code", "display_name", "status", "hosting_region", "agent_use_case")


@click.command()
@of_stack
@click.option("--deleted", is_flag=True, help="Show deleted agents, too.")
@as_json
def agents(account: Account, *, deleted: bool, as_json: bool) -> None:
    """List the account's agents."""
    rows = [each for each in account.api().list_agents() if deleted or not is_deleted(each)]
    found = [plain(AGENT, each) for each in rows]
    if as_json:
        terminal.put_json(found)
    else:
        terminal.put_table(_COLUMNS, [[each[name] for name in _COLUMNS] for each in found])


def plain(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """An object as the API has it: every field that the API knows, in the table's order, None where it is not told."""
    fields = [each for each in table if each.role is not Role.SETTING]
    return {each.name: _decoded(Table((each,)), row).get(each.name) for each in fields}


def _decoded(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    field = table.fields[0]
    try:
        return decoded(table, row)
    except Unclear as error:
        terminal.say(f"{error}; it is shown as it came", "warning")
        return {field.name: row[field.key]}
