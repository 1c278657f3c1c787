"""The page that shows agents as a phone shows them: one HTML document that asks no host for anything."""

from .agent import Agent, Step
from .page import page

__all__ = ["Agent", "Step", "page"]
