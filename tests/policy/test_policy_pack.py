"""The rules as policies: what pulumi-policy is told of them, and what it hands over."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_policy import EnforcementLevel, ResourceValidationPolicy, StackValidationPolicy
from pulumi_policy.policy import PolicyCustomTimeouts, PolicyResourceOptions, ResourceValidationArgs
from pulumi_policy.proxy import UNKNOWN_NUMBER_VALUE, UNKNOWN_STRING_VALUE, unknown_checking_proxy

from rcs_policy import pack
from rcs_policy.catalogue import RULES
from rcs_provider.core.fields import UNKNOWN
from rcs_provider.objects.agent.life import AGENT

POLICIES = {policy.name: policy for policy in pack.policies()}
OPTIONS = PolicyResourceOptions(
    protect=False,
    ignore_changes=[],
    delete_before_replace=None,
    aliases=[],
    custom_timeouts=PolicyCustomTimeouts(0, 0, 0),
    additional_secret_outputs=[],
)


SEEN = {"deletion_policy": "delete", "logo_url": UNKNOWN_STRING_VALUE}


def said(
    name: str, config: dict[str, Any], properties: dict[str, Any] | None = None, kind: str = AGENT.token
) -> list[str]:
    """What a policy reports about one unprotected resource, by default one with an unknown logo."""
    policy, reports = POLICIES[name], list[str]()
    assert isinstance(policy, ResourceValidationPolicy)
    props = unknown_checking_proxy(properties or SEEN)
    args = ResourceValidationArgs(kind, props, f"urn:pulumi:dev::proof::{kind}::x", "x", OPTIONS, None, config)
    policy.validate(args, lambda message, _=None: reports.append(message))
    return reports


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_is_a_policy_with_its_level_and_its_options(rule: Any) -> None:
    policy = POLICIES[rule.name]
    assert isinstance(policy, StackValidationPolicy if rule.about is None else ResourceValidationPolicy)
    assert policy.enforcement_level is EnforcementLevel(rule.level)
    assert policy.config_schema is not None
    assert policy.config_schema.properties == rule.options
    assert all(schema["description"].endswith(".") for schema in rule.options.values())


def test_what_is_not_known_yet_becomes_unknown_wherever_it_stands() -> None:
    props = unknown_checking_proxy(
        {"a": UNKNOWN_STRING_VALUE, "b": [UNKNOWN_NUMBER_VALUE, {"c": UNKNOWN_STRING_VALUE, "d": "x"}], "e": True}
    )
    assert pack.plain(props) == {"a": UNKNOWN, "b": [UNKNOWN, {"c": UNKNOWN, "d": "x"}], "e": True}


def test_options_that_are_not_configured_hold_as_declared() -> None:
    assert len(said("rcs-agents-are-kept", {})) == 1
    assert said("rcs-agents-are-kept", {"deletable": ["x"]}) == []


def test_a_rule_looks_only_at_its_kind_of_resource() -> None:
    assert said("rcs-agents-are-kept", {}, kind="aws:s3:Bucket") == []


def test_a_value_that_is_not_known_yet_passes() -> None:
    assert said("rcs-addresses-are-https", {}) == []


def test_an_option_that_does_not_exist_stops_the_run_instead_of_doing_nothing() -> None:
    with pytest.raises(ValueError, match="there is no option deleteable; the options are: deletable, retainable"):
        said("rcs-agents-are-kept", {"deleteable": ["x"]})


def test_an_agent_of_the_plugin_is_held_to_the_rules_by_its_own_names() -> None:
    found = said("rcs-agents-are-kept", {}, {"deletionPolicy": "delete"}, AGENT.package_token)
    assert found == ["can be deleted or replaced: set deletionPolicy to prevent, or put its name on a list"]
    assert said("rcs-agents-are-kept", {}, {"deletionPolicy": "prevent"}, AGENT.package_token) == []
    assert said("rcs-agents-are-kept", {}, {"deletion_policy": "prevent"}) != []
    found = said("rcs-addresses-are-https", {}, {"termsConditions": {"website": "http://a.io"}}, AGENT.package_token)
    assert found == ["termsConditions.website: must be an https address"]
    pattern = {"displayName": "[A-Z]+"}
    found = said("rcs-names-match", pattern, {"displayName": "acme"}, AGENT.package_token)
    assert found == ["displayName: must match [A-Z]+"]
