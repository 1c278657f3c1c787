"""The page of what a phone shows of an agent, and of its limits."""

from __future__ import annotations

from typing import Final

from rcs_provider.objects.agent.limits import LIMITS, Sure
from rcs_provider.pictures import fetch

from .markdown import page as page_of
from .markdown import table

_HEAD: Final = """\
What a phone shows of an agent is limited by Google's app more than by Kaleyra's API, whose pages say little of it.
Each limit below says who states it. A text that is too long, and a colour with too little contrast, are found by every
preview and by `kaleyra-rcs validate`; pictures and pages by
[`kaleyra-rcs validate --pictures`](../command-line.md#kaleyra-rcs-validate-file), which fetches them.
"""

_SURE: Final = {
    Sure.AGREED: "all of them agree",
    Sure.STATED: "stated there alone",
    Sure.CONTRADICTED: "they contradict each other",
}

_FETCHED: Final = f"""\
A picture of more than {fetch.MOST_BYTES / 1e6:g} MB is not read to its end, and an address that takes more than
{fetch.SECONDS:g} seconds with all its redirects is given up. A kilobyte has 1000 bytes here: where a source means 1024,
the file is on the safe side.
"""


def _field(part: str) -> str:
    """The name of a field, or of each of several, so that a narrow screen can break the line between them."""
    *owners, names = part.split(": ")
    listed = ", ".join(f"`{each}`" for each in names.split(", "))
    return f"{listed} of {_field(owners[0])}" if owners else listed


def page() -> str:
    """The whole page."""
    rows = ((_field(each.part), each.what, each.source, _SURE[each.sure]) for each in LIMITS)
    return page_of(
        "Limits of what a phone shows",
        "rcs_provider/objects/agent/limits.py",
        _HEAD,
        table(("field", "limit", "who says so", "how sure"), rows),
        "## Pictures and pages that are fetched",
        _FETCHED,
    )
