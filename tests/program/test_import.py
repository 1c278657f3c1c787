"""What importing the package loads: a program that only declares resources pays for nothing that makes calls."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

LATER: Final = ("requests", "urllib3", "jsonschema", "phonenumbers", "click", "rich", "PIL", "jinja2")
"""Loaded with the first call, the first check or the first command. (PyYAML is the SDK's own.)"""

PROGRAM: Final = """
import sys
import pulumi
sdk = set(sys.modules)
import rcs_provider
{more}
print(*(set(sys.modules) - sdk))
"""


def _modules(more: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(more=more)], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def _loaded(more: str = "") -> set[str]:
    return {each.partition(".")[0] for each in _modules(more)}


def test_importing_the_package_loads_no_library_that_it_may_not_need() -> None:
    assert _loaded().isdisjoint(LATER)


DECLARE: Final = "from rcs_provider import Provider, RcsAgent, RcsTester; import rcs_provider.program.stack_data"


def test_a_program_loads_the_client_with_the_first_look_up_that_it_names() -> None:
    clients = ("rcs_provider.api.client", "rcs_provider.api.transport", "rcs_provider.program.lookups")
    assert [each for each in _modules(DECLARE) if each.startswith(clients)] == []
    assert "rcs_provider.api.client" in _modules(f"{DECLARE}; rcs_provider.get_agent")
