"""The least that an agent needs."""

import pulumi
from rcs_provider import RcsAgent

agent = RcsAgent(
    "orders",
    service_code="ORDERS",
    display_name="Orders",
    description="Where your order is",
    agent_type="1",
    agent_use_case="TRANSACTIONAL",
    billing_category="CONVERSATIONAL",
    logo_url="https://www.example.com/rcs/logo.png",
    hero_url="https://www.example.com/rcs/hero.png",
    color="#0b5cad",
    hosting_region="ASIA_PACIFIC",
    brand_details={"brand_no": "10001"},
    emails=[{"label_text": "Write", "is_primary": True, "email": "orders@example.com"}],
    privacy={"label_text": "Privacy", "website": "https://www.example.com/privacy"},
    terms_conditions={"label_text": "Terms", "website": "https://www.example.com/terms"},
    website=[],
)

pulumi.export("agent_number", agent.agent_number)
pulumi.export("status", agent.status)
