"""The commands that show what an account has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import click

from rcs_provider.core.codec import decoded
from rcs_provider.core.errors import Unclear, trying
from rcs_provider.core.fields import Role, Table, is_block, is_list
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.tester.life import TESTER

from . import shape, terminal
from .account import as_json, of_stack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rcs_provider.core.fields import Field

    from .account import Account

AGENT_COLUMNS: Final = ("agent_number", "service_code", "display_name", "status", "hosting_region", "agent_use_case")
TESTER_COLUMNS: Final = ("phoneno", "status", "test_status", "carrierid", "override_dcs_check")


def _number(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[0-9]+", value):
        raise click.BadParameter("an agent's number is made of digits")
    return value


_of_agent = click.argument("number", callback=_number)


@click.command()
@of_stack
@click.option("--deleted", is_flag=True, help="Show deleted agents, too.")
@as_json
def agents(account: Account, *, deleted: bool, as_json: bool) -> None:
    """List the account's agents."""
    with trying("list the agents"):
        rows = AGENT.rows(account.api())
    _put_rows(
        AGENT.table, [each for each in rows if deleted or not AGENT.is_deleted(each)], AGENT_COLUMNS, as_json=as_json
    )


@click.command()
@of_stack
@_of_agent
@as_json
def agent(account: Account, *, number: str, as_json: bool) -> None:
    """Show all fields of the agent of that NUMBER; a deleted one is shown, too."""
    with trying(f"read agent {number}"):
        found = plain(AGENT.table, AGENT.get(account.api(), number))
    if as_json:
        terminal.put_json(found)
    else:
        terminal.put_table(("field", "value"), list(shape.leaves(found)))


@click.command()
@of_stack
@_of_agent
@as_json
def testers(account: Account, *, number: str, as_json: bool) -> None:
    """List the testers of the agent of that NUMBER, with their phone numbers."""
    with trying(f"list the testers of agent {number}"):
        rows = TESTER.rows(account.api(), number)
    _put_rows(TESTER.table, rows, TESTER_COLUMNS, as_json=as_json)


@click.command()
@of_stack
@as_json
def brands(account: Account, *, as_json: bool) -> None:
    """List the account's brands, as the API answers them."""
    with trying("list the brands"):
        found = account.api().list_brands()
    _put_any(found, as_json=as_json)


@click.command()
@of_stack
@click.argument("name", metavar="[LIST]", required=False)
@as_json
def masters(account: Account, *, name: str | None, as_json: bool) -> None:
    """Show the lists of values that Kaleyra allows, or the one LIST, such as color or hostingregion."""
    with trying("list the allowed values"):
        found = account.api().list_masters(name)
    _put_any(found, as_json=as_json)


def _put_rows(table: Table, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool) -> None:
    found = [plain(table, each) for each in rows]
    if as_json:
        terminal.put_json(found)
    else:
        terminal.put_table(columns, [[each[name] for name in columns] for each in found])


def _put_any(found: Any, *, as_json: bool) -> None:
    if as_json:
        terminal.put_json(found)
    else:
        terminal.put_table(*shape.table_of(found))


def plain(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """An object as the API has it: every field that the API knows, in the table's order, None where it is not told."""
    return {each.name: _value(each, row) for each in table if each.role is not Role.SETTING}


def _value(field: Field, row: Mapping[str, Any]) -> Any:
    try:
        return _filled(field, decoded(Table((field,)), row).get(field.name))
    except Unclear as error:
        terminal.say(f"{error}; it is shown as it came", "warning")
        return row[field.key]


def _filled(field: Field, value: Any) -> Any:
    if field.fields is not None and is_block(value):
        return {each.name: _filled(each, value.get(each.name)) for each in field.fields}
    if field.item is not None and is_list(value):
        return [_filled(field.item, each) for each in value]
    # The API's numbers are identifiers: a whole one is shown as it was sent.
    return int(value) if isinstance(value, float) and value.is_integer() else value
