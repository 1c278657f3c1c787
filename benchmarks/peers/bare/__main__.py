"""The agents and testers that `declared.json` lists, by a provider that makes the calls and nothing else."""

import json
from pathlib import Path

from bare import Agent, Tester

for each in json.loads(Path("declared.json").read_text(encoding="utf-8")):
    agent = Agent(each["agent"]["service_code"], each["agent"])
    for phone in each["testers"]:
        Tester(phone, {"agent_no": agent.id, "phoneno": phone})
