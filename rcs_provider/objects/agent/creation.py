"""Making an agent: at most one POST that may be carried out, and nothing that may lose the number once it is known."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rcs_provider.core.codec import TAKEN_OVER, UNREAD, create_body, decoded, state_of
from rcs_provider.core.errors import RcsError, Refusal, ServerError, ServiceCodeTaken, Unclear
from rcs_provider.core.kind import Live, trying

from .fields import TABLE
from .lookup import agent_with, await_made, differences, fetch, holder_of, known_before, number_of, read_back
from .rules import unread
from .update import put

if TYPE_CHECKING:
    from collections.abc import Generator

    from rcs_provider.api.client import Row
    from rcs_provider.core.codec import State
    from rcs_provider.core.fields import Field
    from rcs_provider.core.kind import Context, Inputs


_AGAIN: Final = "Run `pulumi up` again: it looks for the service code first, and takes the agent over if it is there."


def create(context: Context, inputs: Inputs) -> Live:
    """Takes over the live agent with the service code, where there is one, or makes it."""
    code = inputs["service_code"]
    with trying(f"create the agent with service_code {code}"):
        with context.api.client.agents.changing():
            number = known_before(context.api, code)
            posted = _post(context, inputs) if number is None else {}
        return _made(context, inputs, posted) if number is None else _taken_over(context, inputs, number)


def _made(context: Context, inputs: Inputs, posted: Row | RcsError) -> Live:
    live = _finished(context, inputs, _number(context, inputs, posted))
    context.api.client.run.made.add(live.id)
    context.api.client.run.note(agent_with(live.id), context.urn)
    return live


def _post(context: Context, inputs: Inputs) -> Row | RcsError:
    """The answer, or the failure after which the list has to be looked at."""
    try:
        return context.api.create_agent(create_body(TABLE, inputs))
    except (ServiceCodeTaken, Unclear, ServerError) as error:
        return error


def _number(context: Context, inputs: Inputs, posted: Row | RcsError) -> str:
    if isinstance(posted, ServiceCodeTaken):
        raise _taken(context, inputs, posted)
    if isinstance(posted, RcsError):
        return _settled(context, inputs, posted)
    return number_of(posted) or _number_in_list(context, inputs)


def _number_in_list(context: Context, inputs: Inputs) -> str:
    said = "Kaleyra says that the agent was made, and its answer holds no number"
    with _made_or_not(said):
        number = await_made(context.api, inputs["service_code"])
    if number is None:
        raise Unclear(f"{said}; it has not shown up in the list of agents", _AGAIN)
    return number


def _settled(context: Context, inputs: Inputs, error: RcsError) -> str:
    """The number of the agent that a POST without a clear answer made, if it did."""
    context.say(f"{error.message}: looking whether the agent was made", "warning")
    with _made_or_not(f"{error.message}, so the agent may have been made"):
        number = await_made(context.api, inputs["service_code"])
        differing = [] if number is None else differences(inputs, decoded(TABLE, read_back(context.api, number)))
    if number is None:
        raise Unclear(f"{error.message}, and no agent with that service code has shown up since", _AGAIN)
    if differing:
        raise Unclear(
            f"{error.message}; agent {number} has that service code now, but differs in "
            f"{_names(differing)}, so it may not be this one",
            "Compare the two, then set on_existing.",
        )
    return number


@contextmanager
def _made_or_not(so_far: str) -> Generator[None]:
    """Where looking for a new agent fails, says what is known so far, and what to do."""
    try:
        yield
    except Refusal:  # says already what was found
        raise
    except RcsError as error:
        raise Unclear(f"{so_far}; looking for it failed: {error}", _AGAIN) from None


def _taken(context: Context, inputs: Inputs, error: ServiceCodeTaken) -> RcsError:
    """The refusal of a create, naming the agent that has the code if that can be found out."""
    number = holder_of(context.api, inputs["service_code"])
    owner = f"agent {number}" if number else "an agent that the list does not show, perhaps a deleted one"
    error.hint = (
        f"It belongs to {owner}: declare another service_code, or run `pulumi up` again to take the agent over."
    )
    return error


def _finished(context: Context, inputs: Inputs, number: str) -> Live:
    live = _seen(context, inputs, number)
    if live.state.get("service_code") == inputs["service_code"]:
        return live
    # No page documents a number in the answer to a create, so nothing vouches for the one that was there.
    return _seen(context, inputs, _number_in_list(context, inputs))


def _seen(context: Context, inputs: Inputs, number: str) -> Live:
    try:
        live = decoded(TABLE, read_back(context.api, number))
    except Exception as error:  # noqa: BLE001 - whatever this is, the agent exists, and its number must not be lost
        told = str(error).rstrip(".")
        why = f"agent {number} was made, but could not be read back: {told}. The next `pulumi up` finishes it"
        return Live(number, state_of(TABLE, inputs, {"agent_number": number}, {}), (why,))
    return Live(number, state_of(TABLE, inputs, live, {}))


def _taken_over(context: Context, inputs: Inputs, number: str) -> Live:
    row = fetch(context.api, number)
    if row is None or row.get("service_code", inputs["service_code"]) != inputs["service_code"]:
        # The list was of before: the agent went away since, or gave the code up.
        return _made(context, inputs, _post(context, inputs))
    _refuse_owned(context, inputs, number)
    live = decoded(TABLE, row)
    differing = differences(inputs, live)
    _refuse_different(context, inputs, number, differing)
    context.api.client.run.note(agent_with(number), context.urn)
    context.api.client.run.made.add(number)
    # Nobody can tell an agent of a killed run from one that another stack manages.
    told = "on_existing" in inputs
    mark: State = {UNREAD: True} if told else {UNREAD: True, TAKEN_OVER: True}
    context.say(_taking_over(number, differing, told=told), "warning")
    if names := ", ".join(unread(live, inputs)):
        context.say(f"no answer shows its {names}, so an update may reset them: declare those that it has", "warning")
    if not differing:
        return Live(number, state_of(TABLE, inputs, live, mark))
    return Live(number, put(context, number, row, mark, inputs))


def _taking_over(number: str, differing: list[Field], *, told: bool) -> str:
    equal = "which has this service code and equals the declaration"
    line = (
        f"takes over agent {number} and changes its {_names(differing)}"
        if differing
        else f"takes over agent {number}, {equal}"
    )
    if told:
        return line
    return (
        f"{line}: it may be of a run that was stopped, or another stack may manage it. If another resource or stack "
        "does, forget it there by `pulumi state delete`: destroying it there (or a targeted destroy of its old name "
        "here) deletes the agent. Here only a deletion_policy on this resource itself deletes it"
    )


def _refuse_owned(context: Context, inputs: Inputs, number: str) -> None:
    if owners := context.api.client.run.others(agent_with(number), context.urn):
        raise Refusal(
            f"agent {number} with service_code {inputs['service_code']} is managed by {owners[0]} already",
            f"Declare it once, or give {context.urn or 'this resource'} another service_code.",
        )


def _refuse_different(context: Context, inputs: Inputs, number: str, differing: list[Field]) -> None:
    policy = inputs.get("on_existing", context.settings.on_existing)
    held = f"agent {number} has this service code already"
    if policy == "error":
        raise Refusal(f'{held}, and on_existing is "error"', "Declare another service_code, or set on_existing.")
    restricted = [each for each in differing if each.restricted]
    if restricted:
        raise Refusal(
            f"{held} and differs in {_names(restricted)}, which no update can change",
            "Declare the values that it has, or another service_code.",
        )
    if differing and policy == "adopt_identical":
        raise Refusal(
            f"{held} and differs in {_names(differing)}",
            'Declare the values that it has, set on_existing to "adopt" to change them, or use another service_code.',
        )


def _names(fields: list[Field]) -> str:
    return ", ".join(each.name for each in fields)
