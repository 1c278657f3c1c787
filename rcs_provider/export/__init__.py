"""An account as a ready project: what a team types in to take over what was made by hand."""

from .inventory import Inventory, read_account
from .project import FORMS, project, project_name, require_room, write
from .readme import commands, report

__all__ = [
    "FORMS",
    "Inventory",
    "commands",
    "project",
    "project_name",
    "read_account",
    "report",
    "require_room",
    "write",
]
