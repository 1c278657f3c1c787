"""The RCS agents and testers of this project. Nothing is declared yet, so `pulumi up` creates no agent.

Example: fill in your own texts, addresses and brand number, and remove the "# " of each line.
"""

# from rcs_provider import RcsAgent
#
# agent = RcsAgent(
#     "support",
#     service_code="SUPPORT",
#     display_name="Support",
#     description="Answers to questions about an order",
#     agent_type="1",
#     agent_use_case="TRANSACTIONAL",
#     billing_category="CONVERSATIONAL",
#     logo_url="https://www.example.com/logo.png",
#     hero_url="https://www.example.com/hero.png",
#     color="#0b5cad",
#     hosting_region="ASIA_PACIFIC",
#     brand_details={"brand_no": "10001"},
#     phones=[{"label_text": "Call us", "is_toll_free": True, "number": "18000000001"}],
#     emails=[{"label_text": "Write to us", "is_primary": True, "email": "support@example.com"}],
#     privacy={"label_text": "Privacy", "website": "https://www.example.com/privacy"},
#     terms_conditions={"label_text": "Terms", "website": "https://www.example.com/terms"},
#     website=[{"label_text": "Help", "website": "https://www.example.com/help"}],
#     languages=["English", "Hindi"],
# )
