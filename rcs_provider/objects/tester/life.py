"""A tester's life. Its id is `agent_number/phone number in E.164 digits`.

Registering sends a real person an invitation, and quotas are small: the list is read first, and nothing is sent twice.
"""

from __future__ import annotations

import hashlib
import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Final

from rcs_provider.core.account import require_account
from rcs_provider.core.codec import decoded, inputs_of, is_managed, state_of
from rcs_provider.core.diff import contains_unknown
from rcs_provider.core.errors import NotFound, RcsError, Refusal, ServerError, Throttled, Unclear
from rcs_provider.core.kind import ApiObject, Context, Inputs, Live, trying
from rcs_provider.core.phone import digits, e164, same_phone

from . import rules as tester_rules
from .fields import TABLE

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from rcs_provider.api.client import Row
    from rcs_provider.core.codec import State
    from rcs_provider.core.diff import Plan

_AGAIN: Final = "Run `pulumi up` again: it reads the list before it sends an invitation."
_AGENTS: Final = (
    "`rcs agents` lists those that it has. An agent of another account needs a tester with that account's provider."
)
_QUOTA: Final = "An agent may invite 20 testers a day and 200 in all: run `pulumi up` again tomorrow, or use fewer."


class Tester(ApiObject):
    """A handset that may talk to an agent before its launch."""

    name: ClassVar = "tester"
    token: ClassVar = "pulumi-python:dynamic/rcs:RcsTester"  # noqa: S105 - of Pulumi's types
    table: ClassVar = TABLE
    rules: ClassVar = (tester_rules.no_guess,)
    hints: ClassVar = (tester_rules.may_be_another,)

    def identity(self, inputs: Inputs) -> str | None:
        """Its agent and its phone number, where both are known."""
        agent, phone = inputs.get("agent_no"), inputs.get("phoneno")
        if not isinstance(agent, str) or not isinstance(phone, str):
            return None
        number = e164(phone)
        if not number:
            return None
        return f"tester {_masked(number)} of agent {agent} #{hashlib.sha256(number.encode()).hexdigest()}"

    def called(self, id_: str) -> str:
        """A tester's number may be a secret, so only its end is shown."""
        agent, _, phone = id_.partition("/")
        return f"tester {_masked(phone)} of agent {agent}"

    def refuse(self, state: State, inputs: Inputs, plan: Plan) -> None:
        """See `rules.refuse`."""
        tester_rules.refuse(state, inputs, plan)

    def notes(self, state: State, inputs: Inputs, plan: Plan) -> Iterator[str]:  # noqa: ARG002
        """Says why a tester is made anew, and what that costs."""
        known = [name for name in plan.replaces if not contains_unknown(inputs.get(name))]
        if known:
            yield f"{' and '.join(known)} cannot change in place: another invitation is sent, and the old handset stays"

    def create(self, context: Context, inputs: Inputs) -> Live:
        """Finds the tester in the agent's list, or registers it: one POST at the most."""
        agent, phone = inputs["agent_no"], e164(inputs["phoneno"])
        with trying(f"register {_masked(phone)} as a tester of agent {agent}"), _advising(context, agent):
            row = _listed(context, agent, phone, 0.0)
            if row is None:
                row = _registered(context, agent, phone)
            else:
                _take_over(context, inputs)
                row = _decoded(row)
        return Live(f"{agent}/{phone}", state_of(TABLE, inputs, row, {}))

    def read(self, context: Context, id_: str, state: State) -> State | None:
        """The tester as the agent's list has it; gone is a good list without it, or the documented not-found."""
        require_account(self.name, context.settings, state)
        agent, _, phone = id_.partition("/")
        with trying(f"read {self.called(id_)}"):
            row = _found(context, agent, phone)
        if row is None:
            return None
        base = {"pod": context.settings.pod, "sid": context.settings.sid, "agent_no": agent, "phoneno": phone}
        declared = inputs_of(TABLE, state) if is_managed(state) else {}
        return state_of(TABLE, declared, _decoded(row), {**base, **state})

    def update(self, context: Context, id_: str, state: State, inputs: Inputs) -> State:
        """Sends the invitation once more where `resend` has another text; nothing else can change in place."""
        require_account(self.name, context.settings, state)
        agent, _, phone = id_.partition("/")
        if inputs.get("resend") not in (None, inputs_of(TABLE, state).get("resend")):
            with trying(f"invite {self.called(id_)} again"), _advising(context, agent):
                _sent_again(context, agent, e164(phone))
        return state_of(TABLE, inputs, {}, state)

    def delete(self, context: Context, id_: str, state: State) -> None:
        """Forgets the tester, as no API removes one; the first of an agent to go says so for all of them."""
        require_account(self.name, context.settings, state)
        agent = id_.partition("/")[0]
        if context.api.client.run.left_behind.setdefault(agent, context.urn) == context.urn:
            context.say(
                f"the testers removed by this run stay testers of agent {agent} at Kaleyra: no API removes testers, "
                "the console does",
                "warning",
            )


def _take_over(context: Context, inputs: Inputs) -> None:
    if inputs.get("on_existing", context.settings.on_existing) == "error":
        raise Refusal('it is one already, and on_existing is "error"', "Remove the declaration, or set on_existing.")
    context.say("is a tester of the agent already: no invitation was sent", "info")


def _masked(phone: str) -> str:
    return f"***{phone[-2:]}"


def _rows(context: Context, agent: str, moment: float) -> list[Row]:
    return context.api.client.testers(agent).since(moment, lambda: context.api.list_testers(agent))


def require_rows_of(agent: str, rows: list[Row]) -> list[Row]:
    """The rows of an agent's list.

    Raises:
        Unclear: one names another agent.
    """
    if any(str(each.get("agent_no") or agent) != agent for each in rows):
        raise Unclear(f"asked for the testers of agent {agent}, the answer names another agent")
    return rows


def _listed(context: Context, agent: str, phone: str, moment: float) -> Row | None:
    """The tester's row in a list that was read at a moment or later: before all others one in the digits of its id."""
    rows = require_rows_of(agent, _rows(context, agent, moment))
    found = [each for each in rows if same_phone(each.get("phoneno"), phone)]
    return next((each for each in found if digits(each.get("phoneno")) == phone), found[0] if found else None)


def _found(context: Context, agent: str, phone: str) -> Row | None:
    try:
        return _listed(context, agent, phone, 0.0)
    except NotFound as error:
        if _is_about(error, agent, "agents?|testers?"):
            return None
        raise


def _is_about(error: NotFound, agent: str, kinds: str) -> bool:
    """Whether a not-found is about this agent or what belongs to it, rather than about something else."""
    named = re.findall(r"\d{3,}", error.words)
    return bool(re.search(rf"\b({kinds})\b", error.words, re.IGNORECASE)) and (not named or agent in named)


@contextmanager
def _advising(context: Context, agent: str) -> Generator[None]:
    """Says where to look for the agent if the account does not have it."""
    try:
        yield
    except NotFound as error:
        if _is_about(error, agent, "agents?"):
            account = f"Account {context.settings.sid} in pod {context.settings.pod}"
            error.hint = f"{account} has no such agent: {_AGENTS}"
        raise


def _registered(context: Context, agent: str, phone: str) -> State:
    testers = context.api.client.testers(agent)
    moment = time.monotonic()
    try:
        row = context.api.register_tester(agent, phone)
        found = _decoded(row)
    except Throttled as error:
        error.hint = _QUOTA
        raise
    except (Unclear, ServerError) as error:
        testers.drop()
        return _decoded(_settled(context, agent, phone, moment, error.message))
    testers.extend([{**row, "phoneno": phone, "agent_no": agent}])
    return found


def _settled(context: Context, agent: str, phone: str, moment: float, why: str) -> Row:
    context.say(f"{why}: looking whether the tester was registered", "warning")
    try:
        row = _listed(context, agent, phone, moment)
    except RcsError as error:
        raise Unclear(f"{why}, so the invitation may be out; the list failed: {error}", _AGAIN) from None
    if row is None:
        raise Unclear(f"{why}; the agent's list does not hold the tester, and nothing was sent again", _AGAIN)
    return row


def _sent_again(context: Context, agent: str, phone: str) -> None:
    try:
        context.api.register_tester(agent, phone)
    except Throttled as error:
        error.hint = _QUOTA
        raise
    except (Unclear, ServerError) as error:
        # Failing here would send it again with the next run, to a person who may have it already.
        context.say(f"{error}; it counts as sent. Change resend once more to repeat it", "warning")


def _decoded(row: Row) -> State:
    """The row without what the program declares: the same tester may be spelt in many ways."""
    return {name: value for name, value in decoded(TABLE, row).items() if name not in ("agent_no", "phoneno")}


TESTER: Final = Tester()
