"""An agent and a tester by the generated classes, which nobody needs to use but whoever generates everything."""

import pulumi
import pulumi_kaleyra as kaleyra

agent = kaleyra.rcs.Agent(
    "support",
    service_code="SUPPORT",
    display_name="Support",
    description="Answers to questions",
    agent_type="1",
    agent_use_case=kaleyra.rcs.AgentUseCase.TRANSACTIONAL,
    billing_category="CONVERSATIONAL",
    logo_url="https://www.example.com/rcs/logo.png",
    hero_url="https://www.example.com/rcs/hero.png",
    color="#0b5cad",
    hosting_region="ASIA_PACIFIC",
    brand_details={"brand_no": "10001"},
    emails=[kaleyra.rcs.EmailArgs(label_text="Write", is_primary=True, email="help@in.example.com")],
    privacy={"label_text": "Privacy", "website": "https://www.example.com/privacy"},
    terms_conditions={"label_text": "Terms", "website": "https://www.example.com/terms"},
    website=[],
)
kaleyra.rcs.Tester("desk", agent_no=agent.agent_number, phoneno="+91 90000 00001")
found = kaleyra.rcs.get_agent_output(agent_number=agent.agent_number)
pulumi.export("status", found.status)
