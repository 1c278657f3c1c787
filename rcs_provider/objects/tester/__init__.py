"""Testers: handsets that may talk to an agent before its launch."""

from .fields import RcsTesterArgs

__all__ = ["RcsTesterArgs"]
