"""Makes the agents and testers that stacks/Pulumi.<stack>.yaml lists as data."""

from __future__ import annotations

from typing import Any

import pulumi

from rcs_provider import RcsAgent, RcsTester

config = pulumi.Config("rcs")
agents: dict[str, Any] = config.get_object("agents") or {}
testers: dict[str, dict[str, Any]] = config.get_object("testers") or {}
for key, data in testers.items():
    if (wanted := data.get("agent") if data else None) not in agents:
        known = ", ".join(agents) or "none"
        raise pulumi.RunError(f"tester {key} names the agent {wanted}; the agents of this stack are: {known}")

made = {key: RcsAgent(key, data) for key, data in agents.items()}
numbers = {key: made[data.pop("agent")].agent_number for key, data in testers.items()}
invited = {key: RcsTester(key, agent_no=numbers[key], **data) for key, data in testers.items()}

pulumi.export(
    "agents",
    {k: {"number": a.agent_number, "service_code": a.service_code, "status": a.status} for k, a in made.items()},
)
states = {key: tester.status.apply(lambda status: status or "invitation sent") for key, tester in invited.items()}
pulumi.export(
    "testers", {k: {"agent_no": t.agent_no, "phoneno": t.phoneno, "status": states[k]} for k, t in invited.items()}
)
