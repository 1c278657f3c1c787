"""The command that the engine starts: `pulumi-resource-kaleyra ADDRESS`."""

from __future__ import annotations

import sys

from .server import serve


def main() -> None:
    """Serves the engine at the address that is the last argument; the port stands on standard output."""
    serve(sys.argv[-1] if len(sys.argv) > 1 else "")
