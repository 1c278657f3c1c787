"""The agent as a kind of object: what it adds to the kinds with a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from rcs_provider.core.errors import RcsError
from rcs_provider.objects.numbered import Numbered, Operations

from . import operations
from . import rules as agent_rules
from .fields import TABLE

if TYPE_CHECKING:
    from rcs_provider.api.client import Calls, Row
    from rcs_provider.core.codec import State
    from rcs_provider.core.errors import ApiError
    from rcs_provider.core.kind import Context, Inputs

_VERIFICATION: Final = ("verification_name", "verification_state")
"""The fields that the page of the update calls required and no page of a read shows."""


class Agent(Numbered):
    """The sender of a brand. Its id is the agent's number."""

    name: ClassVar = "agent"
    section: ClassVar = "agents"
    token: ClassVar = "pulumi-python:dynamic/rcs:RcsAgent"  # noqa: S105 - of Pulumi's types
    table: ClassVar = TABLE
    key: ClassVar = "service_code"
    number: ClassVar = "agent_number"
    operations: ClassVar = Operations(
        operations.CREATE, operations.READ, operations.UPDATE, operations.DELETE, operations.LIST
    )
    rules: ClassVar = (agent_rules.contact_is_given, agent_rules.initial_status_lives)
    hints: ClassVar = (
        agent_rules.https_test_page,
        agent_rules.color_is_dark_enough,
        agent_rules.example_stays_at_home,
    )
    key_change: ClassVar = "messages name it as their sender, so change it there too"
    starts_again: ClassVar = "verification, launch and the testers' invitations start again"

    def locked(self, state: State) -> str:
        """The verification's state, if an answer has shown one beyond unverified."""
        return agent_rules.verification_of(state)

    def unread(self, state: State, inputs: Inputs) -> list[str]:
        """The fields that no answer shows, country codes of phones included."""
        return [*super().unread(state, inputs), *agent_rules.unread_codes({**state, **inputs})]

    def missed(self, context: Context[Calls], number: str, body: Row, error: ApiError) -> Row:
        """The verification that a refused update lacked, if Kaleyra's own call for it returns all of it."""
        names = [name for name in _VERIFICATION if re.search(rf"\b{name}\b", error.words) and not body.get(name)]
        if error.label != "MISSING_REQUIRED_FIELDS" or not names:
            return {}
        try:
            told = self.verification(context.api, number)
        except RcsError:
            return {}
        known = {name: told[name] for name in names if told.get(name)}
        return known if len(known) == len(names) else {}

    def verification(self, api: Calls, number: str) -> Row:
        """An agent's verification, as it comes: no page shows the answer."""
        return self.about(number, api.row(operations.GET_VERIFICATION, number=number))


AGENT: Final = Agent()
