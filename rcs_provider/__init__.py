"""Kaleyra RCS agents and testers as Pulumi resources.

Each public name is loaded when it is asked for first: the provider's process needs none of the resource classes, and
the command none of Pulumi.
"""

import importlib
from typing import TYPE_CHECKING, Final

from ._version import __version__

if TYPE_CHECKING:
    from .objects.agent import BrandDetailsArgs, EmailArgs, LinkArgs, PhoneArgs, RcsAgentArgs
    from .objects.tester import RcsTesterArgs
    from .program.agent import RcsAgent
    from .program.lookups import (
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
    from .program.provider import Provider
    from .program.tester import RcsTester

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

_MODULES: Final = {
    "objects.agent": ("BrandDetailsArgs", "EmailArgs", "LinkArgs", "PhoneArgs", "RcsAgentArgs"),
    "objects.tester": ("RcsTesterArgs",),
    "program.agent": ("RcsAgent",),
    "program.lookups": (
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
    ),
    "program.provider": ("Provider",),
    "program.tester": ("RcsTester",),
}
"""The public names by the module that holds them."""


if not TYPE_CHECKING:  # a type checker would take every misspelt name for one of these

    def __getattr__(name: str) -> object:
        for module, names in _MODULES.items():
            if name in names:
                return getattr(importlib.import_module(f".{module}", __name__), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return [*globals(), *__all__]
