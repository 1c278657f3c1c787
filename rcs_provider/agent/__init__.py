"""Agents: the senders of brands."""

from .fields import BrandDetailsArgs, EmailArgs, LinkArgs, PhoneArgs, RcsAgentArgs
from .resource import RcsAgent

__all__ = ["BrandDetailsArgs", "EmailArgs", "LinkArgs", "PhoneArgs", "RcsAgent", "RcsAgentArgs"]
