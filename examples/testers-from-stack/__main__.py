"""Testers of an agent that another stack manages: whoever invites people needs no say over the agent."""

import pulumi
from rcs_provider import RcsTester

TESTERS = {"asha": "+91 90000 00001", "bruno": "+91 90000 00002"}

agents = pulumi.StackReference(pulumi.Config().require("agents"))
agent_number = agents.require_output("agent_number")
for name, phone in TESTERS.items():
    RcsTester(name, agent_no=agent_number, phoneno=phone)

pulumi.export("agent_number", agent_number)
pulumi.export("invited", sorted(TESTERS))
