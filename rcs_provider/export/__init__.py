"""An account as a ready project: what a team types in to take over what was made by hand."""

from .folder import FORMS, project, require_room, write
from .guide import commands, report
from .survey import Survey, survey

__all__ = ["FORMS", "Survey", "commands", "project", "report", "require_room", "survey", "write"]
