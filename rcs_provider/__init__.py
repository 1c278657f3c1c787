"""Kaleyra RCS agents and testers as Pulumi resources."""

from ._version import __version__
from .agent import BrandDetailsArgs, EmailArgs, LinkArgs, PhoneArgs, RcsAgent, RcsAgentArgs
from .provider import Provider
from .tester import RcsTester, RcsTesterArgs

__all__ = [
    "BrandDetailsArgs",
    "EmailArgs",
    "LinkArgs",
    "PhoneArgs",
    "Provider",
    "RcsAgent",
    "RcsAgentArgs",
    "RcsTester",
    "RcsTesterArgs",
    "__version__",
]
