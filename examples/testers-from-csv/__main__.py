"""Invites everybody whom testers.csv lists. Names are those of the resources, so a row may change its place."""

import csv
import io
from pathlib import Path

import pulumi
from rcs_provider import RcsAgent, RcsTester


def read(file: Path) -> dict[str, str]:
    """The phone of each name. A spreadsheet may save a byte order mark, semicolons or tabs, and empty rows."""
    text = file.read_text(encoding="utf-8-sig")
    heading = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=heading.count))
    phones: dict[str, str] = {}
    for row in rows:
        name, phone = ((row.get(column) or "").strip() for column in ("name", "phone"))
        where = f"{file.name}, line {rows.line_num}"
        if bool(name) != bool(phone):
            raise pulumi.RunError(f"{where}: needs both a name and a phone, in columns named `name` and `phone`")
        if name in phones:
            raise pulumi.RunError(f"{where}: {name} is listed twice. Give each tester a name of its own")
        if name:
            phones[name] = phone
    return phones


people = read(Path(__file__).with_name("testers.csv"))

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
