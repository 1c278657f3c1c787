"""What an agent's table cannot say: rules over several fields, and what a verification locks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.contrast import ENOUGH, WHITE, contrast, is_colour
from rcs_provider.core.errors import Problem
from rcs_provider.core.fields import UNKNOWN, is_block, is_list

from .fields import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rcs_provider.core.codec import State
    from rcs_provider.core.kind import Inputs
    from rcs_provider.core.settings import Settings


def contact_is_given(inputs: Inputs) -> Iterator[Problem]:
    """At least one phone or e-mail, as the create page's validation rules demand."""
    contacts = (inputs.get("phones"), inputs.get("emails"))
    if UNKNOWN not in contacts and not any(contacts):
        yield Problem("phones", "at least one phone or e-mail is required", others=("emails",))


def initial_status_lives(inputs: Inputs) -> Iterator[Problem]:
    """The create page lists DELETED as well, but no later run would find such an agent."""
    status = inputs.get("initial_status")
    if isinstance(status, str) and status.strip().upper() == "DELETED":
        yield Problem("initial_status", "must not be DELETED: a deleted agent counts as gone")


def https_test_page(settings: Settings, inputs: Inputs) -> Iterator[Problem]:
    """The create page asks for https://www, and breaks that in its own sample."""
    del settings
    address = inputs.get("agent_test_url")
    if isinstance(address, str) and not address.startswith("https://www"):
        yield Problem("agent_test_url", "does not begin with https://www, as Kaleyra documents")


def color_is_dark_enough(settings: Settings, inputs: Inputs) -> Iterator[Problem]:
    """White text is shown on the colour; Kaleyra takes one that is too light, and Google may not."""
    del settings
    color = inputs.get("color")
    if isinstance(color, str) and is_colour(color) and (found := contrast(color, WHITE)) < ENOUGH:
        yield Problem("color", f"has a contrast of {found:.1f} to white, and Google asks for {ENOUGH}")


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
            names[0],
            f"still an example's (example.com, brand {_EXAMPLE_BRAND}). Without an endpoint, this is a real account: "
            "put in your own values before `pulumi up`",
            others=tuple(names[1:]),
        )


def _is_examples(text: str) -> bool:
    return _NOBODYS.search(text) is not None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_block(value) or is_list(value):
        for each in value.values() if is_block(value) else value:
            yield from _texts(each)


def verification_of(state: State) -> str:
    """The state of the verification, once an answer has said that it is past its beginnings; absence says nothing."""
    told = str(state.get("verification_state", ""))
    return "" if told.upper().endswith(("UNVERIFIED", "UNSPECIFIED")) else told


def unread_codes(known: Mapping[str, Any]) -> list[str]:
    """The country codes of phones, where neither an answer nor the program tells them."""
    phones = known.get("phones")
    bare = [each for each in (phones if is_list(phones) else ()) if is_block(each) and _lacks_code(each)]
    return ["phones[].country_code"] if bare else []


def _lacks_code(phone: Mapping[str, Any]) -> bool:
    whole = phone.get("country_code") or phone.get("is_toll_free") or str(phone.get("number")).startswith("+")
    return not whole
