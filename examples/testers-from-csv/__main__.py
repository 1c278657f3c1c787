"""Invites everybody whom testers.csv lists. Names are those of the resources, so a row may change its place."""

import csv
from pathlib import Path

import pulumi
from rcs_provider import RcsAgent, RcsTester

with Path(__file__).with_name("testers.csv").open(newline="", encoding="utf-8") as file:
    people = {row["name"]: row["phone"] for row in csv.DictReader(file)}

agent = RcsAgent(
    "deliveries",
    service_code="DELIVERIES",
    display_name="Deliveries",
    description="When your parcel comes",
    agent_type="1",
    agent_use_case="TRANSACTIONAL",
    billing_category="SINGLE_MESSAGE",
    logo_url="https://www.example.com/rcs/logo.png",
    hero_url="https://www.example.com/rcs/hero.png",
    color="#0b5cad",
    hosting_region="ASIA_PACIFIC",
    brand_details={"brand_no": "10001"},
    emails=[{"label_text": "Write", "is_primary": True, "email": "deliveries@example.com"}],
    privacy={"label_text": "Privacy", "website": "https://www.example.com/privacy"},
    terms_conditions={"label_text": "Terms", "website": "https://www.example.com/terms"},
    website=[],
)
for name, phone in people.items():
    RcsTester(name, agent_no=agent.agent_number, phoneno=phone)

pulumi.export("agent_number", agent.agent_number)
pulumi.export("invited", sorted(people))
