"""The page of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rcs_provider.core.settings import HOSTS, SETTINGS

from .markdown import block, code, table
from .markdown import page as page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rcs_provider.core.settings import Setting

_HEAD: Final = """\
Settings belong to a stack: `pulumi config set kaleyra:KEY VALUE`, or a variable of the environment, for those that have
one. The api-key is set with `--secret`, which asks for it and stores it encrypted:
"""

_COMMANDS: Final = """
pulumi config set kaleyra:pod in
pulumi config set kaleyra:sid YOUR_SID
pulumi config set --secret kaleyra:apiKey
"""

_RULES: Final = """\
## Which value wins

- `KALEYRA_API_KEY` wins over the configured key.
- Of the others, the environment fills in what the configuration leaves out. Two different values are an error, so that
  a forgotten variable never moves a stack to another account.
- Explicit providers take nothing from the environment and nothing from the stack.

All mistakes in the settings are shown together, in the preview of the first resource, with the command that mends a
missing one. A preview needs `pod` and `sid` only, and makes no call.

An unknown setting, such as `kaleyra:deletionpolicy`, has no effect. Each run with a program warns of it once and names
the nearest setting. `kaleyra-rcs validate` does the same.

The settings once had the namespace `rcs`. Such a key is refused, in the preview as well as by `kaleyra-rcs`, and the
error names the new one: rename `rcs:pod` to `kaleyra:pod` in the stack's file, and so on. A value that is encrypted
stays valid under the new key. `rcs:agents` and `rcs:testers` are not settings and keep their names.

## Which provider serves a stack

`kaleyra:face` says what serves the agents and testers of a Python program: `dynamic`, the default, or `plugin`. It
belongs to the stack, not to an account, and no variable gives it. See [the provider plugin](../how-to/plugin.md).

## Agents and testers as data

`rcs:agents` and `rcs:testers` hold the data that `stack_data.declare()` makes resources of. An empty section holds
none. `declare()` refuses data under a wrong key, such as `agents` without the namespace: its agents would count as
removed. One secret value makes every value of its section a secret
([what a comment shows](../ci.md#what-each-job-does)).

## The account is part of every resource

Pod and SID are stored with each agent and tester. Where the settings name another account, every command refuses, with
both names: an agent cannot move. Two accounts are two stacks, or explicit providers: see
[two accounts](../how-to/pods.md).

## The key

The key is in no resource, log line or error. A configured key is stored encrypted with the stack's configuration and,
by the engine, with the provider in state; the engine's own `-v=9` log shows the configuration that it hands to a
provider. `KALEYRA_API_KEY` keeps the key out of all of these.

Pulumi takes the configuration of the last `up` for `refresh` and `destroy`. After a new key, run `pulumi up` once, or
set `KALEYRA_API_KEY`.

A call that is redirected fails, so the key goes to no other host.

## The network

TLS certificates are checked. A proxy and a CA bundle come from the variables that Python's requests reads:
`HTTPS_PROXY`, `NO_PROXY`, `REQUESTS_CA_BUNDLE`, `CURL_CA_BUNDLE`. `SSL_CERT_FILE` and `.netrc` are not read. A SOCKS
proxy needs a library: `pip install 'requests[socks]'`.

Where a proxy is set, `NO_PROXY` and `no_proxy` have to hold `127.0.0.1` and `localhost`: Pulumi's own processes talk to
each other there. `kaleyra-rcs doctor` checks that.

What cannot succeed is not repeated, and its line names the reason: a certificate that is refused, a CA bundle that is
missing or holds none, TLS that is not agreed, a proxy that cannot be used.

Reads are repeated after a lost or late answer, a refused connection, 429 and 5xx; writes only after a refused
connection or a 429, and an invitation never. `kaleyra:maxRetries` set to 0 switches that off. Waits grow, with chance
in them, and a `Retry-After` can only make them longer; the resource's row shows a wait while it lasts. One operation on
one resource ends after `operationTimeout`, or after the resource's own `custom_timeouts`. All resources of a run share
`requestsPerSecond`.

In an outage all calls of a run share their tries: once these are used up on a host that cannot be reached, every
further call tries once, until one comes through. An answer that is not Kaleyra's, such as a login page under HTTP 200,
is not asked for again.

## Explicit providers

Further accounts in one program are explicit providers. Their arguments are the settings, spelt as Python spells them:
"""

_EXPLICIT: Final = """
from pulumi import Config, ResourceOptions

from rcs_provider import Provider, RcsTester

na = Provider("na", pod="na", sid="YOUR_NA_SID", api_key=Config().require_secret("naKey"))
RcsTester("pilot-na", agent_no="71732", phoneno="+1 201 555 0123", opts=ResourceOptions(provider=na))
"""


def page() -> str:
    """The whole page."""
    return page_of(
        "Configuration",
        "rcs_provider/core/settings.py",
        _HEAD,
        block("sh", _COMMANDS),
        "## Settings",
        table(("setting", "meaning", "default", "a value", "environment"), map(_row, SETTINGS)),
        "## Pods",
        table(("pod", "calls go to"), ((f"`{pod}`", f"`{host}`") for pod, host in HOSTS.items())),
        _RULES,
        block("python", _EXPLICIT),
        table(("setting", "argument of `Provider`"), ((code(each.key), code(each.name)) for each in SETTINGS)),
    )


def _row(setting: Setting) -> tuple[str, str, str, str, str]:
    meaning = setting.doc + (f" In {setting.unit}." if setting.unit else "") + (" Secret." if setting.secret else "")
    needed = "needed" if setting.account else "needed for calls" if setting.secret else ""
    default = needed if setting.default is None else f"`{_spelt(setting.default)}`"
    return f"`{setting.key}`", meaning, default, "; ".join(_rules(setting)), code(setting.env) if setting.env else ""


def _spelt(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value).lower()


_PROBES: Final = ("\n", "http://www.example.com")
"""Texts that are no value of any setting, or of an address only: what the setting says of them is its rule."""


def _rules(setting: Setting) -> Iterator[str]:
    for probe in _PROBES[: 1 + (setting.key == "endpoint")]:
        try:
            setting.parse(probe)
        except ValueError as error:
            yield str(error)
