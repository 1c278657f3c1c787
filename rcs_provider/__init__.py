"""Kaleyra RCS agents and testers as Pulumi resources."""

from ._version import __version__
from .agent import BrandDetailsArgs, EmailArgs, LinkArgs, PhoneArgs, RcsAgent, RcsAgentArgs
from .functions import (
    GetAgentResult,
    GetAgentsResult,
    GetBrandsResult,
    GetMastersResult,
    GetTesterResult,
    GetTestersResult,
    get_agent,
    get_agent_output,
    get_agents,
    get_agents_output,
    get_brands,
    get_brands_output,
    get_masters,
    get_masters_output,
    get_testers,
    get_testers_output,
)
from .provider import Provider
from .tester import RcsTester, RcsTesterArgs

__all__ = [
    "BrandDetailsArgs",
    "EmailArgs",
    "GetAgentResult",
    "GetAgentsResult",
    "GetBrandsResult",
    "GetMastersResult",
    "GetTesterResult",
    "GetTestersResult",
    "LinkArgs",
    "PhoneArgs",
    "Provider",
    "RcsAgent",
    "RcsAgentArgs",
    "RcsTester",
    "RcsTesterArgs",
    "__version__",
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
