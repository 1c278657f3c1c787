"""What each floor loads: the core and the objects neither the SDK nor what makes calls, the provider no resources."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

import pytest

NOT_NEEDED: Final = ("pulumi", "grpc", "google.protobuf", "requests", "urllib3", "jsonschema", "phonenumbers")


def _loaded(code: str) -> set[str]:
    """The modules that are loaded after some code ran in a process of its own."""
    show = f"{code}\nimport sys\nprint(*sys.modules, sep=chr(10))"
    done = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["rcs_provider", "rcs_provider.core.controller", "rcs_provider.objects"])
def test_the_core_and_the_objects_load_neither_the_sdk_nor_what_makes_calls(module: str) -> None:
    assert _loaded(f"import {module}").isdisjoint(NOT_NEEDED)


def test_the_providers_process_loads_no_resource_classes() -> None:
    loaded = _loaded("from rcs_provider.dynamic import load\nload('agent')")
    assert "rcs_provider.dynamic.provider" in loaded
    assert [each for each in loaded if each.startswith("rcs_provider.program")] == []
