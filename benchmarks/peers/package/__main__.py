"""The agents and testers that `declared.json` lists, by this package."""

import gc
import json
from pathlib import Path

from rcs_provider import RcsAgent, RcsTester

gc.set_threshold(50_000)  # as the page advises for large programs
for each in json.loads(Path("declared.json").read_text(encoding="utf-8")):
    agent = RcsAgent(each["agent"]["service_code"], **each["agent"])
    for phone in each["testers"]:
        RcsTester(phone, agent_no=agent.agent_number, phoneno=phone)
