"""An agent's life."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rcs_provider.account import require_account
from rcs_provider.codec import decoded, inputs_of, is_managed, state_of
from rcs_provider.errors import NotFound, ServerError, Unclear
from rcs_provider.lifecycle import ApiObject, Context, Inputs, Live, trying

from . import rules as agent_rules
from .creation import create
from .fields import TABLE
from .lookup import fetch, says_gone
from .update import update

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rcs_provider.codec import State
    from rcs_provider.config import Settings
    from rcs_provider.diff import Plan
    from rcs_provider.errors import Problem


class Agent(ApiObject):
    """The sender of a brand. Its id is the agent's number."""

    name: ClassVar = "agent"
    table: ClassVar = TABLE
    rules: ClassVar = (agent_rules.contact_is_given, agent_rules.initial_status_lives)
    hints: ClassVar = (agent_rules.test_page_is_https, agent_rules.color_is_dark_enough)

    def advise(self, settings: Settings, inputs: Inputs) -> list[Problem]:
        """Warns of the documentation's example as well, where the account is a real one."""
        return [*super().advise(settings, inputs), *agent_rules.example_stays_at_home(settings, inputs)]

    def identity(self, inputs: Inputs) -> str | None:
        """Its service code, which is unique among live agents."""
        code = inputs.get("service_code")
        return f"service_code {code}" if isinstance(code, str) else None

    def refuse(self, state: State, inputs: Inputs, plan: Plan) -> None:
        """See `rules.refuse`."""
        agent_rules.refuse(state, plan, inputs)

    def notes(self, state: State, inputs: Inputs, plan: Plan) -> Iterator[str]:
        """See `rules.notes`."""
        return agent_rules.notes(state, plan, inputs)

    def deletes_first(self, state: State, inputs: Inputs) -> bool:  # noqa: ARG002
        """The service code is unique, so the old agent has to let go of it first, unless it stays."""
        return agent_rules.policy_of(state) != "retain"

    def create(self, context: Context, inputs: Inputs) -> Live:
        """See `creation.create`."""
        return create(context, inputs)

    def read(self, context: Context, id_: str, state: State) -> State | None:
        """The agent as it is; gone is the documented not-found about this agent, or status DELETED."""
        require_account(self.name, context.settings, state)
        with trying(f"read agent {id_}"):
            row = fetch(context.api, id_)
        if row is None:
            return None
        account = {"pod": context.settings.pod, "sid": context.settings.sid}
        declared = inputs_of(TABLE, state) if is_managed(state) else {}
        return state_of(TABLE, declared, decoded(TABLE, row), {**account, **state})

    def update(self, context: Context, id_: str, state: State, inputs: Inputs) -> State:
        """See `update.update`."""
        require_account(self.name, context.settings, state)
        with trying(f"update agent {id_}"):
            return update(context, id_, state, inputs, self.plan(state, inputs))

    def delete(self, context: Context, id_: str, state: State) -> None:
        """Retires the agent at Kaleyra, unless another resource has it; that it is gone already is success."""
        require_account(self.name, context.settings, state)
        if reason := _reason_to_stay(context, id_):
            context.say(f"agent {id_} stays: {reason}", "warning")
            return
        with trying(f"delete agent {id_}"), context.api.client.writing.held(id_):
            _delete(context, id_)


def _reason_to_stay(context: Context, number: str) -> str:
    client = context.api.client
    if number in client.made:
        return "it is the one that this run has just made or taken over"
    owner = client.owners.get(number, context.urn)
    # A run that was stopped while a resource was renamed without an alias leaves the agent under both names.
    return "" if owner == context.urn else f"{owner} manages it"


def _delete(context: Context, number: str) -> None:
    try:
        context.api.delete_agent(number)
    except NotFound as error:
        if not says_gone(error, number):
            raise
    except (Unclear, ServerError):
        if fetch(context.api, number) is not None:
            raise


AGENT: Final = Agent()
