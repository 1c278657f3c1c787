"""Makes the agents and testers that stacks/Pulumi.<stack>.yaml lists as data."""

from rcs_provider import stack_data

stack_data.declare()
