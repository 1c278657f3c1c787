"""Where the running package was installed from, as a line of requirements.txt that installs the same again."""

from __future__ import annotations

import json
from importlib.metadata import distributions
from typing import TYPE_CHECKING, Any, Final

from rcs_provider._version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

DISTRIBUTION: Final = "kaleyra-rcs"
"""The name by which package indexes and pip know this package."""
_HERE_ONLY: Final = "# A path of this machine. For other machines, name a git address or a version here.\n"


def requirements() -> str:
    """The text of a requirements.txt that names the running package.

    pip records the place of everything that is not from a package index in `direct_url.json` (PEP 610): a folder, an
    archive, or a repository with its commit.
    """
    line = requirement(_recorded())
    return (_HERE_ONLY if "@ file:" in line else "") + f"{line}\n"


def requirement(origin: Mapping[str, Any] | None) -> str:
    """The line for a place as PEP 610 writes it down; without one the version, which a package index has.

    Args:
        origin: what `direct_url.json` holds.
    """
    if not origin:
        return f"{DISTRIBUTION}=={__version__}"
    return f"{DISTRIBUTION} @ {_address(origin)}{_subdirectory(origin)}"


def _address(origin: Mapping[str, Any]) -> str:
    repository = origin.get("vcs_info")
    if not repository:
        return str(origin["url"])
    return f"{repository['vcs']}+{origin['url']}@{repository['commit_id']}"


def _subdirectory(origin: Mapping[str, Any]) -> str:
    return f"#subdirectory={origin['subdirectory']}" if origin.get("subdirectory") else ""


def _recorded() -> Mapping[str, Any] | None:
    """What pip recorded; a checkout in the current folder is listed as well, without such a file."""
    texts = (each.read_text("direct_url.json") for each in distributions(name=DISTRIBUTION))
    found: Mapping[str, Any] | None = next((json.loads(text) for text in texts if text), None)
    return found
