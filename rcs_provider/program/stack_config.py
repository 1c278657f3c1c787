"""The configuration of the stack that a program runs for."""

from __future__ import annotations

from typing import Final
from weakref import WeakSet

import pulumi

from rcs_provider.dynamic.sdk_gaps import configuration
from rcs_provider.objects import stack_keys

_CHECKED: Final[WeakSet[pulumi.Resource]] = WeakSet()
"""Stacks whose keys were looked at. A process of the Automation API runs more than one."""


def check() -> None:
    """Refuses settings with old keys, and warns of each unknown setting, once per run.

    Raises:
        pulumi.RunError: names all old keys and the new ones in one line.
    """
    stack = pulumi.runtime.get_root_resource()
    if stack is None or stack in _CHECKED:
        return
    keys = configuration()
    if renamed := stack_keys.renamed(keys):
        raise pulumi.RunError(stack_keys.renaming(renamed))
    _CHECKED.add(stack)
    for key, reason in stack_keys.unknown(keys):
        pulumi.log.warn(f"{key}: {reason}")


def warn_of_unknown_sections() -> None:
    """Warns of each unknown key in the namespace of the data."""
    for key, reason in stack_keys.unknown_sections(configuration()):
        pulumi.log.warn(f"{key}: {reason}")
