"""What the doctor looks at: this machine, the settings, the way to the API, and the account."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, replace
from enum import Enum
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from rcs_provider._version import __version__
from rcs_provider.api.envelope import CHECK_WAY, NO_ACCOUNT, NO_CHANNEL
from rcs_provider.core.errors import ApiError, ConfigError, TransportError
from rcs_provider.core.parse import LOOPBACK
from rcs_provider.core.settings import API_KEY, FACE, SETTINGS
from rcs_provider.objects import stack_keys
from rcs_provider.objects.agent.life import AGENT

from . import pulumi_cli as cli
from . import terminal
from .options import client_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rcs_provider.core.settings import Setting, Settings

    from .options import Account

Version = tuple[int, ...]

_OLDEST_PYTHON: Final = (3, 10)
_OLDEST_CLI: Final = (3, 254)
"""The first CLI that reads import files for these resources."""
_HOST_LAG: Final = 20
"""Minor versions that a release names its own SDK late by, with room to spare."""
_NOT_LET_IN: Final = (401, 403)
_GRPC_PROXIES: Final = ("grpc_proxy", "https_proxy", "http_proxy")
"""Variables of a proxy that Pulumi's own processes obey between each other; in small letters only."""
_PROXIES: Final = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "all_proxy")


class Verdict(str, Enum):
    """How a check came out; the value is the word for it in JSON."""

    OK = "ok"
    PROBLEM = "problem"
    WARNING = "warning"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Check:
    """One check.

    Attributes:
        name: what was looked at.
        verdict: how it came out.
        text: what was found.
        todo: what to do about it, or nothing.
    """

    name: str
    verdict: Verdict
    text: str
    todo: str = ""


def machine() -> Iterator[Check]:
    """Python, the CLI, and whether the SDK fits the CLI; needs no settings."""
    yield python(sys.version_info[:3])
    try:
        found = _version(cli.ask("version"))
    except cli.PulumiError as error:
        yield Check("pulumi", Verdict.PROBLEM, str(error), "Install the Pulumi CLI, or put its folder on PATH.")
        return
    yield pulumi(found)
    yield from host(found, cli.language_host())
    yield sdk(found)
    yield from loopback()


def python(found: Version) -> Check:
    """Whether this Python is one that the package runs in."""
    if found < _OLDEST_PYTHON:
        return Check("python", Verdict.PROBLEM, _spelt(found), f"Use Python {_spelt(_OLDEST_PYTHON)} or newer.")
    return Check("python", Verdict.OK, f"{_spelt(found)}, with kaleyra-rcs {__version__}")


def pulumi(found: Version) -> Check:
    """Whether the CLI can do all that the documentation tells of."""
    if not found:
        return Check("pulumi", Verdict.PROBLEM, "the CLI does not tell its version", "Install the Pulumi CLI anew.")
    if found < _OLDEST_CLI:
        oldest = _spelt(_OLDEST_CLI)
        return Check(
            "pulumi", Verdict.WARNING, _spelt(found), f"Import files need {oldest}: install it or a newer one."
        )
    return Check("pulumi", Verdict.OK, _spelt(found))


def host(cli_version: Version, found: Version) -> Iterator[Check]:
    """A warning where the CLI's language host for Python is of an older release than the CLI itself."""
    if found and (found[:1] != cli_version[:1] or found[1] + _HOST_LAG < cli_version[1]):
        text = f"of {_spelt(found)}, older than the CLI: it may ignore runtime.options in Pulumi.yaml"
        yield Check("language-host", Verdict.WARNING, text, "For an account, install a release of Pulumi.")


def sdk(cli_version: Version) -> Check:
    """Whether the SDK beside this package and the CLI are of one age: an SDK may ask for what an older CLI lacks."""
    try:
        found = _version(version("pulumi"))
    except PackageNotFoundError:
        return Check("sdk", Verdict.PROBLEM, "the Python package pulumi is missing", "Run `pulumi install`.")
    text = f"{_spelt(found)}, for the CLI's {_spelt(cli_version)}"
    if found[:1] != cli_version[:1]:
        return Check("sdk", Verdict.PROBLEM, text, "Bring both to the same major version.")
    if found[:2] > cli_version[:2]:
        return Check("sdk", Verdict.WARNING, text, "Bring the CLI to the SDK's version.")
    return Check("sdk", Verdict.OK, text)


def _version(text: str) -> Version:
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", text)
    return tuple(int(each) for each in found.groups()) if found else ()


def _spelt(found: Version) -> str:
    return ".".join(str(each) for each in found)


def settings(account: Account) -> Iterator[Check]:
    """The stack, where each setting comes from, and all that is wrong with them."""
    stack = account.stack
    if stack.trouble and not cli.is_there():  # which is a line of its own
        yield Check("stack", Verdict.SKIPPED, f"{stack.name} cannot be read without pulumi")
    elif stack.trouble:
        yield Check("stack", Verdict.PROBLEM, stack.trouble, stack.todo)
    elif stack.name:
        yield Check("stack", Verdict.OK, f"{stack.name} is read, and the environment")
    else:
        yield Check("stack", Verdict.SKIPPED, "no stack is selected here: settings come from the environment only")
    yield from _face(stack.values.get(FACE.config_key))
    unknown = {each.key for each in account.unknown}
    problems = [each for each in account.settings.problems if each.setting not in unknown]
    if unknown:
        names = ", ".join(each.config_key for each in account.unknown)
        yield Check("settings", Verdict.SKIPPED, f"not known before the stack can be read: {names}")
    if account.renamed:
        yield Check("settings", Verdict.PROBLEM, stack_keys.renaming(account.renamed))
    renamed = {each.key for each in account.renamed}
    wrong = {each.setting for each in problems}
    for each in SETTINGS:
        if account.source(each) and each.key not in wrong:
            yield Check(each.config_key, Verdict.OK, f"{_value(account.settings, each)}, from {account.source(each)}")
    yield from (Check("settings", Verdict.PROBLEM, each.reason) for each in problems if each.setting not in renamed)
    if API_KEY.key not in renamed | unknown:
        yield from _key(account.settings)


def _face(given: str | None) -> Iterator[Check]:
    if not given:
        return
    try:
        FACE.parse(given)
    except ValueError as error:
        yield Check(FACE.config_key, Verdict.PROBLEM, str(error), f"Run `{FACE.command} {FACE.default}`.")
    else:
        yield Check(FACE.config_key, Verdict.OK, f"{given}, from the stack")


def _value(found: Settings, setting: Setting) -> str:
    return "set" if setting.secret else terminal.shown(getattr(found, setting.name))


def _key(found: Settings) -> Iterator[Check]:
    if any(each.setting == API_KEY.key for each in found.problems):
        return
    try:
        _ = found.key
    except ConfigError as error:
        yield Check(API_KEY.config_key, Verdict.PROBLEM, error.message, error.hint)


def way(origin: str) -> Check:
    """The proxy that calls go through, as the HTTP library takes it from the environment."""
    from rcs_provider.api.transport import proxy_for  # noqa: PLC0415 - with the HTTP library

    proxy, host = proxy_for(origin), urlsplit(origin).hostname or ""
    if proxy is None:
        return Check("proxy", Verdict.OK, f"none for {origin}")
    if host in LOOPBACK:
        return Check("proxy", Verdict.PROBLEM, f"{origin} would be asked by way of {proxy}", f"Add {host} to NO_PROXY.")
    return Check("proxy", Verdict.OK, f"{proxy} for {origin}, as HTTPS_PROXY and NO_PROXY say")


def loopback() -> Iterator[Check]:
    """Whether Pulumi's own processes reach each other on loopback where a proxy is set; nothing where none is."""
    from rcs_provider.api.transport import is_excepted  # noqa: PLC0415 - with the HTTP library

    host, (small, large) = "127.0.0.1", (os.environ.get(each, "") for each in ("no_proxy", "NO_PROXY"))
    todo = f"Add {host} and localhost to NO_PROXY and to no_proxy, which holds the same."
    obeyed = next((each for each in _GRPC_PROXIES if os.environ.get(each)), None)
    other = next((each for each in _PROXIES if os.environ.get(each)), None)
    if obeyed and not (small and is_excepted(host, small)):
        text = f"{obeyed} is set, and no_proxy does not except {host}: Pulumi's own processes do not reach each other"
        yield Check("loopback", Verdict.PROBLEM, text, todo)
    elif other and not is_excepted(host, small or large):
        text = f"{other} is set, and NO_PROXY does not except {host}, where Pulumi's own processes talk to each other"
        yield Check("loopback", Verdict.WARNING, text, todo)


def service(found: Settings) -> Iterator[Check]:
    """One harmless call, the list of agents: whether it arrives and is let in."""
    # Told at once rather than after repeats.
    api = client_of(replace(found, max_retries=0)).api(terminal.say)
    try:
        outcome: int | ApiError = len(AGENT.rows(api))
    except TransportError as error:
        yield Check("reach", Verdict.PROBLEM, error.message, error.hint or CHECK_WAY)
        return
    except ApiError as error:
        outcome = error
    yield Check("reach", Verdict.OK, f"{found.origin} answers")
    yield from _account(outcome)


def _account(outcome: int | ApiError) -> Iterator[Check]:
    if not isinstance(outcome, ApiError):
        yield Check("account", Verdict.OK, f"key and SID are accepted; agents, deleted ones included: {outcome}")
        yield Check("channel", Verdict.OK, "RCS is enabled")
    elif outcome.code == NO_CHANNEL:
        yield Check("account", Verdict.OK, "key and SID are accepted")
        yield Check("channel", Verdict.PROBLEM, outcome.message, outcome.hint)
    elif outcome.code in NO_ACCOUNT or outcome.status in _NOT_LET_IN:
        yield Check("account", Verdict.PROBLEM, outcome.message, outcome.hint)
        yield Check("channel", Verdict.SKIPPED, "not known before key and SID are accepted")
    else:
        yield Check("account", Verdict.PROBLEM, f"agents cannot be listed: {outcome.message}", outcome.hint)
