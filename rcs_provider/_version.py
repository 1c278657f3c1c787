"""The version, in its one place and as the engine has it, and where a release is published."""

from __future__ import annotations

import re
from typing import Final

__version__ = "0.1.0"

REPOSITORY = ""
"""Address of the project's sources, such as `https://host/owner/name`; empty while it has no public one."""
PLUGIN_DOWNLOAD_URL = ""
"""Where the engine fetches the plugin's archives, such as `github://api.github.com/owner`; empty while nowhere."""

_STAGES: Final = {"a": "alpha", "b": "beta", "rc": "rc", ".dev": "dev"}


def semantic(version: str) -> str:
    """A version of Python's as the engine and other languages spell it: `1.2.3-rc.1` of 1.2.3rc1.

    The engine compares what a program, an import file or an SDK asks for with what the plugin tells of itself, and
    stops at a version of another form. A development version is one before the release, as in Pulumi's generated SDKs.
    """
    return re.sub(r"(?<=\d)(a|b|rc|\.dev)(\d+)", lambda found: f"-{_STAGES[found[1]]}.{found[2]}", version, count=1)
