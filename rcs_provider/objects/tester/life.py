"""A tester's life. Its id is `agent_number/phone number in E.164 digits`.

Registering sends a real person an invitation, and quotas are small: the list is read first, and nothing is sent twice.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rcs_provider.core.account import require_account
from rcs_provider.core.codec import state_of
from rcs_provider.core.diff import contains_unknown
from rcs_provider.core.errors import (
    ApiError,
    NotFound,
    RcsError,
    Refusal,
    ServerError,
    Throttled,
    Unclear,
    trying,
)
from rcs_provider.core.kind import Inputs, Live
from rcs_provider.core.phone import e164
from rcs_provider.core.text import ending, is_number, joined
from rcs_provider.objects.listed import InList

from . import rules as tester_rules
from .fields import TABLE
from .operations import LIST, LIST_OLD, REGISTER

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from rcs_provider.api.client import Calls, Row
    from rcs_provider.core.codec import State
    from rcs_provider.core.diff import Plan
    from rcs_provider.core.kind import Context

_NO_SUCH_PATH: Final = (404, 405)
_AGAIN: Final = "Run `pulumi up` again: it reads the list before it sends an invitation."
_AGENTS: Final = (
    "`kaleyra-rcs agents` lists those that it has. "
    "An agent of another account needs a tester with that account's provider."
)
_MOST_DIGITS: Final = 15
_QUOTA: Final = "An agent may invite 20 testers a day and 200 in all: run `pulumi up` again tomorrow, or use fewer."


class Tester(InList):
    """A handset that may talk to an agent before its launch. Its id is `agent number/phone number`, both in digits."""

    name: ClassVar = "tester"
    section: ClassVar = "testers"
    token: ClassVar = "pulumi-python:dynamic/rcs:RcsTester"  # noqa: S105 - of Pulumi's types
    table: ClassVar = TABLE
    key: ClassVar = "phoneno"
    parent: ClassVar = "agent"
    parent_field: ClassVar = "agent_no"
    waiting: ClassVar = "invitation sent"  # the answer to a registration holds no status; the next refresh fills it in
    rules: ClassVar = (tester_rules.no_guess,)
    hints: ClassVar = (tester_rules.may_be_another,)

    @property
    def key_name(self) -> str:
        """The key, as people say it."""
        return "phone number"

    def spelt(self, key: Any) -> str:
        """The E.164 digits of a phone number."""
        return e164(key)

    def masked(self, key: str) -> str:
        """The end of a phone number."""
        return ending(key)

    def written(self, key: str) -> str:
        """The digits behind a plus, which leaves no doubt about the country."""
        return f"+{key}"

    def misformed(self, id_: str) -> str:
        """No country's code begins with a zero, and E.164 numbers have 15 digits at the most."""
        phone = id_.partition("/")[2]
        return super().misformed(id_ if is_number(phone) and len(phone) <= _MOST_DIGITS else "")

    def post(self, api: Calls, agent: str, phone: str) -> Row:
        """Sends a person an invitation to test an agent. Never repeated."""
        return api.row(REGISTER, body={"phoneno": phone, "agent_no": agent})

    def rows(self, api: Calls, parent: str) -> list[Row]:
        """The testers of an agent, by the newer path, or the older one where that does not exist."""
        try:
            return api.rows(LIST, parent)
        except ApiError as error:
            if error.status not in _NO_SUCH_PATH or error.label == "PROV_ERROR":
                raise
        return api.rows(LIST_OLD, parent)

    def refuse(self, state: State, inputs: Inputs, plan: Plan) -> None:
        """See `rules.refuse`."""
        tester_rules.refuse(state, inputs, plan)

    def notes(self, state: State, inputs: Inputs, plan: Plan) -> Iterator[str]:
        """Says why a tester is replaced, and what that costs."""
        del state
        known = [name for name in plan.replaces if not contains_unknown(inputs.get(name))]
        if known:
            yield f"{joined(known)} cannot change in place: another invitation is sent, and the old handset stays"

    def create(self, context: Context[Calls], inputs: Inputs) -> Live:
        """Finds the tester in the agent's list, or registers it: one POST at the most."""
        agent, phone = inputs["agent_no"], e164(inputs["phoneno"])
        with trying(f"register {ending(phone)} as a tester of agent {agent}"), self._advising(context, agent):
            row = self.find(context.api, agent, phone, 0.0)
            if row is None:
                found = self._registered(context, agent, phone)
            else:
                _take_over(context, inputs)
                found = self.known(row)
        return Live(f"{agent}/{phone}", state_of(TABLE, inputs, found, {}))

    def update(self, context: Context[Calls], id_: str, state: State, inputs: Inputs) -> State:
        """Sends the invitation once more where `resend` has another text; nothing else can change in place."""
        require_account(self.name, context.settings, state)
        agent, _, phone = id_.partition("/")
        if tester_rules.invites_again(state, inputs):
            with trying(f"invite {self.called(id_)} again"), self._advising(context, agent):
                self._send_again(context, agent, e164(phone))
        return state_of(TABLE, inputs, {}, state)

    def delete(self, context: Context[Calls], id_: str, state: State) -> None:
        """Forgets the tester, as no API removes one. Only the first tester of each agent says so."""
        require_account(self.name, context.settings, state)
        agent = id_.partition("/")[0]
        if context.run.left_behind.setdefault(agent, context.urn) == context.urn:
            context.say(
                f"the testers removed by this run stay testers of agent {agent} at Kaleyra: no API removes testers, "
                "the console does",
                "warning",
            )

    @contextmanager
    def _advising(self, context: Context[Calls], agent: str) -> Generator[None]:
        """Says where to look for the agent if the account does not have it."""
        try:
            yield
        except NotFound as error:
            if self.is_about(error, agent, "agents?"):
                account = f"Account {context.settings.sid} in pod {context.settings.pod}"
                error.hint = f"{account} has no such agent: {_AGENTS}"
            raise

    def _registered(self, context: Context[Calls], agent: str, phone: str) -> State:
        testers = self.shared_rows(context.api, agent)
        moment = time.monotonic()
        try:
            with _naming_the_quota():
                row = self.post(context.api, agent, phone)
            found = self.known(row)
        except (Unclear, ServerError) as error:
            testers.drop()
            return self.known(self._settled(context, agent, phone, moment, error.message))
        testers.extend([{**row, "phoneno": phone, "agent_no": agent}])
        return found

    def _settled(self, context: Context[Calls], agent: str, phone: str, moment: float, why: str) -> Row:
        context.say(f"{why}: looking whether the tester was registered", "warning")
        try:
            row = self.find(context.api, agent, phone, moment)
        except RcsError as error:
            raise Unclear(f"{why}, so the invitation may be out; the list failed: {error}", _AGAIN) from error
        if row is None:
            raise Unclear(f"{why}; the agent's list does not hold the tester, and nothing was sent again", _AGAIN)
        return row

    def _send_again(self, context: Context[Calls], agent: str, phone: str) -> None:
        try:
            with _naming_the_quota():
                self.post(context.api, agent, phone)
        except (Unclear, ServerError) as error:
            # Failing here would send it again with the next run, to a person who may have it already.
            context.say(f"{error}; it counts as sent. Change resend once more to repeat it", "warning")


@contextmanager
def _naming_the_quota() -> Generator[None]:
    try:
        yield
    except Throttled as error:
        error.hint = _QUOTA
        raise


def _take_over(context: Context[Calls], inputs: Inputs) -> None:
    if inputs.get("on_existing", context.settings.on_existing) == "error":
        raise Refusal('it is one already, and on_existing is "error"', "Remove the declaration, or set on_existing.")
    context.say("is a tester of the agent already: no invitation was sent", "info")


TESTER: Final = Tester()
