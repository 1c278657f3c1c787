"""The documented operations on testers."""

from __future__ import annotations

from typing import Final

from rcs_provider.api.operations import VALUES, Operation

# An invitation goes to a person, and a 429 may be a used-up quota.
REGISTER: Final = Operation("register the tester", "POST", "/agenttester/register", repeated_after=(), refused=VALUES)
LIST: Final = Operation("list the testers", "GET", "/agenttester/testersbyagent?agent_number={number}")
LIST_OLD: Final = Operation("list the testers", "GET", "/agent/testersbyagent?agent_number={number}")
"""The list's older path, asked only where the newer one answers 404 or 405."""
