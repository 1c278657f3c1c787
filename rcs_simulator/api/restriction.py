"""Restriction: what an update may not change, and what becomes of what it may. Source: "Update an Agent"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_simulator.api import fields, views
from rcs_simulator.api.errors import AgentLockedError, RestrictedFieldsError

if TYPE_CHECKING:
    from rcs_simulator.api.switches import Switches

Record = dict[str, Any]

VERIFIED, PENDING = "VERIFICATION_STATE_VERIFIED", "VERIFICATION_STATE_PENDING"


def _comparable(name: str, value: Any) -> Any:
    """Return a restricted value so that two spellings of it are equal."""
    if name == "brand_details":
        keys = ("brand_no", "provider_brand_no", "brand_name")
        brand: Record = value or {}
        return {key: str(brand.get(key) or "") for key in keys}
    return str(value).lower() if name in ("status", "integration_status") else str(value)


def _differs(name: str, body: Record, *known: Record) -> bool:
    """Return whether a value was sent that is neither the stored nor the shown one."""
    return name in body and all(_comparable(name, body[name]) != _comparable(name, one.get(name)) for one in known)


def check_unlocked(record: Record, switches: Switches) -> None:
    """Refuse an update while the verification is pending, unless switch `edit_while_pending` is on.

    Raises:
        AgentLockedError: the agent was sent for verification.
    """
    if record.get("verification_state") == PENDING and not switches.edit_while_pending:
        raise AgentLockedError("Agent cannot be edited after it is sent for verification")


def check_restricted(body: Record, record: Record, switches: Switches) -> None:
    """Refuse changes of what an update cannot change, and of what froze when the agent was verified.

    Raises:
        RestrictedFieldsError: names all of them.
    """
    names: list[str] = list(fields.RESTRICTED)
    if not switches.agent_type_editable:
        names.append("agent_type")
    if record.get("verification_state") == VERIFIED:
        names += fields.FROZEN_WHEN_VERIFIED
    shown = {**record, **views.updated(record, switches)}
    exact = fields.IMAGES if switches.frozen_images_exact else ()
    changed = [name for name in names if _differs(name, body, *([] if name in exact else [record]), shown)]
    if changed:
        raise RestrictedFieldsError(changed)


def merged(before: Record, body: Record, switches: Switches) -> Record:
    """Return the record after an update: sent values, and for what was left out the default or the old value."""
    names = (*fields.EDITABLE, "languages") if switches.put_updates_languages else fields.EDITABLE
    omittable: Record = {**fields.OMITTABLE, "phones": [], "emails": []}
    reset = omittable if switches.put_resets_omitted else {}
    if switches.put_without_color == "empty":
        reset = {**reset, "color": ""}
    return {**before, **reset, **{name: body[name] for name in names if name in body}}
