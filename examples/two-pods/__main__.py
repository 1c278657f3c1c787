"""One agent in India and one in North America: the stack's own account, and an explicit provider for the other."""

from __future__ import annotations

import os
from typing import Literal

import pulumi
from rcs_provider import Provider, RcsAgent

config = pulumi.Config()

Region = Literal["ASIA_PACIFIC", "NORTH_AMERICA"]


def support(name: str, region: Region, email: str, opts: pulumi.ResourceOptions | None = None) -> RcsAgent:
    """Declares the agent of one pod."""
    return RcsAgent(
        name,
        service_code="SUPPORT",  # the same in both: codes are unique within an account
        display_name="Support",
        description="Answers to questions",
        agent_type="1",
        agent_use_case="TRANSACTIONAL",
        billing_category="CONVERSATIONAL",
        logo_url="https://www.example.com/rcs/logo.png",
        hero_url="https://www.example.com/rcs/hero.png",
        color="#0b5cad",
        hosting_region=region,
        brand_details={"brand_no": "10001"},
        emails=[{"label_text": "Write", "is_primary": True, "email": email}],
        privacy={"label_text": "Privacy", "website": "https://www.example.com/privacy"},
        terms_conditions={"label_text": "Terms", "website": "https://www.example.com/terms"},
        website=[],
        opts=opts,
    )


america = Provider(
    "america",
    pod="na",
    sid=config.require("naSid"),
    api_key=config.require_secret("naKey"),
    endpoint=os.environ.get("NA_ENDPOINT"),  # the simulator's; without it the pod's own
    deletion_policy="delete",
)
in_india = support("support-in", "ASIA_PACIFIC", "help@in.example.com")
in_america = support("support-na", "NORTH_AMERICA", "help@na.example.com", pulumi.ResourceOptions(provider=america))

pulumi.export("agents", {"in": in_india.agent_number, "na": in_america.agent_number})
