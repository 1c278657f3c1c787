"""The settings of a provider, as the engine hands them to a plugin: checked on the provider's own row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.fields import UNKNOWN
from rcs_provider.core.settings import API_KEY, EXPLICIT, FACE, SETTINGS, config_key, load_settings, spelt
from rcs_provider.core.validation import unknown_name

from . import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rcs_provider.core.settings import Settings

_KEYS: Final = tuple(each.key for each in SETTINGS)
_OTHERS: Final = ("version", "pluginDownloadURL", FACE.key)
"""Keys that are no settings of an account: the engine's own, and the one by which a Python program chooses its face."""
SECRETS: Final = (API_KEY.key,)
"""What a provider keeps secret, whoever gave it."""


def is_explicit(urn: str) -> bool:
    """Whether a program made the provider, rather than the engine from the stack's configuration, or `pulumi do`.

    The command gives a provider of its own no name.
    """
    name = urn.rpartition("::")[2]
    return name not in ("", "default") and not name.startswith("default_")


def settings_of(urn: str, given: Mapping[str, Any], environ: Mapping[str, str]) -> Settings:
    """The settings of a provider.

    Args:
        urn: of the provider.
        given: its properties; one that is not known yet counts as not given.
        environ: the environment, from which an explicit provider takes nothing.
    """
    texts = {name: spelt(value) for name, value in given.items() if name in _KEYS and value is not UNKNOWN}
    return load_settings({**texts, **({EXPLICIT: "true"} if is_explicit(urn) else {})}.get, environ)


def wrong(urn: str, given: Mapping[str, Any], environ: Mapping[str, str]) -> Iterator[str]:
    """All that is wrong with a provider's properties, without their values."""
    for name in given:
        if name not in (*_KEYS, *_OTHERS) and not name.startswith("__"):
            shown = name if is_explicit(urn) else config_key(name)
            yield f"{shown}: {unknown_name(name, _KEYS, 'setting')}"
    for each in settings_of(urn, given, environ).problems:
        if given.get(each.setting) is not UNKNOWN:
            yield names.spoken(each.reason)
