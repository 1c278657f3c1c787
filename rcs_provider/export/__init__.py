"""An account as a ready project: what a team types in to take over what was made by hand."""

from .folder import FORMS, project, write
from .guide import commands, summary
from .survey import Survey, survey

__all__ = ["FORMS", "Survey", "commands", "project", "summary", "survey", "write"]
