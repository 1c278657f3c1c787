"""`kaleyra-rcs testers`: the testers of one agent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from rcs_provider.core.errors import trying
from rcs_provider.objects.tester.life import TESTER

from . import rows
from .options import as_json, of_agent, of_stack

if TYPE_CHECKING:
    from .options import Account

COLUMNS: Final = ("phoneno", "status", "test_status", "carrierid", "override_dcs_check")
"""Of the table of testers."""


@click.command(short_help="List the testers of one agent.")
@of_stack
@of_agent
@as_json
def testers(account: Account, *, number: str, as_json: bool) -> None:
    """List the testers of the agent of that NUMBER, with their phone numbers."""
    with trying(f"list the testers of agent {number}"):
        found = TESTER.rows(account.api(), number)
    rows.put(TESTER.table, found, COLUMNS, as_json=as_json)
