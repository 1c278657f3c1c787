"""Makes an agent in the simulator as somebody would in the console, past Pulumi."""

import os

from rcs_simulator import World

number = World(os.environ["KALEYRA_ENDPOINT"]).seed_agent(
    service_code="RETURNS",
    display_name="Returns",
    description="Made by hand",
    color="#0b5cad",
    brand_details={"brand_no": "10001"},
)
print(f"agent {number} is there")
