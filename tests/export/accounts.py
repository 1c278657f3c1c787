"""Accounts as a survey finds them."""

from __future__ import annotations

from typing import Any, Final

from samples import ALL_INPUTS, LEAST, declared, row_of

from rcs_provider.export.inventory import Found, Inventory
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.tester.life import TESTER


def seen(number: str, code: str, *phones: str, **changes: Any) -> Found:
    """A live agent with testers."""
    row = row_of(declared(ALL_INPUTS), agent_number=number, service_code=code, **changes)
    testers = (
        Found(TESTER, f"{number}/{phone}", {"phoneno": phone, "agent_no": number, "status": "ACTIVE"})
        for phone in phones
    )
    return Found(AGENT, number, row, tuple(testers))


ACCOUNT: Final = Inventory(
    (seen("71732", "SUPPORT", "919000000001", "919000000002"), seen("71733", "support", display_name="support")),
    {"agent": ("71700",)},
)
"""Two agents whose codes and names differ only in case, two testers, one deleted agent."""

BARE: Final = Inventory((Found(AGENT, "71732", row_of(declared(LEAST), website=None, phones=None)),))
"""One agent whose answer leaves out what is empty."""
