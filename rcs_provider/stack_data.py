"""Agents and testers as data; see `program.stack_data`. Programs import it by this path."""

from .program.stack_data import declare

__all__ = ["declare"]
