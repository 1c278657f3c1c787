"""Masters: the API's lists of allowed values. Source: "Get Masters"; only the names of the lists are documented."""

from __future__ import annotations

from rcs_simulator.api import fields
from rcs_simulator.api.errors import FieldValueError

LISTS: dict[str, list[str]] = {
    "agenttype": ["BOT", "HUMAN"],
    "billing": list(fields.BILLING[:2]),
    "hostingregion": list(fields.REGIONS),
    "endpoint": ["ENTRY_POINT_UNSPECIFIED", "NON_LOCAL"],
    "interaction": ["INTERACTION_TYPE_UNSPECIFIED"],
    "agentusecase": list(fields.USE_CASES),
    "providerid": ["1", "3"],
    "color": ["#494e0d", "#8a1e1e"],
}
"""Values from the pages' tables and samples; the real lists are longer."""


def lists(name: str | None) -> dict[str, list[str]]:
    """Return all lists, or the one of that name.

    Raises:
        FieldValueError: no such list.
    """
    if name is None:
        return LISTS
    if name not in LISTS:
        raise FieldValueError(f"invalid value for 'listname': {name}. Allowed values: {', '.join(LISTS)}")
    return {name: LISTS[name]}
