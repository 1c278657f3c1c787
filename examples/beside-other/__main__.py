"""An agent beside a web site: the agent names the site's pages, and a page of the site names the agent."""

import pulumi
from rcs_provider import RcsAgent
from site_pages import Page

privacy = Page("privacy", "privacy.html", "What we keep, and for how long.")
terms = Page("terms", "terms.html", "What we promise.")

agent = RcsAgent(
    "shop",
    service_code="SHOP",
    display_name="Shop",
    description="Offers and opening hours",
    agent_type="1",
    agent_use_case="PROMOTIONAL",
    billing_category="SINGLE_MESSAGE",
    logo_url="https://www.example.com/rcs/logo.png",
    hero_url="https://www.example.com/rcs/hero.png",
    color="#7a1f5c",
    hosting_region="ASIA_PACIFIC",
    brand_details={"brand_no": "10001"},
    emails=[{"label_text": "Write", "is_primary": True, "email": "shop@example.com"}],
    privacy={"label_text": "Privacy", "website": privacy.url},
    terms_conditions={"label_text": "Terms", "website": terms.url},
    website=[],
)
contact = Page("contact", "contact.html", pulumi.Output.concat("Chat with us: agent ", agent.agent_number))

pulumi.export("agent_number", agent.agent_number)
pulumi.export("privacy", agent.privacy["website"])
pulumi.export("contact", contact.url)
