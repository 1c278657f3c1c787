"""Commands as tests start them: with no network, no colours and no standard input, and what they say in one text."""

from __future__ import annotations

import signal
import subprocess
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

OFFLINE: Final[Mapping[str, str]] = {
    "PULUMI_SKIP_UPDATE_CHECK": "true",
    "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
    "PULUMI_SUPPRESS_NEO_LINK": "true",
    "NO_COLOR": "1",
}
"""Variables under which Pulumi asks nobody outside of this machine, and prints plain text."""


def hear_interrupts() -> None:
    """Lets what this process starts hear Ctrl-C: in the background of a shell it is deaf to it, and so are they."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def told(
    command: Sequence[Any], folder: Path, environment: Mapping[str, str], timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """What a command did in a folder, its standard output and error together as a user sees them."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=timeout,
        check=False,
    )
