"""The descriptions of agents and testers load without the SDK and without what makes calls."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

NOT_NEEDED: Final = ("pulumi", "grpc", "google.protobuf", "requests", "urllib3", "jsonschema", "phonenumbers")


def test_importing_the_objects_loads_neither_the_sdk_nor_what_makes_calls() -> None:
    code = f"import sys, rcs_provider.objects\nprint([name for name in {NOT_NEEDED} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"
