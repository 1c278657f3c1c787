"""The configuration of the stack that a program runs for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

import pulumi
from pulumi.runtime.config import CONFIG

from rcs_provider.objects import stack_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOLD: Final[WeakSet[pulumi.Resource]] = WeakSet()
"""Stacks whose unknown settings were named. A process of the Automation API runs more than one."""


def everything() -> Mapping[str, Any]:
    """The configured text of every key.

    The engine's contract has it in `PULUMI_CONFIG` for a program of its own, and nowhere for an inline program; the
    SDK's variable holds it for both.
    """
    return CONFIG.get()


def warn_of_unknown_settings() -> None:
    """Names each key of ours that nothing reads, once per run."""
    stack = pulumi.runtime.get_root_resource()
    if stack is None or stack in _TOLD:
        return
    _TOLD.add(stack)
    for key, reason in stack_keys.unknown(everything()):
        pulumi.log.warn(f"{key}: {reason}")
