"""`kaleyra-rcs agents` and `kaleyra-rcs agent`: the account's agents, and all fields of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from rcs_provider.core.errors import trying
from rcs_provider.core.fields import is_block, is_list
from rcs_provider.objects.agent.life import AGENT

from . import rows, terminal
from .options import as_json, of_agent, of_stack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .options import Account

COLUMNS: Final = ("agent_number", "service_code", "display_name", "status", "hosting_region", "agent_use_case")
"""Of the table of agents."""


@click.command()
@of_stack
@click.option("--deleted", is_flag=True, help="Show deleted agents, too.")
@as_json
def agents(account: Account, *, deleted: bool, as_json: bool) -> None:
    """List the account's agents."""
    with trying("list the agents"):
        found = AGENT.rows(account.api())
    rows.put(AGENT.table, [each for each in found if deleted or not AGENT.is_deleted(each)], COLUMNS, as_json=as_json)


@click.command(short_help="Show all fields of one agent.")
@of_stack
@of_agent
@as_json
def agent(account: Account, *, number: str, as_json: bool) -> None:
    """Show all fields of the agent of that NUMBER; a deleted one is shown, too."""
    with trying(f"read agent {number}"):
        found = rows.plain(AGENT.table, AGENT.get(account.api(), number))
    if as_json:
        terminal.put_json(found)
    else:
        terminal.put_table(("field", "value"), list(leaves(found)))


def leaves(value: Any, path: str = "") -> Iterator[list[Any]]:
    """Path and value of everything that is neither a list nor a mapping; paths as in messages: `phones[0].number`.

    An empty list or mapping is its own leaf, so that nothing is left out.
    """
    if is_block(value) and value:
        for name, each in value.items():
            yield from leaves(each, f"{path}.{name}" if path else name)
    elif is_list(value) and value:
        for index, each in enumerate(value):
            yield from leaves(each, f"{path}[{index}]")
    else:
        yield [path, value]
