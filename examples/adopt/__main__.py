"""An agent that was made by hand comes under code: what differs from this declaration is changed."""

import pulumi
from rcs_provider import RcsAgent

agent = RcsAgent(
    "returns",
    service_code="RETURNS",  # which live agent is meant
    display_name="Returns",
    description="How to send something back",
    agent_type="1",
    agent_use_case="TRANSACTIONAL",
    billing_category="CONVERSATIONAL",
    logo_url="https://www.example.com/rcs/logo.png",
    hero_url="https://www.example.com/rcs/hero.png",
    color="#0B5CAD",
    hosting_region="ASIA_PACIFIC",
    brand_details={"brand_no": "10001"},
    emails=[{"label_text": "Write", "is_primary": True, "email": "returns@example.com"}],
    privacy={"label_text": "Privacy", "website": "https://www.example.com/privacy"},
    terms_conditions={"label_text": "Terms", "website": "https://www.example.com/terms"},
    website=[],
    on_existing="adopt",  # the default takes over only what equals the declaration
)

pulumi.export("agent_number", agent.agent_number)
