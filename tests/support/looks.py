"""Agents as the tests of the page have them: one that is in order, and one with everything that could go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from samples import FULL

from rcs_provider.core.fields import UNKNOWN
from rcs_provider.look import Agent, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

SUPPORT: Final[Mapping[str, Any]] = {
    **FULL,
    "display_name": "Example Support",
    "logo_url": "https://www.example.com/rcs/support-logo.png",
    "hero_url": "https://www.example.com/rcs/support-hero.png",
    "description": "Answers to questions about an order",
    "color": "#0B5CAD",
}
"""In order."""

HOSTILE: Final = "<script>alert(1)</script>\u202egnp.exe"
"""A text that wants to be more."""

AWKWARD: Final[Mapping[str, Any]] = {
    **FULL,
    "display_name": "The very long name of a brand that goes on for longer than any phone would show it to anybody",
    "description": f"{HOSTILE} and what comes after it, for so long that it can be seen on no phone at all, ever",
    "service_code": "&<b>CODE",
    "color": "#ffd54f",
    "phones": [
        {"label_text": "Call us at any time of day or night", "is_toll_free": False, "number": "+919000000001"},
        {"label_text": "Office", "is_toll_free": False, "country_code": "91", "number": "90000 00002"},
    ],
    "website": [
        {"label_text": "A shop", "website": "https://www.example.com/" + "long" * 50},
        {"label_text": "Not an address", "website": "javascript:alert(1)"},
    ],
    "privacy": {"label_text": "Privacy", "website": UNKNOWN},
    "terms_conditions": {"label_text": "[secret]", "website": "[secret]"},
}
"""With whatever could go wrong."""


def changed() -> Agent:
    """An agent of which most parts change."""
    after = {
        **SUPPORT,
        "display_name": "Example Support Desk",
        "color": "#7a1f5c",
        "hosting_region": "EUROPE",
        "phones": [SUPPORT["phones"][1], {"label_text": "New", "is_toll_free": True, "number": "+918000000001"}],
        "website": [],
    }
    return Agent("support", after, SUPPORT, Step.CHANGED)


def many(count: int) -> list[Agent]:
    """That many agents, all different."""
    return [
        Agent(f"agent-{place}", {**SUPPORT, "display_name": f"Agent {place}", "service_code": f"CODE{place}"})
        for place in range(count)
    ]
