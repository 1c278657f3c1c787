"""What importing this package costs a program beyond `import pulumi`: each time in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from typing import Final

_CODE: Final = """
import time, psutil
import pulumi
import pulumi.dynamic
seen = lambda: psutil.Process().memory_info().rss
before, size = time.perf_counter(), seen()
import rcs_provider
print(time.perf_counter() - before, seen() - size)
"""


def imported(runs: int = 11) -> dict[str, float]:
    """Medians: `{"milliseconds": ..., "megabytes": ...}`."""
    found = [_once() for _ in range(runs)]
    return {
        "milliseconds": round(1e3 * median(seconds for seconds, _ in found), 1),
        "megabytes": round(median(size for _, size in found) / 1e6, 1),
    }


def _once() -> tuple[float, float]:
    out = subprocess.run([sys.executable, "-c", _CODE], check=True, capture_output=True, text=True).stdout
    seconds, size = map(float, out.split())
    return seconds, size
