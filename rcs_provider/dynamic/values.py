"""Values of the SDK, and the same values as `core` has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from rcs_provider.core.fields import UNKNOWN, is_block, is_list
from rcs_provider.core.names import renamed, snake, united

from . import PROVIDER_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping


def from_engine(props: Mapping[str, Any]) -> dict[str, Any]:
    """Properties without the engine's own key, with our sentinel for what is not known yet."""
    return {name: _known(value) for name, value in props.items() if name != PROVIDER_KEY}


def is_of_plugin(props: Mapping[str, Any]) -> bool:
    """Whether stored properties are those of the provider plugin: it pickles nothing into them."""
    return bool(props) and PROVIDER_KEY not in props


def stored(props: Mapping[str, Any]) -> dict[str, Any]:
    """Stored properties in our spelling, those of the plugin too."""
    found = from_engine(props)
    return renamed(found, snake) if is_of_plugin(props) else found


def declared(props: Mapping[str, Any], olds: Mapping[str, Any]) -> dict[str, Any]:
    """Declared inputs. Those that `ignore_changes` copies from what the plugin stored have the plugin's spelling."""
    found = from_engine(props)
    return united(found, snake) if is_of_plugin(olds) else found


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
