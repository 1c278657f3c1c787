"""An agent's life."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rcs_provider.core.account import require_account
from rcs_provider.core.codec import TAKEN_OVER, decoded, inputs_of, is_managed, state_of
from rcs_provider.core.errors import NotFound, Refusal, ServerError, Unclear
from rcs_provider.core.kind import ApiObject, Context, Inputs, Live, trying
from rcs_provider.core.run import name_of

from . import rules as agent_rules
from .creation import create
from .fields import TABLE
from .lookup import agent_with, declared_with, fetch, says_gone
from .update import update

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rcs_provider.core.codec import State
    from rcs_provider.core.diff import Plan
    from rcs_provider.core.errors import Problem
    from rcs_provider.core.settings import Settings


_TO_DELETE: Final = (
    'Set "delete" (or "retain" to leave it at Kaleyra) and run `pulumi up`, then destroy or remove it; '
    "`pulumi state delete URN` only forgets it."
)


class Agent(ApiObject):
    """The sender of a brand. Its id is the agent's number."""

    name: ClassVar = "agent"
    token: ClassVar = "pulumi-python:dynamic/rcs:RcsAgent"  # noqa: S105 - of Pulumi's types
    table: ClassVar = TABLE
    rules: ClassVar = (agent_rules.contact_is_given, agent_rules.initial_status_lives)
    hints: ClassVar = (agent_rules.test_page_is_https, agent_rules.color_is_dark_enough)

    def advise(self, settings: Settings, inputs: Inputs) -> list[Problem]:
        """Warns of the documentation's example as well, where the account is a real one."""
        return [*super().advise(settings, inputs), *agent_rules.example_stays_at_home(settings, inputs)]

    def identity(self, inputs: Inputs) -> str | None:
        """Its service code, which is unique among live agents."""
        code = inputs.get("service_code")
        return declared_with(code) if isinstance(code, str) else None

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
        with trying(f"delete agent {id_}"):
            if reason := _reason_to_stay(context, id_, state):
                context.say(f"agent {id_} stays: {reason}", "warning")
                return
            with context.api.client.writing.held(id_):
                _delete(context, id_)


def _reason_to_stay(context: Context, number: str, state: State) -> str:
    """Why the agent is only forgotten; empty where it is to be deleted.

    Raises:
        Refusal: it must be neither deleted nor forgotten.
    """
    run = context.api.client.run
    if number in run.made:
        return "it is the one that this run has just made or taken over"
    # A run that was stopped while a resource was renamed without an alias leaves the agent under both names.
    if owners := run.others(agent_with(number), context.urn):
        return f"{owners[0]} manages it"
    policy = agent_rules.policy_of(state)
    if policy == "prevent":
        raise Refusal('it is protected by its deletion_policy "prevent"', _TO_DELETE)
    if policy == "retain":
        return 'its deletion_policy is "retain", so it is only forgotten here'
    if state.get(TAKEN_OVER):
        return (
            "this stack took it over without being told to, so another stack may manage it, and neither the stack's "
            'policy nor the provider\'s deletes it. To delete it, take it over with deletion_policy="delete" on the '
            "resource itself, then destroy"
        )
    code = str(state.get("service_code"))
    if claimed := run.others(declared_with(code), context.urn):
        raise Refusal(
            f"{name_of(claimed[0])} declares its service_code {code}",
            f"Let {name_of(claimed[0])} take it over by `pulumi up`, or forget it here by `pulumi state delete URN`.",
        )
    return ""


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
