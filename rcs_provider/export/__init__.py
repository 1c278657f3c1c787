"""An account as a ready project: what a team types in to take over what was made by hand."""

from .inventory import Survey, survey
from .project import FORMS, project, require_room, write
from .readme import commands, report

__all__ = ["FORMS", "Survey", "commands", "project", "report", "require_room", "survey", "write"]
