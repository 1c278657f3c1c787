"""The deletion policy and secrets, on the engine's own options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi import Config, Output, ResourceOptions

from rcs_provider.codec import DECLARED
from rcs_provider.config import DELETION_POLICIES
from rcs_provider.fields import is_block, is_list
from rcs_provider.provider import Provider

from .fields import TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPTIONS: Final[Mapping[str, Mapping[str, bool]]] = {
    "prevent": {"protect": True, "delete_before_replace": True},
    "retain": {"retain_on_delete": True},
    "delete": {"delete_before_replace": True},
}
"""`delete_before_replace` stands here too, as `up --replace` and `state taint` never ask for a diff."""


def with_policy(inputs: Mapping[str, Any], opts: ResourceOptions | None) -> tuple[dict[str, Any], ResourceOptions]:
    """The inputs with the policy in force, and the options that it stands for.

    A policy that is none is left for `check` to refuse, and prevents until then.
    """
    opts = opts or ResourceOptions()
    policy = inputs.get("deletion_policy") or _policy_of(opts)
    wanted = _OPTIONS.get(policy, _OPTIONS["prevent"]) if isinstance(policy, str) else _OPTIONS["prevent"]
    unset: dict[str, Any] = {name: value for name, value in wanted.items() if getattr(opts, name) is None}
    return {**inputs, "deletion_policy": policy}, ResourceOptions.merge(opts, ResourceOptions(**unset))


def _policy_of(opts: ResourceOptions) -> str:
    """The policy of the stack; an option that the program set tells what it wants where it names no policy."""
    if opts.retain_on_delete:
        return "retain"
    if opts.protect is False:
        return "delete"
    provider = opts.provider
    policy = provider.deletion_policy if isinstance(provider, Provider) else Config("rcs").get("deletionPolicy")
    return policy or DELETION_POLICIES[0]


def with_secrets(inputs: Mapping[str, Any], opts: ResourceOptions) -> ResourceOptions:
    """The options that keep secret what the inputs may have secret.

    The engine hides an output that has the name of a secret input. A restricted field that Kaleyra changed stands in
    state under another name as well.
    """
    if any(_holds_output(inputs.get(each.name)) for each in TABLE.sent if each.restricted):
        return ResourceOptions.merge(opts, ResourceOptions(additional_secret_outputs=[DECLARED]))
    return opts


def _holds_output(value: Any) -> bool:
    if is_block(value) or is_list(value):
        return any(_holds_output(each) for each in (value.values() if is_block(value) else value))
    return isinstance(value, Output)
