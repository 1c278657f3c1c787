"""Agents and testers as data: what a stack's configuration lists under `rcs:agents` and `rcs:testers`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pulumi

from rcs_provider import objects
from rcs_provider.core.fields import is_block
from rcs_provider.dynamic.sdk_gaps import configuration
from rcs_provider.objects import stack_keys
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.tester.life import TESTER

from . import stack_config
from .agent import RcsAgent
from .resources import RcsResource, class_of
from .tester import RcsTester

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rcs_provider.core.kind import Kind

    from .resources import RcsResource

_CLASSES: Final[Mapping[str, Callable[..., RcsResource]]] = {AGENT.name: RcsAgent, TESTER.name: RcsTester}
"""The classes whose constructors do more than declare."""
_READ_BY_CONSTRUCTOR: Final = ("deletion_policy",)
"""Stays plain: a policy that is an output would be known too late to protect the agent or not."""


def declare() -> tuple[dict[str, RcsAgent], dict[str, RcsTester]]:
    """Declares the agents and testers of the stack's configuration, and exports them as `agents` and `testers`.

    Pulumi tells a program only which keys of the configuration hold a secret. So one secret under `rcs:agents` or
    `rcs:testers` makes every value under that key a secret, the names and `deletion_policy` excepted.

    Returns:
        The resources by their keys in the data, for a program that needs them further.

    Raises:
        pulumi.RunError: a tester names an agent that the data does not hold, or the data is not where it has to be.
    """
    made = declare_all()
    agents: Any = made[AGENT.name]
    testers: Any = made[TESTER.name]
    return agents, testers


def declare_all() -> dict[str, dict[str, RcsResource]]:
    """Declares the objects of every kind that the stack's configuration lists, and exports them by section.

    Returns:
        The resources by the names of their kinds and by their keys in the data.
    """
    stack_config.check()
    stack_config.warn_of_unknown_sections()
    data = {kind.name: _section(kind.section) for kind in objects.OBJECTS}
    for kind in objects.OBJECTS:
        for key, each in data[kind.name].items() if kind.parent else ():
            _require_parent(kind, key, each, data[kind.parent])
    made: dict[str, dict[str, RcsResource]] = {}
    for kind in objects.OBJECTS:
        made[kind.name] = {key: _declared(kind, key, each, made) for key, each in data[kind.name].items()}
        pulumi.export(kind.section, {key: _outputs(kind, each) for key, each in made[kind.name].items()})
    return made


def _declared(
    kind: Kind[Any], key: str, data: Mapping[str, Any], made: Mapping[str, Mapping[str, RcsResource]]
) -> RcsResource:
    arguments = _arguments(kind.section, {name: value for name, value in data.items() if name != kind.parent})
    if kind.parent and kind.parent in data:
        arguments[kind.parent_field] = made[kind.parent][str(data[kind.parent])].id
    return _class_of(kind)(key, arguments)


def _class_of(kind: Kind[Any]) -> Callable[..., RcsResource]:
    return _CLASSES.get(kind.name) or class_of(kind)


def _outputs(kind: Kind[Any], resource: RcsResource) -> dict[str, Any]:
    """What a stack exports of an object: what identifies it, and its status."""
    known: dict[str, Any] = {"number": resource.id}
    if kind.parent:
        known = {kind.parent_field: getattr(resource, kind.parent_field)}
    known[kind.key] = getattr(resource, kind.key)
    if "status" in kind.table.by_name:
        status: pulumi.Output[str | None] = getattr(resource, "status")  # noqa: B009 - of its table
        known["status"] = status.apply(lambda told: told or kind.waiting) if kind.waiting else status
    return known


def _section(name: str) -> dict[str, dict[str, Any]]:
    """The data of one section. No data counts as no entries, and an entry without values as an empty one.

    The SDK's own reading of objects would print the text of a wrong one, which may be a secret.
    """
    if key := stack_keys.misplaced(name, configuration()):
        raise pulumi.RunError(stack_keys.refusal(name, key))
    text = pulumi.Config(stack_keys.NAMESPACE).get(name)
    try:
        found = json.loads(text) if text else None
    except ValueError:
        found = text
    if found is None:
        return {}
    if not is_block(found) or not all(each is None or is_block(each) for each in found.values()):
        raise pulumi.RunError(f"{stack_keys.data_key(name)}: {stack_keys.SHAPE}")
    return {key: each or {} for key, each in found.items()}


def _is_secret(section: str) -> bool:
    return pulumi.runtime.is_config_secret(stack_keys.data_key(section))


def _arguments(section: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of one object, secret where the section holds a secret."""
    if not _is_secret(section):
        return dict(data)
    return {
        name: value if value is None or name in _READ_BY_CONSTRUCTOR else pulumi.Output.secret(value)
        for name, value in data.items()
    }


def _require_parent(kind: Kind[Any], key: str, data: Mapping[str, Any], parents: Mapping[str, Any]) -> None:
    is_named = kind.parent in data or kind.parent_field not in data
    if is_named and str(data.get(kind.parent)) not in parents:
        known = ", ".join(parents) or "none"
        is_silent = kind.parent not in data or _is_secret(kind.section)
        shown = f"no {kind.parent} of this stack" if is_silent else f"the {kind.parent} {data[kind.parent]}"
        raise pulumi.RunError(f"{kind.name} {key} names {shown}; the {kind.parent}s of this stack are: {known}")
