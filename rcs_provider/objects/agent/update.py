"""Changing an agent: read, overlay what is declared, put the whole object, read back."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.codec import UNREAD, State, decoded, drifted, state_of, update_body
from rcs_provider.core.compare import same
from rcs_provider.core.errors import ApiError, RcsError, Refusal, ServerError, ServiceCodeTaken, Throttled
from rcs_provider.core.fields import ABSENT
from rcs_provider.core.kind import UNFINISHED

from .fields import TABLE
from .handover import advice, comes_free, keeping_where_it_fails
from .lookup import differences, fetch, holder_of
from .rules import drift_line, is_verified

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from rcs_provider.api.client import Row
    from rcs_provider.core.diff import Plan
    from rcs_provider.core.kind import Context, Inputs

_VERIFICATION: Final = ("verification_name", "verification_state")
"""What the page of the update calls mandatory, and what no page of a read shows."""
_POLLS: Final = (0.5, 1.0, 2.0)
"""Seconds between two looks at an agent that does not show yet what was put."""


def update(context: Context, number: str, state: State, inputs: Inputs, plan: Plan) -> State:
    """Brings the agent to the declared state; a change that Kaleyra does not know makes no call.

    Raises:
        Refusal: the agent is gone, or a restricted field was changed behind the back.
    """
    if not plan.calls and not state.get(UNFINISHED):
        return state_of(TABLE, inputs, {}, state)
    for field in plan.drifted:
        raise Refusal(drift_line(field.name, state, inputs))
    with keeping_where_it_fails(context, str(state.get("service_code"))), context.api.client.writing.held(number):
        row = fetch(context.api, number)
        if row is None:
            raise Refusal(f"agent {number} is gone at Kaleyra", "Run `pulumi refresh`, then `pulumi up` makes it anew.")
        _refuse_another(number, row, state)
        _refuse(row, state, inputs)
        return put(context, number, row, state, inputs)


def _refuse_another(number: str, row: Row, state: State) -> None:
    """A half-made agent has never been read: the number may have come from an answer that was about another one."""
    if state.get(UNFINISHED) and row.get("service_code") != state.get("service_code"):
        raise Refusal(
            f"agent {number} has service_code {row.get('service_code')}, so it is not the one that was made",
            "Run `pulumi state delete URN` and `pulumi up` again: it looks for the service code.",
        )


def _refuse(row: Row, state: State, inputs: Inputs) -> None:
    live = decoded(TABLE, row)
    for field in drifted(TABLE, inputs, live):
        raise Refusal(drift_line(field.name, live, inputs))
    frozen = [each.name for each in differences(inputs, live) if each.freezes]
    known = {**state, **live}
    if frozen and is_verified(known):
        raise Refusal(
            f"{' and '.join(frozen)} cannot change any more: the agent is {known['verification_state']}",
            "Put the old value back.",
        )


def put(context: Context, number: str, row: Row, state: State, inputs: Inputs) -> State:
    """Puts the agent where it differs from the declaration, and gives the state that it then has.

    Args:
        context: of the operation.
        number: of the agent.
        row: the agent as the API just answered it.
        state: the state so far; empty for an agent that is taken over.
        inputs: the declaration.
    """
    body = update_body(TABLE, row, state, inputs)
    if not _differs(body, row, state) and not _hides_a_change(inputs, row, state):
        return state_of(TABLE, inputs, decoded(TABLE, row), state)
    with _explained(context, number, body, row):
        answer = _put_in_turn(context, number, body, row)
    # Four fields come back in this answer and in no read, so this is the only chance to see them.
    kept = {**state, **decoded(TABLE, answer), UNREAD: False}
    return state_of(TABLE, inputs, _read_back(context, number, inputs), kept)


def _put_in_turn(context: Context, number: str, body: Row, row: Row) -> Row:
    """The answer to an update; one that needs the code of another agent of the run waits until it is free."""
    try:
        return _put(context, number, body)
    except (Throttled, ServerError):
        raise
    except ApiError:
        if body["service_code"] == row.get("service_code") or not comes_free(context, str(body["service_code"])):
            raise
    return _put(context, number, body)


def _put(context: Context, number: str, body: Row) -> Row:
    """The answer to an update; one that was refused for want of the verification is sent once more with it."""
    try:
        return context.api.update_agent(number, body)
    except ApiError as error:
        verification = _missed(context, number, body, error)
        if not verification:
            raise
    return {**context.api.update_agent(number, {**body, **verification}), **verification}


def _missed(context: Context, number: str, body: Row, error: ApiError) -> Row:
    """What an update was refused for want of, where Kaleyra's own call for the verification tells all of it."""
    names = [name for name in _VERIFICATION if re.search(rf"\b{name}\b", error.words) and not body.get(name)]
    if error.label != "MISSING_REQUIRED_FIELDS" or not names:
        return {}
    try:
        told = context.api.get_verification(number)
    except RcsError:
        return {}
    known = {name: told[name] for name in names if told.get(name)}
    return known if len(known) == len(names) else {}


@contextmanager
def _explained(context: Context, number: str, body: Row, row: Row) -> Generator[None]:
    """Where an update is refused, names the agent that has its new service code: the refusal may not even say so."""
    try:
        yield
    except (Throttled, ServerError):
        raise
    except ApiError as error:
        code = str(body["service_code"])
        holder = holder_of(context.api, code) if code != row.get("service_code") else None
        if holder not in (None, number):
            error.message = f"service_code {code} belongs to agent {holder}: {error.message}"
            error.hint = advice(context, code)
        elif isinstance(error, ServiceCodeTaken):
            error.message = f"service_code {code} is taken: {error.message}"
            error.hint = (
                "The list of agents does not show who has it, perhaps a deleted agent: declare another service_code."
            )
        raise


def _differs(body: Mapping[str, Any], row: Row, state: State) -> bool:
    """Whether the body says anything that the agent does not have; what no read returns is held against the state."""
    wanted, live = decoded(TABLE, body), decoded(TABLE, row)
    for each in TABLE.sent:
        known = live.get(each.name, ABSENT) if each.key in row else state.get(each.name, ABSENT)
        if each.name in wanted and not same(each, wanted[each.name], known, live=each.key in row):
            return True
    return False


def _hides_a_change(inputs: Inputs, row: Row, state: State) -> bool:
    """Whether a declared value changed and the answer cannot tell: a phone's country code, a picture's place."""
    live = decoded(TABLE, row)
    for each in TABLE.sent:
        if each.restricted or each.name not in inputs or each.name not in state:
            continue
        declared = inputs[each.name]
        if not same(each, declared, state[each.name]) and not same(each, declared, live.get(each.name, ABSENT)):
            return True
    return False


def _read_back(context: Context, number: str, inputs: Inputs) -> Mapping[str, Any]:
    live = decoded(TABLE, context.api.get_agent(number))
    for pause in _POLLS:
        if not differences(inputs, live) or not context.api.wait(pause):
            break
        live = decoded(TABLE, context.api.get_agent(number))
    if stale := ", ".join(each.name for each in differences(inputs, live)):
        context.say(f"Kaleyra does not show {stale} of agent {number} as it was sent", "warning")
    return live
