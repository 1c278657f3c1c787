"""An agent with every argument, and its testers."""

import pulumi
from rcs_provider import RcsAgent, RcsTester

WEB = "https://www.example.com"
TESTERS = {"asha": "+91 90000 00001", "bruno": "+91 90000 00002", "chen": "+91 90000 00003"}

agent = RcsAgent(
    "bookings",
    service_code="BOOKINGS",
    display_name="Bookings",
    description="Tables, changes and cancellations",
    agent_type="1",
    agent_use_case="MULTI_USE",
    billing_category="CONVERSATIONAL",
    logo_url=f"{WEB}/rcs/logo.png",
    hero_url=f"{WEB}/rcs/hero.png",
    color="#7a1f5c",
    hosting_region="ASIA_PACIFIC",
    brand_details={"brand_no": "10001", "provider_brand_no": "EXAMPLE_1", "brand_name": "Example"},
    phones=[
        {"label_text": "Call free", "is_toll_free": True, "country_code": "", "number": "18001001001"},
        {"label_text": "Office", "is_toll_free": False, "country_code": "91", "number": "+91 90000 00009"},
    ],
    emails=[{"label_text": "Write", "is_primary": True, "email": "bookings@example.com"}],
    privacy={"label_text": "Privacy", "website": f"{WEB}/privacy"},
    terms_conditions={"label_text": "Terms", "website": f"{WEB}/terms"},
    website=[{"label_text": "Book", "website": f"{WEB}/book"}, {"label_text": "Menu", "website": f"{WEB}/menu"}],
    rcs_provider_id="1",
    languages=["English", "Hindi"],
    default_locale="en",
    agent_test_url=f"{WEB}/rcs/test",
    end_point_config="NON_LOCAL",
    primary_interaction_type="INTERACTION_TYPE_UNSPECIFIED",
    on_existing="error",  # someone else's agent with this service code is not taken over
)
testers = {name: RcsTester(name, agent_no=agent.agent_number, phoneno=phone) for name, phone in TESTERS.items()}

pulumi.export("agent", {"number": agent.agent_number, "service_code": agent.service_code, "status": agent.status})
pulumi.export("testers", {name: tester.phoneno for name, tester in testers.items()})
