"""What an agent's table cannot say: rules over several fields, and what a plan means to whoever reads the preview."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.codec import OWN_POLICY, TAKEN_OVER, UNREAD, inputs_of
from rcs_provider.core.diff import contains_unknown
from rcs_provider.core.errors import Problem, Refusal
from rcs_provider.core.fields import UNKNOWN, Role, is_block, is_list

from .fields import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rcs_provider.core.codec import State
    from rcs_provider.core.diff import Plan
    from rcs_provider.core.kind import Inputs
    from rcs_provider.core.settings import Settings


def contact_is_given(inputs: Inputs) -> Iterator[Problem]:
    """At least one phone or e-mail, as the create page's validation rules demand."""
    contacts = (inputs.get("phones"), inputs.get("emails"))
    if UNKNOWN not in contacts and not any(contacts):
        yield Problem("phones, emails", "at least one phone or e-mail is required")


def initial_status_lives(inputs: Inputs) -> Iterator[Problem]:
    """The create page lists DELETED as well, but no later run would find such an agent."""
    status = inputs.get("initial_status")
    if isinstance(status, str) and status.strip().upper() == "DELETED":
        yield Problem("initial_status", "must not be DELETED: a deleted agent counts as gone")


def test_page_is_https(inputs: Inputs) -> Iterator[Problem]:
    """The create page asks for https://www, and breaks that in its own sample."""
    address = inputs.get("agent_test_url")
    if isinstance(address, str) and not address.startswith("https://www"):
        yield Problem("agent_test_url", "does not begin with https://www, as Kaleyra documents")


_CONTRAST: Final = 4.5
"""Contrast to white that Google's guide for agents asks for, as WCAG 2 counts it."""


def color_is_dark_enough(inputs: Inputs) -> Iterator[Problem]:
    """White text is shown on the colour; Kaleyra takes one that is too light, and Google may not."""
    color = inputs.get("color")
    if isinstance(color, str) and re.fullmatch("#[0-9A-Fa-f]{6}", color):
        contrast = 1.05 / (_luminance(color) + 0.05)
        if contrast < _CONTRAST:
            yield Problem("color", f"has a contrast of {contrast:.1f} to white, and Google asks for {_CONTRAST}")


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return ((part + 0.055) / 1.055) ** 2.4 if part > 0.04045 else part / 12.92  # noqa: PLR2004 - sRGB's definition


_NOBODYS: Final = re.compile(
    r"(?:://|@)(?:[^/?#@]+\.)?(?:example\.(?:com|net|org)|example|invalid|test)(?:[:/?#]|$)", re.IGNORECASE
)
"""An address below a name that is reserved for examples (RFC 2606)."""
_EXAMPLE_BRAND: Final = "10001"


def example_stays_at_home(settings: Settings, inputs: Inputs) -> Iterator[Problem]:
    """The documentation's example is for a simulator; at Kaleyra it would be an agent that nobody asked for."""
    if settings.endpoint is not None:
        return
    names = [each.name for each in TABLE.inputs if any(map(_is_examples, _texts(inputs.get(each.name))))]
    brand = inputs.get("brand_details")
    if is_block(brand) and brand.get("brand_no") == _EXAMPLE_BRAND:
        names.append("brand_details")
    if names:
        yield Problem(
            ", ".join(names),
            f"still an example's (example.com, brand {_EXAMPLE_BRAND}). Without an endpoint, this is a real account: "
            "put in your own values before `pulumi up`",
        )


def _is_examples(text: str) -> bool:
    return _NOBODYS.search(text) is not None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_block(value) or is_list(value):
        for each in value.values() if is_block(value) else value:
            yield from _texts(each)


def notes(state: State, plan: Plan, inputs: Inputs) -> Iterator[str]:
    """What the preview says beside the engine's own lines."""
    if plan.replaces:
        yield f"{_list(plan.replaces)} cannot change in place: {_fate(state)}"
    for field in plan.drifted:
        yield drift_line(field.name, state, inputs)
    if inputs.get(OWN_POLICY) is False and state.get(TAKEN_OVER) and inputs.get("deletion_policy") == "delete":
        yield (
            f"this stack took over agent {state.get('agent_number')}, and another stack may manage it: only a "
            "deletion_policy on this resource itself deletes it"
        )
    if state.get(UNREAD) and plan.calls and not plan.replaces and (names := unread(state, inputs)):
        yield (
            f"the first update of agent {state.get('agent_number')} since it was taken over may reset "
            f"{', '.join(names)}, which no answer shows: declare those that it has"
        )
    for change in plan.changes:
        if change.field.name == "service_code" and not plan.replaces:
            yield "service_code changes in place: messages name it as their sender, so change it there too"
        if change.field.initial and not plan.replaces:
            yield f"{change.field.name} is sent with a create only: the change is kept in state and makes no call"
        if change.call and change.field.name not in inputs and not change.field.empty_on_removal:
            yield f"{change.field.name} is no longer managed: Kaleyra keeps its value"


def unread(state: State, inputs: Inputs) -> list[str]:
    """What an agent that was made elsewhere may have, and that neither an answer nor the program tells."""
    known = {**state, **inputs}
    phones = known.get("phones")
    bare = [each for each in (phones if is_list(phones) else ()) if is_block(each) and _lacks_code(each)]
    return [
        *(each.name for each in TABLE.sent if not each.returned and each.name not in known),
        *(["phones[].country_code"] if bare else []),
    ]


def _lacks_code(phone: Inputs) -> bool:
    whole = phone.get("country_code") or phone.get("is_toll_free") or str(phone.get("number")).startswith("+")
    return not whole


def _fate(state: State) -> str:
    number, policy = state.get("agent_number"), policy_of(state)
    if policy == "prevent":
        return (
            f'agent {number} is protected by deletion_policy "prevent". '
            'Set "delete" or "retain", run `pulumi up`, and only then change it'
        )
    fate = "stays at Kaleyra, unmanaged" if policy == "retain" else "is deleted"
    return (
        f"agent {number} {fate}, and a new one is made: verification, launch and the testers' invitations start again"
    )


def drift_line(name: str, live: State, inputs: Inputs) -> str:
    """What to say of a restricted field that was changed behind the back."""
    return (
        f"{name} is {_shown(live.get(name))} at Kaleyra, the program says {_shown(inputs.get(name))}, "
        "and no update can change it: change the program, or make the agent anew with `pulumi up --replace URN`"
    )


def refuse(state: State, plan: Plan, inputs: Inputs) -> None:
    """Raises Refusal for what the state already knows cannot work."""
    changed = [each.field for each in plan.changes]
    frozen = [each.name for each in changed if each.freezes and not contains_unknown(inputs.get(each.name))]
    if frozen and not plan.replaces and is_verified(state):
        raise Refusal(
            f"{_list(frozen)} cannot change any more: the agent is {state['verification_state']}",
            "Put the old value back.",
        )
    late = [each.name for each in changed if each.role is Role.IMMUTABLE and each.name not in inputs_of(TABLE, state)]
    if late and not plan.replaces and not state.get(UNREAD):
        raise Refusal(
            f"{_list(late)} cannot change after creation, as no update of the API names it",
            "Leave it out, or make the agent anew with `pulumi up --replace URN`.",
        )
    if plan.replaces and policy_of(state) == "delete" and is_verified(state):
        raise Refusal(
            f"{_list(plan.replaces)} needs a new agent, and agent {state.get('agent_number')} is "
            f"{state['verification_state']}: deleting it cannot be undone",
            "Put the old value back, or say it outright: `pulumi up --replace URN`.",
        )
    if plan.replaces and policy_of(state) == "delete" and state.get(TAKEN_OVER):
        raise Refusal(
            f"{_list(plan.replaces)} needs a new agent, and agent {state.get('agent_number')}, which this stack took "
            "over without being told to, is not deleted by the policy of the stack or the provider",
            'Put the old value back, or set deletion_policy="delete" on this resource itself, run `pulumi up`, and '
            "only then change it.",
        )
    if plan.replaces and policy_of(state) == "retain" and not any(each.name == "service_code" for each in changed):
        raise Refusal(
            f'{_list(plan.replaces)} needs a new agent, but under deletion_policy "retain" the old one keeps '
            f"service_code {inputs.get('service_code')}",
            "Declare another service_code as well.",
        )


def is_verified(state: State) -> bool:
    """Whether an answer has said that the verification is past its beginnings; absence says nothing."""
    verification = str(state.get("verification_state", "")).upper()
    return bool(verification) and not verification.endswith(("UNVERIFIED", "UNSPECIFIED"))


def policy_of(state: State) -> str:
    """The deletion policy that the engine's options were last set from."""
    return str(inputs_of(TABLE, state).get("deletion_policy", "prevent"))


def _list(names: list[str]) -> str:
    return " and ".join(names)


def _shown(value: Any) -> str:
    if is_block(value):
        return ", ".join(f"{name} {_shown(each)}" for name, each in sorted(value.items()))
    return str(value)
