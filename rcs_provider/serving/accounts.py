"""The accounts of a process that serves the engine."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rcs_provider.api.client import Client
from rcs_provider.core.run import Run, stack_of

from .cancellation import CANCELLED

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_provider.core.run import Record
    from rcs_provider.core.settings import Settings

_GUARD: Final = threading.RLock()
CLIENTS: Final[dict[Settings, Client]] = {}
"""One entry per account of this process."""
ACCOUNTS: Final[dict[Settings, Account]] = {}
"""One entry per account of this process: its kinds share look-ups, limits, locks and what is known of the run."""


@dataclass(frozen=True)
class Account:
    """One account, as this process works on it."""

    client: Client
    run: Run


def account_of(settings: Settings, urn: str, record: Callable[[], Record | None]) -> Account:
    """The account of these settings, created on first use.

    Args:
        settings: of the account.
        urn: of a resource of the stack that is served.
        record: opens what the processes of the run share; it is called once.
    """
    with _GUARD:
        if settings not in ACCOUNTS:
            run = Run(stack_of(urn), settings.account, record())
            ACCOUNTS[settings] = Account(client_of(settings), run)
        return ACCOUNTS[settings]


def client_of(settings: Settings) -> Client:
    """The client of the account, which look-ups use that are about no resource and know no run."""
    with _GUARD:
        if settings not in CLIENTS:
            CLIENTS[settings] = Client(settings, sleep=CANCELLED.wait)
        return CLIENTS[settings]
