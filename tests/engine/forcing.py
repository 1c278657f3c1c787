"""Replacements that a user forces, of two agents that do not change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from project import Project

WAYS: Final = ("replaced", "tainted")
"""The agents, named after how the replacement of each is forced."""


def replace(project: Project) -> list[str]:
    """The flags of an `up` that replaces the one."""
    return ["--replace", project.urn("replaced")]


def taint(project: Project) -> None:
    """Marks the other in state, so that the next `up` replaces it."""
    assert project.pulumi("state", "taint", project.urn("tainted"), "--yes").code == 0


def each_way(project: Project) -> list[str]:
    """The flags of an `up` that replaces both."""
    taint(project)
    return replace(project)
