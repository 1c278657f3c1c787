"""The pictures that `kaleyra-rcs look` puts into its page, from their addresses or from a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.pictures.answer import shown
from rcs_provider.pictures.embed import embedded
from rcs_provider.pictures.findings import declared

from . import terminal
from .fetching import fetcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def pictures_of(
    agents: Iterable[Mapping[str, Any]], *, fetches: bool, allow_private: bool, folder: Path | None
) -> dict[str, str]:
    """The logos and banners of agents as data URIs, by address; a warning says which has none, and why.

    Args:
        agents: inputs of each, by our names.
        fetches: whether what the folder does not hold is fetched.
        allow_private: whether hosts may be fetched from that are not on the public internet.
        folder: holds files named like the last part of an address's path; None holds none.

    Raises:
        NotSent: the file of trusted authorities, which a variable names, is of no use.
    """
    addresses = [each.address for inputs in agents for each in declared(TABLE, inputs) if each.is_picture]
    found, left = embedded(addresses, fetcher(allow_private=allow_private) if fetches else None, folder)
    for address, reason in left:
        terminal.say(f"{shown(address)}: {reason}", "warning")
    return found
