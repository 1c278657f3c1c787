"""The configuration of the stack that a program runs for."""

from __future__ import annotations

from typing import Final
from weakref import WeakSet

import pulumi

from rcs_provider.dynamic.sdk_gaps import configuration
from rcs_provider.objects import stack_keys

_TOLD: Final[WeakSet[pulumi.Resource]] = WeakSet()
"""Stacks whose unknown settings were named. A process of the Automation API runs more than one."""


def warn_of_unknown_settings() -> None:
    """Names each key of ours that nothing reads, once per run."""
    stack = pulumi.runtime.get_root_resource()
    if stack is None or stack in _TOLD:
        return
    _TOLD.add(stack)
    for key, reason in stack_keys.unknown(configuration()):
        pulumi.log.warn(f"{key}: {reason}")
