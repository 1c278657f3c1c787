"""The program of the recorded stacks: makes what `declared.json` beside it lists."""

import json
import os
from pathlib import Path

import pulumi

from rcs_provider import Provider, RcsAgent, RcsTester

declared = json.loads(Path("declared.json").read_text())
account = {"api_key": os.environ["KALEYRA_API_KEY"], "endpoint": os.environ["KALEYRA_ENDPOINT"]}
providers = {name: Provider(name, **account, **settings) for name, settings in declared["providers"].items()}
agents = {}
for name, each in declared["agents"].items():
    opts = pulumi.ResourceOptions(provider=providers.get(each.get("provider")))
    agents[name] = RcsAgent(name, **each["args"], opts=opts)
    pulumi.export(name, agents[name].agent_number)
for name, each in declared["testers"].items():
    opts = pulumi.ResourceOptions(provider=providers.get(each.get("provider")))
    phoneno = pulumi.Output.secret(each["phoneno"]) if each.get("secret") else each["phoneno"]
    RcsTester(name, agent_no=agents[each["agent"]].agent_number, phoneno=phoneno, **each.get("args", {}), opts=opts)
