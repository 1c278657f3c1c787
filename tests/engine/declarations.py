"""What the tests declare: programs, and the arguments of agents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAM: Final = """\
import json
import pulumi
from rcs_provider import RcsAgent, RcsTester

declared = json.load(open("declared.json"))
made = {}
for name, each in declared.get("agents", {}).items():
    made[name] = RcsAgent(name, **each["args"], opts=pulumi.ResourceOptions(**each.get("opts", {})))
    pulumi.export(name, made[name].agent_number)
for name, each in declared.get("testers", {}).items():
    args = dict(each["args"])
    if "agent" in args:
        args["agent_no"] = made[args.pop("agent")].agent_number
    RcsTester(name, **args, opts=pulumi.ResourceOptions(**each.get("opts", {})))
"""
"""Makes what `declared.json` lists, so that a test changes data and not code."""

QUICK_END: Final = """\
import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)
"""
"""Lets a program die of the signal that the engine ends it with after an error.

With Python's own handler it would first wait for its calls to the engine, which nobody answers any more: the engine
then loses its patience after five seconds. The provider's process keeps its handler.
"""

IMPORTS: Final = """\
import json
import pulumi
from pulumi import ResourceOptions
from rcs_provider import Provider, RcsAgent, RcsTester
from declarations import FULL, LEAST

"""

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
"""Every input that the API knows."""

SENT: Final[Mapping[str, Any]] = {
    **FULL,
    "phones": [{**each, "number": each["number"].replace(" ", "")} for each in FULL["phones"]],
}
"""The same as the API gets it: numbers go out without spaces."""
