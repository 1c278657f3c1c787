"""What fetches for the options `--pictures` and `--allow-private`, wherever a command has them."""

from __future__ import annotations

from urllib.request import getproxies

from rcs_provider.pictures.fetch import Fetcher

from . import terminal


def fetcher(*, allow_private: bool) -> Fetcher:
    """Fetches directly; where the environment has proxies, a line says that they are not used.

    Raises:
        NotSent: the file of trusted authorities, which a variable names, is of no use.
    """
    if any(getproxies().get(scheme) for scheme in ("http", "https")):
        terminal.say("--pictures connects directly: proxies of the environment are not used", "warning")
    return Fetcher(allow_private=allow_private)
