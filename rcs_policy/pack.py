"""The rules as a Pulumi policy pack. The one module that knows pulumi-policy."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from io import FileIO, TextIOWrapper
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    PolicyPack,
    ResourceValidationPolicy,
    StackValidationPolicy,
)
from pulumi_policy.proxy import UnknownValueError

from rcs_provider.core.fields import UNKNOWN

from .catalogue import LEVEL, RULES, configured
from .declared import KINDS, PLUGIN, Declared, our_names

if TYPE_CHECKING:
    from pulumi_policy import Policy, PolicyResource, ReportViolation, ResourceValidationArgs, StackValidationArgs

    from .catalogue import Rule

NAME: Final = "kaleyra-rcs"
"""Name of the pack."""


def serve(name: str = NAME, config: Mapping[str, str | Mapping[str, Any]] | None = None) -> None:
    """Answers the engine until the run is over: the last line of a policy pack's program.

    Args:
        name: of the pack: letters, digits, hyphens, underscores and dots.
        config: what holds where a run brings no configuration of its own; see `catalogue.configured`.

    Raises:
        ValueError: the configuration names what does not exist.
    """
    # Left to pulumi-policy, a policy that is configured without a level would be advisory, whatever it declares.
    given = {
        policy: {**options, LEVEL: EnforcementLevel(options[LEVEL])}
        for policy, options in configured(config or {}).items()
    }
    # pulumi-policy writes its port without flushing it, as the engine runs packs in folders with python's -u.
    sys.stdout = TextIOWrapper(FileIO(sys.stdout.fileno(), "w", closefd=False), write_through=True)
    PolicyPack(name, policies(), initial_config=dict(given))


def policies() -> list[Policy]:
    """Every rule as a policy, for a pack that has others as well."""
    return [_on_the_stack(rule) if rule.about is None else _on_each(rule) for rule in RULES]


def plain(value: Any) -> Any:
    """A property as plain data, in which UNKNOWN stands for what the engine does not know yet."""
    if _is_block(value):
        return {str(key): _item(value, key) for key in value}
    if _is_list(value):
        return [_item(value, index) for index in range(len(value))]
    return value


# pulumi-policy hands out views of its own instead of dict and list.
def _is_block(value: Any) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(value, Mapping)


def _is_list(value: Any) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _item(values: Any, key: Any) -> Any:
    try:
        return plain(values[key])
    except UnknownValueError:
        return UNKNOWN


def _on_each(rule: Rule) -> Policy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        if KINDS.get(args.resource_type) == rule.about:
            _check(rule, [_declared(args)], args.get_config(), report)

    return ResourceValidationPolicy(validate=validate, **_described(rule))


def _on_the_stack(rule: Rule) -> Policy:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        _check(rule, [_in_stack(each) for each in args.resources], args.get_config(), report)

    return StackValidationPolicy(validate=validate, **_described(rule))


def _described(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "description": rule.description,
        "enforcement_level": EnforcementLevel(rule.level),
        "config_schema": PolicyConfigSchema({name: dict(schema) for name, schema in rule.options.items()}),
    }


def _check(rule: Rule, resources: Sequence[Declared], config: Mapping[str, Any], report: ReportViolation) -> None:
    for option in config:
        rule.require(option)
    for finding in rule.check(resources, {**rule.defaults, **config}):
        report(finding.message, finding.urn)


def _declared(each: ResourceValidationArgs | PolicyResource, **more: Any) -> Declared:
    return Declared(
        kind=KINDS.get(each.resource_type, ""),
        urn=each.urn,
        name=each.name,
        properties=our_names(each.resource_type, plain(each.props)),
        plugin=each.resource_type in PLUGIN,
        protect=each.opts.protect,
        provider={} if each.provider is None else plain(each.provider.props),
        **more,
    )


def _in_stack(each: PolicyResource) -> Declared:
    sources = our_names(each.resource_type, dict(each.property_dependencies))
    depends = {name: [source.urn for source in found] for name, found in sources.items()}
    return _declared(each, depends=depends)
