"""What the project says of itself: its version, its changelog, the Pythons that it supports."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parents[2]

_VERSION: Final = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
_HEADING: Final = re.compile(r"## (?P<version>\S+) \((?P<date>\d{4}-\d{2}-\d{2}|unreleased)\)")


@dataclass(frozen=True)
class Project:
    """The texts in which the project says something of itself.

    Attributes:
        pyproject: parsed pyproject.toml.
        version: text of the module that holds the version.
        changelog: text of the changelog.
    """

    pyproject: dict[str, Any]
    version: str
    changelog: str

    @property
    def number(self) -> str:
        """The version as the module has it, empty where it has none."""
        found = re.search(r'^__version__ = "([^"]*)"$', self.version, re.MULTILINE)
        return found[1] if found else ""

    @property
    def headings(self) -> list[str]:
        """Headings of releases in the changelog, the newest first."""
        return re.findall(r"^## .*$", self.changelog, re.MULTILINE)

    @property
    def pythons(self) -> list[str]:
        """The supported versions of Python, such as 3.10, the oldest first."""
        listed = "\n".join(self.pyproject["project"]["classifiers"])
        found = re.findall(r"^Programming Language :: Python :: (3\.\d+)$", listed, re.MULTILINE)
        return sorted(found, key=lambda each: int(each.partition(".")[2]))


def read(root: Path = ROOT) -> Project:
    """The project in a folder."""
    return Project(
        pyproject=tomllib.loads((root / "pyproject.toml").read_text()),
        version=(root / "rcs_provider" / "_version.py").read_text(),
        changelog=(root / "CHANGELOG.md").read_text(),
    )


def problems(project: Project, tags: Sequence[str]) -> Iterator[str]:
    """What is wrong with the version and where it is said.

    Args:
        project: what it says.
        tags: of the commit; a commit without any is not released yet.
    """
    if not _VERSION.fullmatch(project.number):
        yield f"the version is {project.number or 'missing'}, and not of the form 1.2.3, 1.2.3a1, 1.2.3b1 or 1.2.3rc1"
    heading = _HEADING.fullmatch(next(iter(project.headings), ""))
    if heading is None or heading["version"] != project.number:
        yield f"the changelog does not begin with `## {project.number} (unreleased)`, or with a date instead"
    elif tags and heading["date"] == "unreleased":
        yield "the commit has a tag, and the changelog calls the version unreleased"
    for tag in tags:
        if tag != f"v{project.number}":
            yield f"the commit's tag is {tag}, and not v{project.number}"
    oldest = next(iter(project.pythons), "none")
    if project.pyproject["project"]["requires-python"] != f">={oldest}":
        yield f"requires-python does not agree with the oldest classifier, {oldest}"
