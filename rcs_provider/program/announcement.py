"""What a program tells the providers of its run about the agents that it declares.

The engine asks no provider about a resource that a run does not target: only the program knows that it is declared.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

import pulumi

from rcs_provider.core.errors import Refusal
from rcs_provider.core.run import SOMEWHERE, Record, Run, named
from rcs_provider.core.settings import NAMESPACE, Settings, load_settings
from rcs_provider.dynamic.sdk_gaps import engine_of_program

from .provider import Provider, provider_in_force

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_RECORDS: Final = 16
"""Runs of one process at the same time, which only the Automation API has; an older one's record is opened again."""


def announce(
    resource: pulumi.CustomResource, things: dict[Callable[[str], str], Any], opts: pulumi.ResourceOptions
) -> None:
    """Notes what a declared resource has: at once if it is known, otherwise as soon as it is.

    A program runs to its end before the engine hears of its first resource, so whatever is known at once is noted
    before anything is deleted.

    Args:
        resource: as it was declared.
        things: what it has, a value or an output each, by the function that names it in messages.
        opts: the resource's own.
    """
    address = engine_of_program()
    if address is None:
        return  # no engine: the program is under test
    type_, name = resource.pulumi_resource_type, resource.pulumi_resource_name
    who, account = named(type_, name, _type_of(opts.parent)), _account(opts)
    for call, value in things.items():
        _when_known(account, value, partial(_note, address, call, who))


def _type_of(parent: pulumi.Resource | None) -> str:
    """The type of a parent as a URN has it: the stack's is left out, and a remote component's may be unknown."""
    if parent is None or parent is pulumi.runtime.get_root_resource():
        return ""
    # A parent that came over the wire has no type at all.
    return str(getattr(parent, "pulumi_resource_type", "")) or SOMEWHERE


def _when_known(account: Any, value: Any, note: Callable[[Any], None]) -> None:
    both: list[Any] = [account, value]
    if isinstance(account, Settings) and not isinstance(value, pulumi.Output):
        note(both)
    else:
        pulumi.Output.all(*both).apply(note)


def _account(opts: pulumi.ResourceOptions) -> Settings | pulumi.Output[Settings] | None:
    """The settings of the account that a resource lives in; None if a remote component was given the provider."""
    provider = provider_in_force(opts)
    if provider is None:
        return load_settings(pulumi.Config(NAMESPACE).get, os.environ)
    if not isinstance(provider, Provider):
        return None
    try:
        return provider.settings()
    except Refusal:
        return provider.settings_output()


def _note(address: str, call: Callable[[str], str], who: str, known: Sequence[Any]) -> None:
    record = _record(address)
    account, value = known
    if record is not None and account is not None and value is not None:
        stack = f"{pulumi.get_stack()}::{pulumi.get_project()}"
        Run(stack, account.account, record).note(call(str(value)), who)


@lru_cache(maxsize=_RECORDS)
def _record(address: str) -> Record | None:
    # It stays when the program ends, as deletions come after that: the last provider removes it. A provider also says
    # where there can be none.
    with suppress(OSError):
        return Record(address)
    return None
