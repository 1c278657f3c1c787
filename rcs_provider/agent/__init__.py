"""Agents: the senders of brands."""

from .blocks import BrandDetailsArgs, EmailArgs, LinkArgs, PhoneArgs
from .fields import RcsAgentArgs
from .resource import RcsAgent

__all__ = ["BrandDetailsArgs", "EmailArgs", "LinkArgs", "PhoneArgs", "RcsAgent", "RcsAgentArgs"]
