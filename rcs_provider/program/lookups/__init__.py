"""Look-ups for programs: what Kaleyra has, without managing it. Pulumi calls these functions.

Each has two forms, as in other packages: one that answers at once, and one whose name ends in `_output`, which takes
inputs and returns an output.
"""

from .agents import get_agent, get_agent_output, get_agents, get_agents_output
from .lists import get_brands, get_brands_output, get_masters, get_masters_output
from .results import (
    GetAgentResult,
    GetAgentsResult,
    GetBrandsResult,
    GetMastersResult,
    GetTesterResult,
    GetTestersResult,
)
from .testers import get_testers, get_testers_output

__all__ = [
    "GetAgentResult",
    "GetAgentsResult",
    "GetBrandsResult",
    "GetMastersResult",
    "GetTesterResult",
    "GetTestersResult",
    "get_agent",
    "get_agent_output",
    "get_agents",
    "get_agents_output",
    "get_brands",
    "get_brands_output",
    "get_masters",
    "get_masters_output",
    "get_testers",
    "get_testers_output",
]
