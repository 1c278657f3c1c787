"""`kaleyra-rcs brands`: the account's brands, as JSON, since no page of Kaleyra's says which fields a brand has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rcs_provider.core.errors import trying

from . import terminal
from .options import always_json, of_stack

if TYPE_CHECKING:
    from .options import Account


@click.command()
@of_stack
@always_json
def brands(account: Account) -> None:
    """Write the account's brands as JSON, as the API answers them."""
    with trying("list the brands"):
        found = account.api().list_brands()
    terminal.put_json(found)
