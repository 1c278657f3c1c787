"""Runs a command and measures it: wall time, CPU time by the part that used it, and the memory of all its processes."""

from __future__ import annotations

import resource
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import psutil

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_BETWEEN: Final = 0.1
"""Seconds between two looks at the processes: what the last of them missed is not in `parts`, but in `cpu`."""

_PARTS: Final = {
    "pulumi-resource-kaleyra": "provider",
    "pulumi-resource-pulumi-python": "provider",
    "pulumi.dynamic": "provider",
    "pulumi-language-python-exec": "program",
    "pulumi-language-python": "host",
    "pulumi": "engine",
}
"""What a process is, by the first of these that its command line has a word of; all else is "rest"."""


@dataclass(frozen=True)
class Cost:
    """What a command took.

    Attributes:
        code: its exit code.
        wall: seconds from its start to its end.
        cpu: seconds of CPU of its processes, those that were waited for.
        memory: bytes; the largest sum of the resident sets of its processes. Shared pages count more than once.
        parts: seconds of CPU by part: engine, host, program, provider, rest.
        others: processes, on the average, that were busy with other work than this command and the simulator.
        out: standard output and error.
    """

    code: int
    wall: float
    cpu: float
    memory: int
    parts: dict[str, float]
    others: float
    out: str


def cost(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Runs a command to its end."""
    used, busy, started = _cpu(), _busy(), time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    watch = _Watch(process.pid)
    watch.start()
    out, _ = process.communicate()
    wall, cpu, all_cpu = time.perf_counter() - started, _cpu() - used, _busy() - busy
    watch.over.set()
    watch.join()
    return Cost(process.returncode, wall, cpu, watch.most, watch.parts(), max(0.0, all_cpu - cpu) / wall, out)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _busy() -> float:
    """Seconds of CPU of the whole machine but for this process and its simulators."""
    whole, own = psutil.cpu_times(), psutil.Process()
    ours = [own, *own.children()]
    return float(whole.user + whole.system) - sum(each.cpu_times().user + each.cpu_times().system for each in ours)


class _Watch(threading.Thread):
    """Looks at a process and all below it until it is over."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.most = 0
        self._pid = pid
        self._used: dict[int, tuple[str, float]] = {}

    def run(self) -> None:
        while not self.over.wait(_BETWEEN):
            self.most = max(self.most, self._look())

    def parts(self) -> dict[str, float]:
        """Seconds of CPU by part, as of the last look at each process."""
        found: dict[str, float] = {}
        for part, seconds in self._used.values():
            found[part] = found.get(part, 0.0) + seconds
        return found

    def _look(self) -> int:
        found = 0
        with suppress(psutil.Error):
            top = psutil.Process(self._pid)
            for each in [top, *top.children(recursive=True)]:
                with suppress(psutil.Error):  # ended in the meantime
                    found += each.memory_info().rss
                    times = each.cpu_times()
                    # What has just ended has no command line any more: the first one holds.
                    part = self._used[each.pid][0] if each.pid in self._used else _part(each.cmdline())
                    self._used[each.pid] = (part, times.user + times.system)
        return found


def _part(words: Sequence[str]) -> str:
    names = {word.rsplit("/", 1)[-1] for word in words}
    return next((part for mark, part in _PARTS.items() if mark in names), "rest")
