"""A program that runs Pulumi itself: one stack per customer, in one process, without a project file."""

from __future__ import annotations

import sys

import pulumi
from pulumi import automation
from rcs_provider import RcsAgent, RcsTester

CUSTOMERS = {"bakery": "+91 90000 00001", "florist": "+91 90000 00002"}
"""Whom agents are made for, and the handset that tries each agent."""


def program() -> None:
    """What each stack holds."""
    customer = pulumi.get_stack()
    agent = RcsAgent(
        customer,
        service_code=customer.upper(),
        display_name=customer.capitalize(),
        description=f"Questions to the {customer}",
        agent_type="1",
        agent_use_case="TRANSACTIONAL",
        billing_category="CONVERSATIONAL",
        logo_url=f"https://{customer}.example.com/logo.png",
        hero_url=f"https://{customer}.example.com/hero.png",
        color="#0b5cad",
        hosting_region="ASIA_PACIFIC",
        brand_details={"brand_no": "10001"},
        emails=[{"label_text": "Write", "is_primary": True, "email": f"hello@{customer}.example.com"}],
        privacy={"label_text": "Privacy", "website": f"https://{customer}.example.com/privacy"},
        terms_conditions={"label_text": "Terms", "website": f"https://{customer}.example.com/terms"},
        website=[],
    )
    RcsTester("pilot", agent_no=agent.agent_number, phoneno=CUSTOMERS[customer])
    pulumi.export("agent_number", agent.agent_number)


def stack_of(customer: str) -> automation.Stack:
    """The customer's stack; pod, SID and api-key come by environment."""
    stack = automation.create_or_select_stack(customer, project_name="customers", program=program)
    stack.set_config("kaleyra:deletionPolicy", automation.ConfigValue("delete"))
    return stack


def up(customer: str) -> str:
    """Brings a customer's agent up to date."""
    done = stack_of(customer).up()
    changes = done.summary.resource_changes or {}
    counts = ", ".join(f"{count} {operation}" for operation, count in sorted(changes.items()))
    return f"agent {done.outputs['agent_number'].value} ({counts})"


def down(customer: str) -> str:
    """Deletes a customer's agent, and the stack."""
    stack = stack_of(customer)
    stack.destroy()
    stack.workspace.remove_stack(customer)
    return "gone"


if __name__ == "__main__":
    step = {"up": up, "down": down}[sys.argv[1]]
    for each in CUSTOMERS:
        print(f"{each}: {step(each)}")
