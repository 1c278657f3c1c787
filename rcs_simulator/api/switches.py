"""Switches: every behaviour that the vendor's pages leave open, in one table.

A switch belongs to one pod and can be set while the simulator runs.
The defaults follow the pages, and the likelier reading of what they leave open.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping


class SwitchError(ValueError):
    """A switch does not exist, or cannot have that value; the message names it."""


def switch(default: object, doc: str, *choices: str) -> Any:
    """Declare one switch: its default, its sentence, and its choices if it is a choice."""
    return field(default=default, metadata={"doc": doc, "choices": choices})


@dataclass(frozen=True)
class Switches:
    """All switches of one pod; `describe()` says what each is for."""

    create_takes_status: bool = switch(
        True, "A new agent gets the status that its create sends; off ignores it, and initial_status holds."
    )
    create_returns_number: bool = switch(
        False, "The answer to a create also holds id, agent_number and provider_agent_id."
    )
    put_requires_verification: bool = switch(False, "An update must also carry verification_name and _state.")
    put_without_color: str = switch(
        "keep",
        "An update without color, which is optional there: keeps the stored one, empties it, or is refused.",
        "keep",
        "empty",
        "refuse",
    )
    put_resets_omitted: bool = switch(
        True, "An optional field left out of an update goes back to its default; off keeps the stored value."
    )
    put_updates_languages: bool = switch(False, "An update may change languages, which no update page names.")
    agent_type_editable: bool = switch(True, "An update may change agent_type, as the API's table says.")
    edit_while_pending: bool = switch(True, "An agent whose verification is pending may still be updated.")
    validation_order: str = switch(
        "missing_first",
        "Which mistake of a body is named: missing_first looks for missing fields, contacts, limits, formats, listed"
        " values, restricted fields and the service code in that order, restricted_first the other way round.",
        "missing_first",
        "restricted_first",
    )
    frozen_images_exact: bool = switch(
        False,
        "The pictures of a verified agent must come back as reads show them; off accepts the URL that was sent, too.",
    )
    strict_values: bool = switch(True, "Values outside the documented lists are refused.")
    label_limit: bool = switch(False, "Labels over 25 characters are refused, though a sample has longer ones.")
    delete_frees_service_code: bool = switch(True, "The service code of a deleted agent can be used again.")
    delete_verified: str = switch("ok", "What deleting a verified agent does.", "ok", "refuse")
    delete_deleted: str = switch("not_found", "What deleting a deleted agent does.", "not_found", "ok")
    list_shows_deleted: bool = switch(True, "The agent list holds deleted agents, with status DELETED.")
    list_lag_reads: int = switch(0, "How many agent lists a new agent is missing from.")
    read_lag: int = switch(0, "How many reads of one agent see its old state after a create or an update.")
    initial_status: str = switch("ACTIVE", "The status of a new agent whose create sends none.")
    status_after_reads: dict[str, Any] | None = switch(  # noqa: RUF009 - no mutable default is made
        None, 'Fields that change after so many reads of one agent: {"reads": 2, "status": "ACTIVE"}.'
    )
    status_after_seconds: dict[str, Any] | None = switch(  # noqa: RUF009 - likewise
        None, 'Fields that change so many seconds after the create: {"seconds": 5, "status": "ACTIVE"}.'
    )
    verification_in_answers: bool = switch(
        False, "Reads and updates also answer verification_name, verification_state and integration_name."
    )
    agent_status_call: bool = switch(
        False, "The path agentstatus answers an agent's verification_name and verification_state; off is unknown."
    )
    duplicate_registration: str = switch(
        "ok",
        "Registering a known phone: ok keeps one row and counts one more invitation, error refuses, double adds a row.",
        "ok",
        "error",
        "double",
    )
    old_tester_list: str = switch("on", "The older path of the tester list.", "on", "404", "405")
    new_tester_list: str = switch("on", "The newer path of the tester list.", "on", "404", "405")
    tester_list_envelope: bool = switch(False, "The tester list comes in an envelope instead of a bare array.")
    no_testers: str = switch("empty", "The answer for an agent without testers.", "empty", "error")
    tester_status: str = switch("ACTIVE", "The status of a new tester.")
    tester_test_status: str = switch("", "The test_status of a new tester.")
    tester_daily_quota: int = switch(20, "Invitations per agent and day; more is answered with 429.")
    tester_total_quota: int = switch(200, "Invitations per agent in all; more is answered with 429.")
    respell_testers: bool = switch(False, "Tester lists spell phoneno with a leading plus.")
    merge_country_code: bool = switch(
        False, "Answers show a phone's country_code and number as one number, plus and digits, without country_code."
    )
    respell_phones: bool = switch(False, "Answers spell the agent's phone numbers as plus and digits.")
    rehost_images: bool = switch(
        False, "Answers show logo_url and hero_url on another host, 13 digits before the name."
    )
    reorder_contacts: bool = switch(False, "Answers list phones, emails and website in reverse order.")
    recase_color: bool = switch(False, "Answers spell color in upper case.")
    rename_billing: bool = switch(False, "Answers show SINGLE_MESSAGE as NON_CONVERSATIONAL.")
    fill_brand: bool = switch(False, "Answers fill an empty provider_brand_no and brand_name.")
    drop_empty: bool = switch(False, "Answers leave out empty texts and empty arrays.")
    unsent_empty: bool = switch(
        False, "Answers to a create and an update hold the keys that were not sent as empty texts and arrays."
    )
    extra_fields: bool = switch(False, "Answers hold keys that no page names.")
    number_in_answers: str = switch("text", "The type of agent_number in answers.", "text", "number")
    channel_enabled: bool = switch(True, "The RCS channel is enabled; off answers RCS601 to every call.")
    create_http: int = switch(200, "HTTP status of a successful create.")
    update_http: int = switch(200, "HTTP status of a successful update; 204 has no body.")
    delete_http: int = switch(200, "HTTP status of a successful delete; 204 has no body.")
    register_http: int = switch(200, "HTTP status of a successful tester registration.")
    latency: float = switch(0.0, "Seconds that every call waits before its work is done.")

    def changed(self, values: Mapping[str, Any]) -> Switches:
        """Return a copy with other values.

        Raises:
            SwitchError: an unknown name, a wrong type, or a value outside the choices.
        """
        for name, value in values.items():
            _check(name, value)
        return replace(self, **values)

    def values(self) -> dict[str, Any]:
        """Return all switches with their values, in the order of the table."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}


def _is_transition(value: object, unit: str) -> bool:
    if value is None:
        return True
    if not isinstance(value, dict):
        return False
    count = cast("dict[str, Any]", value).get(unit)
    return isinstance(count, int | float) and not isinstance(count, bool) and count >= 0


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_duration(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _fits(name: str, kind: object, value: object) -> bool:
    if name == "status_after_reads":
        return _is_transition(value, "reads")
    if name == "status_after_seconds":
        return _is_transition(value, "seconds")
    if kind == "bool":
        return isinstance(value, bool)
    if kind == "int":
        return _is_count(value)
    return _is_duration(value) if kind == "float" else isinstance(value, str)


def _check(name: str, value: object) -> None:
    known = {entry.name: entry for entry in fields(Switches)}
    if name not in known:
        raise SwitchError(f"unknown switch {name!r}; known: {', '.join(known)}")
    choices = known[name].metadata["choices"]
    if choices and value not in choices:
        raise SwitchError(f"switch {name} must be one of {', '.join(choices)}, not {value!r}")
    if not _fits(name, known[name].type, value):
        raise SwitchError(f"switch {name} cannot be {value!r}: {known[name].metadata['doc']}")


def describe() -> dict[str, dict[str, Any]]:
    """Return each switch's default, choices and sentence, for documentation and for the admin path."""
    return {
        entry.name: {
            "default": entry.default,
            "choices": list(entry.metadata["choices"]),
            "doc": entry.metadata["doc"],
        }
        for entry in fields(Switches)
    }
