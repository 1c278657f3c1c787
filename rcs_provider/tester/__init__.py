"""Testers: handsets that may talk to an agent before its launch."""

from .fields import RcsTesterArgs
from .resource import RcsTester

__all__ = ["RcsTester", "RcsTesterArgs"]
