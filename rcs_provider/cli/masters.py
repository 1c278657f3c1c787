"""`kaleyra-rcs masters`: the values that Kaleyra allows, as JSON, since no page of Kaleyra's shows the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rcs_provider.core.errors import trying

from . import terminal
from .options import always_json, of_stack

if TYPE_CHECKING:
    from .options import Account


@click.command(short_help="Write the values that Kaleyra allows, as JSON.")
@of_stack
@click.argument("name", metavar="[LIST]", required=False)
@always_json
def masters(account: Account, *, name: str | None) -> None:
    """Write the lists of values that Kaleyra allows, or the one LIST, such as color or hostingregion, as JSON."""
    with trying("list the allowed values"):
        found = account.api().list_masters(name)
    terminal.put_json(found)
