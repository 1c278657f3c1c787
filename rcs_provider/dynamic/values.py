"""Values as the SDK hands them over, and as the core knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from rcs_provider.core.fields import UNKNOWN, is_block, is_list

from . import PROVIDER_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping


def from_engine(props: Mapping[str, Any]) -> dict[str, Any]:
    """Properties without the engine's own key, with our sentinel for what is not known yet."""
    return {name: _known(value) for name, value in props.items() if name != PROVIDER_KEY}


def _known(value: Any) -> Any:
    if isinstance(value, pulumi.output.Unknown):
        return UNKNOWN
    if is_block(value):
        return {name: _known(each) for name, each in value.items()}
    if is_list(value):
        return [_known(each) for each in value]
    return value


def to_engine(value: Any) -> Any:
    """Properties for the engine: our sentinel becomes the SDK's."""
    if value is UNKNOWN:
        make: Any = pulumi.output.Unknown  # the SDK leaves its constructor without types
        return make()
    if is_block(value):
        return {name: to_engine(each) for name, each in value.items()}
    if is_list(value):
        return [to_engine(each) for each in value]
    return value
