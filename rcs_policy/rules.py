"""The rules: what each of them finds wrong with resources under its options, which `catalogue` declares.

No finding holds a value, as a policy pack cannot see which values are secret.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from rcs_provider.core.compare import same
from rcs_provider.core.fields import is_block, is_list
from rcs_provider.core.phone import e164
from rcs_provider.core.settings import DELETION_POLICIES, config_key
from rcs_provider.objects.stack_keys import old_key

from .declared import AGENT, AGENT_FIELDS, TESTER, Declared, matches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rcs_provider.core.fields import Table

    Options = Mapping[str, Any]

_POLICY: Final = config_key("deletionPolicy")
_ADDRESSES: Final = ("link", "picture")
"""Formats of fields that hold the address of something on the web."""


@dataclass(frozen=True)
class Finding:
    """What is wrong.

    Attributes:
        message: one sentence without a full stop.
        urn: of the resource that it is about.
    """

    message: str
    urn: str


def agents_are_kept(agents: Sequence[Declared], options: Options) -> Iterator[Finding]:
    """Finds agents that a later run could delete or replace without being on one of the two lists.

    The engine asks no policy about a delete or a replacement, so what is held to the lists is `protect`, which refuses
    both. It is what counts for the dynamic provider: an option that a program sets wins over the deletion policy. The
    plugin sets no option of the engine's, and refuses both itself under `prevent`.
    """
    for agent in agents:
        forgettable = matches(agent.name, options["retainable"]) and agent.text("deletion_policy") == "retain"
        held = agent.protect or (agent.plugin and agent.text("deletion_policy") == DELETION_POLICIES[0])
        if not (held or forgettable or matches(agent.name, options["deletable"])):
            setting = agent.spelt("deletion_policy")
            yield Finding(f"can be deleted or replaced: set {setting} to prevent, or put its name on a list", agent.urn)


def policies_are_set(agents: Sequence[Declared], options: Options) -> Iterator[Finding]:
    """Finds agents for which nobody decided what deleting means, or whose stack decided what it may not.

    An agent's inputs always hold a policy. Where it is `prevent` and the provider has no setting, it may be the
    default: whether the program wrote it out cannot be seen.
    """
    for agent in agents:
        setting = _policy_of_account(agent)
        if setting is None and agent.text("deletion_policy") == DELETION_POLICIES[0]:
            yield Finding(f"nothing sets {_POLICY} for it", agent.urn)
        if isinstance(setting, str) and setting not in options["policies"]:
            yield Finding(f"{_POLICY} may be: {', '.join(options['policies'])}", agent.urn)


def _policy_of_account(agent: Declared) -> Any:
    """What the agent's provider has for the policy: the stack's setting, or the argument of an explicit one."""
    keys = ("deletionPolicy",) if agent.plugin else (_POLICY, old_key("deletionPolicy"))
    return next((agent.provider[key] for key in keys if key in agent.provider), None)


def addresses_are_https(agents: Sequence[Declared], options: Options) -> Iterator[Finding]:
    """Finds addresses that are not https, in every field that holds one, except at hosts that are listed."""
    for agent in agents:
        for path, address in _addresses(AGENT_FIELDS, agent.properties):
            scheme, host = _scheme_and_host(address)
            if scheme != "https" and not matches(host, options["exceptHosts"]):
                yield Finding(f"{agent.spelt(path)}: must be an https address", agent.urn)


def testers_are_few(resources: Sequence[Declared], options: Options) -> Iterator[Finding]:
    """Finds agents with more testers in this stack than allowed.

    A tester whose agent's number is not known yet counts for the agent that the number comes from; where that cannot
    be told either, it is left out.
    """
    agents = {each.urn: each.text("agent_number") for each in resources if each.kind == AGENT}
    testers: dict[str, list[Declared]] = {}
    for each in resources:
        if each.kind == TESTER:
            testers.setdefault(_agent_of(each, agents), []).append(each)
    testers.pop("", None)
    for agent, found in testers.items():
        if len(found) > options["most"]:
            says = f"{len(found)} testers are declared for one agent, at most {options['most']:g} are allowed"
            yield Finding(says, agent if agent in agents else found[0].urn)


def names_match(agents: Sequence[Declared], options: Options) -> Iterator[Finding]:
    """Finds names and codes that are not, as a whole, what the team's regular expressions say."""
    for agent in agents:
        for name, option in (("display_name", "displayName"), ("service_code", "serviceCode")):
            value, pattern = agent.text(name), options[option]
            if value is not None and pattern and not re.fullmatch(pattern, value):
                yield Finding(f"{agent.spelt(name)}: must match {pattern}", agent.urn)


def values_are_allowed(agents: Sequence[Declared], options: Options) -> Iterator[Finding]:
    """Finds hosting regions and billing categories that are not on the team's lists, in any documented spelling."""
    for agent in agents:
        for name, option in (("hosting_region", "hostingRegions"), ("billing_category", "billingCategories")):
            value, allowed = agent.text(name), options[option]
            if value is not None and allowed and not any(same(AGENT_FIELDS[name], value, each) for each in allowed):
                yield Finding(f"{agent.spelt(name)}: must be one of {', '.join(allowed)}", agent.urn)


def no_test_numbers(testers: Sequence[Declared], options: Options) -> Iterator[Finding]:
    """Finds testers with one of the listed numbers in one of the listed stacks, compared by their E.164 digits."""
    for tester in testers:
        number = tester.text("phoneno")
        if (
            number is not None
            and matches(tester.stack, options["stacks"])
            and matches(e164(number), options["numbers"])
        ):
            yield Finding("phoneno: this number must not be a tester in this stack", tester.urn)


def _addresses(table: Table, values: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """The known addresses in the fields of a table, with their paths."""
    for each in table.inputs:
        value = values.get(each.name)
        if each.format in _ADDRESSES and isinstance(value, str):
            yield f"{path}{each.name}", value
        elif each.fields is not None and is_block(value):
            yield from _addresses(each.fields, value, f"{path}{each.name}.")
        elif each.item is not None and each.item.fields is not None and is_list(value):
            for index, item in enumerate(value):
                if is_block(item):
                    yield from _addresses(each.item.fields, item, f"{path}{each.name}[{index}].")


def _scheme_and_host(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        return parts.scheme.lower(), parts.hostname or ""
    except ValueError:  # no address at all, such as http://[
        return "", ""


def _agent_of(tester: Declared, agents: Mapping[str, str | None]) -> str:
    """What tells the tester's agent from others: its URN where it is in the stack, otherwise its number, or nothing."""
    number = tester.text("agent_no")
    if number is not None:
        return next((urn for urn, each in agents.items() if each == number), number)
    sources = [urn for urn in tester.depends.get("agent_no", ()) if urn in agents]
    return sources[0] if len(sources) == 1 else ""
