"""What the command loads before it is told what to do."""

from __future__ import annotations

import subprocess
import sys

NOT_NEEDED = ("pulumi", "grpc", "google.protobuf", "jsonschema", "phonenumbers")


def test_the_command_starts_without_the_sdk() -> None:
    code = f"import sys, rcs_provider.cli.main\nprint([name for name in {NOT_NEEDED} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"
