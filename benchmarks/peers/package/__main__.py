"""The agents and testers that `declared.json` lists, by this package, with either provider."""

import json
from pathlib import Path

from rcs_provider import RcsAgent, RcsTester

for each in json.loads(Path("declared.json").read_text(encoding="utf-8")):
    agent = RcsAgent(each["agent"]["service_code"], **each["agent"])
    for phone in each["testers"]:
        RcsTester(phone, agent_no=agent.agent_number, phoneno=phone)
