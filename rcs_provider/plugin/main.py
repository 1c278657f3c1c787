"""The command that the engine starts: `pulumi-resource-kaleyra ADDRESS`."""

from __future__ import annotations

import sys

from rcs_provider._version import __version__


def main() -> None:
    """Serves the engine at the address that is the last argument; the port stands on standard output.

    With `--version` it only tells its version, which `kaleyra-rcs doctor` compares.
    """
    last = sys.argv[-1] if len(sys.argv) > 1 else ""
    if last == "--version":
        sys.stdout.write(f"pulumi-resource-kaleyra {__version__}\n")
        return
    from .server import serve  # noqa: PLC0415 - gRPC takes a while to load

    serve(last)
