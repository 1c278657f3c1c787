"""What went over the wire, and what the API itself answers, asked past the package."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from rcs_simulator import Entry, World

RESTRICTED: Final = (
    "id",
    "agent_number",
    "provider_agent_id",
    "status",
    "integration_status",
    "agent_type",
    "hosting_region",
    "brand_details",
    "rcs_provider_id",
)
"""What an update has to send back as the API gave it: the update page's list, and what is treated like it."""

QUIRKS: Final[dict[str, Any]] = {
    "rehost_images": True,
    "respell_phones": True,
    "reorder_contacts": True,
    "recase_color": True,
    "rename_billing": True,
    "fill_brand": True,
    "drop_empty": True,
    "extra_fields": True,
    "number_in_answers": "number",
    "verification_in_answers": True,
    "respell_testers": True,
    "tester_list_envelope": True,
    "no_testers": "error",
    "unsent_empty": True,
    "put_without_color": "refuse",
    "validation_order": "restricted_first",
    "list_lag_reads": 1,
    "read_lag": 1,
    "create_http": 201,
    "register_http": 201,
}
"""All the simulator's ways of answering something else than was sent, and its stricter readings, at once."""


def answered(world: World, number: str) -> dict[str, Any]:
    """An agent as the API answers it, with its own types and spelling."""
    address = urlsplit(world.url)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=10)
    try:
        connection.request("GET", f"/v1/{world.sid}/rcs/agent/{number}", headers={"api-key": world.api_key})
        data: dict[str, Any] = json.loads(connection.getresponse().read())["data"]
    finally:
        connection.close()
    return data


def calls(world: World) -> list[str]:
    """The operations called since the journal was cleared, in order."""
    return [entry.operation or f"{entry.method} {entry.path}" for entry in world.journal()]


def writes(world: World) -> list[str]:
    """Those of the calls that change something."""
    return [entry.operation or entry.path for entry in world.journal() if entry.method != "GET"]


def puts(world: World, number: str) -> list[Entry]:
    """The updates of one agent."""
    return [entry for entry in world.journal("update_agent") if entry.agent_number == number]
