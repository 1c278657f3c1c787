"""Programs that are wrong, one a line: mypy and pyright have to complain about each line with a mark, and about no other.

`tests/unit/test_typing.py` reads the marks; the ordinary lint runs leave this file out.
"""

from typing import Any

import pulumi

from rcs_provider import (
    BrandDetailsArgs,
    EmailArgs,
    LinkArgs,
    PhoneArgs,
    Provider,
    RcsAgent,
    RcsAgentArgs,
    RcsTester,
    RcsTesterArgs,
    get_agent,
    get_agent_output,
    get_agents,
    get_agents_output,
    get_brands,
    get_masters,
    get_masters_output,
    get_testers,
    get_testers_output,
)

# fmt: off
link = LinkArgs(label_text="Privacy", website="https://www.example.com")
brand = BrandDetailsArgs(brand_no="8032")
good = RcsAgentArgs(agent_type="1", display_name="S", logo_url="l", hero_url="h", service_code="S", description="d", privacy=link, terms_conditions=link, color="#494e0d", billing_category="SINGLE_MESSAGE", agent_use_case="OTP", hosting_region="EUROPE", website=[], brand_details=brand)
agent = RcsAgent("right", good)
tester = RcsTester("right", agent_no="1", phoneno="919000000001")

# nested blocks
LinkArgs(label_text="Privacy", websit="https://www.example.com")  # wrong: a misspelt key
LinkArgs(label_text="Privacy")  # wrong: a missing key
LinkArgs(label_text=1, website="https://www.example.com")  # wrong: a wrong type
PhoneArgs(label_text="Call", is_toll_free="yes", number="1800")  # wrong: a wrong type
PhoneArgs(label_text="Call", is_toll_free=True, number="1800", country="91")  # wrong: an unknown key
EmailArgs(label_text="Write", is_primary=True)  # wrong: a missing key
BrandDetailsArgs(brand_name="Example")  # wrong: a missing key
BrandDetailsArgs(brand_no=8032)  # wrong: a number where text belongs
good["privacy"] = {"label_text": "Privacy", "websit": "https://www.example.com"}  # wrong: a misspelt key in a plain dict
good["phones"] = [{"label_text": "Call", "is_toll_free": True, "nummber": "1800"}]  # wrong: a misspelt key in a list
good["phones"] = [link]  # wrong: a block of another kind
good["emails"] = link  # wrong: a block where a list belongs
good["brand_details"] = link  # wrong: a block of another kind
good["privacy"] = None  # wrong: nothing where a block belongs

# closed lists
good["hosting_region"] = "MARS"  # wrong: a region that is none
good["agent_use_case"] = "MULTI USE"  # wrong: a use case that is none
good["deletion_policy"] = "never"  # wrong: a policy that is none
good["on_existing"] = "take"  # wrong: a choice that is none

# arguments
good["displayname"] = "Support"  # wrong: a misspelt name
good["agent_number"] = "71732"  # wrong: an output is no argument
good["status"] = "ACTIVE"  # wrong: an output is no argument
good["color"] = 0x494E0D  # wrong: a number where text belongs
RcsAgentArgs(service_code="SUPPORT")  # wrong: most arguments are missing
RcsAgent("support", service_code="SUPPORT")  # wrong: most arguments are missing
RcsAgent("support", {"service_code": "SUPPORT"})  # wrong: most arguments are missing
RcsAgent(service_code="SUPPORT")  # wrong: no name
RcsAgent("support", good, good)  # wrong: no options
RcsTester("pilot", agent_no="1")  # wrong: no phone
RcsTester("pilot", agent_no="1", phone="919000000001")  # wrong: a misspelt name
RcsTester("pilot", agent_no=agent, phoneno="919000000001")  # wrong: the agent itself, not its number
RcsTester("pilot", agent_no="1", phoneno=919000000001)  # wrong: a number where text belongs
RcsTester("pilot", agent_no="1", phoneno="919000000001", status="ACTIVE")  # wrong: an output is no argument
RcsTester("pilot", RcsTesterArgs(agent_no="1"))  # wrong: no phone
RcsTester("pilot", good)  # wrong: arguments of another resource

# looking
RcsAgent.get("seen")  # wrong: no number
RcsAgent.get("seen", number="71732")  # wrong: a misspelt name
RcsTester.get("seen", "71732")  # wrong: no phone
RcsTester.get("seen", agent, "919000000001")  # wrong: the agent itself, not its number

# outputs
number: str = agent.agent_number  # wrong: an output is no text
count: pulumi.Output[int] = agent.agent_number  # wrong: an output of another type
missing: Any = agent.displayname  # wrong: an output that is none
tester.phoneno.apply(lambda phone: phone + 1)  # wrong: text is no number
agent.agent_number = tester.agent_no  # wrong: a property cannot be set

# accounts
Provider("na", pod="na")  # wrong: no SID
Provider("na", pod="na", sid="S", apikey="key")  # wrong: a misspelt name
Provider("na", pod="na", sid="S", max_retries="many")  # wrong: text where a number belongs
Provider("na", "na", "S")  # wrong: keywords only

# look-ups
get_agent()  # wrong: no number
get_agent(71732)  # wrong: a number where text belongs
get_agent(agent.agent_number)  # wrong: an output, which only the other form takes
get_agent("71732", number="71732")  # wrong: a misspelt name
get_agent("71732", pulumi.ResourceOptions())  # wrong: the options of a resource
get_agent("71732").displayname  # wrong: an attribute that is none
get_agent("71732").default_locale  # wrong: no read returns it
get_agent("71732").status = "ACTIVE"  # wrong: a result cannot be changed
given: str = get_agent("71732").status  # wrong: it may be missing
get_agents("71732")  # wrong: no flag
get_agents().agents[0].deletion_policy  # wrong: a setting of ours, which no read returns
get_agents_output(pulumi.InvokeOptions())  # wrong: the options come by their name
get_testers(agent)  # wrong: the agent itself, not its number
get_testers(agent_number="71732")  # wrong: a misspelt name
get_testers("71732").testers[0].resend  # wrong: a setting of ours, which no read returns
get_testers("71732").phoneno  # wrong: one tester's attribute on all of them
get_testers_output(agent)  # wrong: the agent itself, not its number
get_agent_output(agent_number=7)  # wrong: a number where text belongs
code: str = get_agent_output("71732").service_code  # wrong: an output is no text
get_agent_output("71732").apply(lambda found: found.displayname)  # wrong: an attribute that is none
get_brands("8032")  # wrong: options only
get_masters(["color"])  # wrong: one list's name
get_masters_output(tester)  # wrong: a resource is no name
