"""What importing the package loads: a program that only declares resources pays for nothing that makes calls."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

LATER: Final = ("requests", "urllib3", "jsonschema", "phonenumbers", "click", "rich")
"""Loaded with the first call, the first check or the first command. (PyYAML is the SDK's own.)"""

PROGRAM: Final = """
import sys
import pulumi
sdk = set(sys.modules)
import rcs_provider
{more}
print(" ".join(sorted({{each.partition(".")[0] for each in set(sys.modules) - sdk}})))
"""


def _loaded(more: str = "") -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(more=more)], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_no_library_that_it_may_not_need() -> None:
    assert _loaded().isdisjoint(LATER)
