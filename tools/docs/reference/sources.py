"""The vendor's pages that fields and calls are documented on."""

from __future__ import annotations

from typing import Final

_ROOT: Final = "https://developers.kaleyra.io/docs/"

_SLUGS: Final = {
    "Create an Agent": "rcs-create-an-agent",
    "Update an Agent": "rcs-update-an-agent",
    "Get Agent by Agent Number": "rcs-get-agent-by-agent-number",
    "Register Tester": "rcs-register-tester",
    "Get Tester By Agent": "rcs-get-tester-by-agent",
}
"""Last part of the address of each page that a field names."""

OURS: Final = "kaleyra-rcs"
"""What a field names that no page of the vendor's knows."""


def link(title: str) -> str:
    """The page as a link; what has no page is shown by its name."""
    return f"[{title}]({_ROOT}{_SLUGS[title]})" if title in _SLUGS else title
