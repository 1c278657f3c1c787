"""Agents: the senders of brands."""

from .blocks import BrandDetailsArgs, EmailArgs, LinkArgs, PhoneArgs
from .fields import RcsAgentArgs

__all__ = ["BrandDetailsArgs", "EmailArgs", "LinkArgs", "PhoneArgs", "RcsAgentArgs"]
