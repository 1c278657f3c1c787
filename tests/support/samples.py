"""The samples of all tests: what a program declares, what the API answers, and the account both belong to.

It imports no other module of this repository, so that the tests of the simulator and of the contract stay independent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY: Final = "canary-key-5f1c"
"""An API key that nothing else contains, so that it is found wherever it leaks."""

SID: Final = "HXIN0000000001IN"
URN: Final = "urn:pulumi:dev::proof::pulumi-python:dynamic/rcs:RcsAgent::support"
NUMBER: Final = "71732"
PHONE: Final = "919000000001"

LEAST: Final[Mapping[str, Any]] = {
    "agent_type": "1",
    "display_name": "Support",
    "logo_url": "https://www.example.com/logo.png",
    "hero_url": "https://www.example.com/hero.jpg",
    "service_code": "SUPPORT",
    "description": "Answers questions",
    "emails": [{"label_text": "Write", "is_primary": True, "email": "support@example.com"}],
    "privacy": {"label_text": "Privacy", "website": "https://www.example.com/privacy"},
    "terms_conditions": {"label_text": "Terms", "website": "https://www.example.com/terms"},
    "color": "#494e0d",
    "billing_category": "SINGLE_MESSAGE",
    "agent_use_case": "TRANSACTIONAL",
    "hosting_region": "ASIA_PACIFIC",
    "website": [],
    "brand_details": {"brand_no": "8032"},
}
"""The least that an agent needs."""

FULL: Final[Mapping[str, Any]] = {
    **LEAST,
    "phones": [
        {"label_text": "Call", "is_toll_free": True, "country_code": "", "number": "18001001001"},
        {"label_text": "Office", "is_toll_free": False, "country_code": "91", "number": "+91 90000 00001"},
    ],
    "website": [{"label_text": "Shop", "website": "https://www.example.com/shop"}],
    "brand_details": {"brand_no": "8032", "provider_brand_no": "Brand_1", "brand_name": "Example"},
    "rcs_provider_id": "1",
    "default_locale": "en",
    "agent_test_url": "https://www.example.com/test",
    "end_point_config": "NON_LOCAL",
    "primary_interaction_type": "INTERACTION_TYPE_UNSPECIFIED",
    "languages": ["English", "Hindi"],
}
"""Every input of an agent that the API knows."""

SENT: Final[Mapping[str, Any]] = {
    **FULL,
    "phones": [{**each, "number": each["number"].replace(" ", "")} for each in FULL["phones"]],
}
"""The same as the API gets it: numbers go out without spaces."""

ALL_INPUTS: Final[Mapping[str, Any]] = {**FULL, "deletion_policy": "delete", "on_existing": "adopt_identical"}
"""Every input of an agent, also those that the API does not know."""

NEVER_READ: Final = ("default_locale", "agent_test_url", "end_point_config", "primary_interaction_type", "languages")
"""Fields that a read of an agent leaves out."""

TESTER_INPUTS: Final[Mapping[str, Any]] = {"agent_no": NUMBER, "phoneno": PHONE, "resend": "1", "pod": "in", "sid": SID}
"""Inputs of a tester, as the engine stores them."""

TESTER_ROW: Final[Mapping[str, Any]] = {
    "phoneno": PHONE,
    "test_status": "",
    "status": "ACTIVE",
    "agent_no": NUMBER,
    "id": "9ded792d-e45e-436c-b313-7f680000e85a",
    "override_dcs_check": True,
    "carrierid": 0,
}
"""A tester as a list of the agent's testers shows it."""


def declared(base: Mapping[str, Any] = LEAST, **changes: Any) -> dict[str, Any]:
    """Normalised inputs of an agent, as the engine stores them; None takes a field out."""
    inputs = {"pod": "in", "sid": SID, "rcs_provider_id": "1", **copied(dict(base)), **changes}
    return {name: value for name, value in inputs.items() if value is not None}


def row_of(inputs: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """What a read of an agent with these inputs answers; None takes a key out."""
    kept = ("deletion_policy", "on_existing", "pod", "sid", *NEVER_READ)
    row = {name: value for name, value in copied(dict(inputs)).items() if name not in kept}
    for phone in row.get("phones", ()):
        phone.pop("country_code", None)
    row = {
        "id": "2d8bd37f-4869-4ac4-8499-71eab0000d1b",
        "agent_number": NUMBER,
        "provider_agent_id": "brands/b/agents/support_agent",
        "phones": [],
        "emails": [],
        "status": "ACTIVE",
        "integration_status": False,
        **row,
        "rcs_provider_id": 1,
        **changes,
    }
    return {name: value for name, value in row.items() if value is not None}


def copied(value: Any) -> Any:
    """A deep copy in which the sentinels stay what they are."""
    if isinstance(value, dict):
        return {name: copied(each) for name, each in value.items()}
    return [copied(each) for each in value] if isinstance(value, list) else value


def with_value(inputs: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of inputs with another value at a path such as `phones[0].number`."""
    changed: dict[str, Any] = copied(dict(inputs))
    *way, last = path.replace("[0]", ".0").split(".")
    place: Any = changed
    for part in way:
        place = place[int(part) if part.isdigit() else part]
    place[int(last) if last.isdigit() else last] = value
    return changed
