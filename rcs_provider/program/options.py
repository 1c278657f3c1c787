"""The deletion policy and secrets, on the engine's own options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi import Config, Output, ResourceOptions

from rcs_provider.core.codec import DECLARED
from rcs_provider.core.fields import is_block, is_list
from rcs_provider.core.settings import NAMESPACE, Settings
from rcs_provider.objects.agent.fields import TABLE

from .provider import Provider, provider_in_force

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNKNOWN: Final = "that of a provider which a remote component was given"
_OPTIONS: Final[Mapping[str, Mapping[str, bool]]] = {
    "prevent": {"protect": True, "delete_before_replace": True},
    "retain": {"retain_on_delete": True},
    "delete": {"delete_before_replace": True},
    _UNKNOWN: {"delete_before_replace": True},
}
"""`delete_before_replace` is here too, as the engine asks for no diff in `up --replace` and `state taint`."""


def with_policy(inputs: Mapping[str, Any], opts: ResourceOptions | None) -> tuple[dict[str, Any], ResourceOptions]:
    """The inputs with the policy that the program gives the agent, and the options that the policy in force stands for.

    The options are the engine's early warning. The policy of the account is left for the provider, which holds it and
    knows for certain which account that is. A value that is not a policy is left for `check` to refuse, and prevents
    until then.
    """
    opts = opts or ResourceOptions()
    own = inputs.get("deletion_policy") or _policy_of(opts)
    policy = own or _policy_of_account(opts)
    wanted = _OPTIONS.get(policy, _OPTIONS["prevent"]) if isinstance(policy, str) else _OPTIONS["prevent"]
    unset: dict[str, Any] = {name: value for name, value in wanted.items() if getattr(opts, name) is None}
    declared = {**inputs, "deletion_policy": own} if own else dict(inputs)
    return declared, ResourceOptions.merge(opts, ResourceOptions(**unset))


def _policy_of(opts: ResourceOptions) -> str | None:
    """The policy that the program's own options stand for, or None."""
    if opts.retain_on_delete:
        return "retain"
    return "delete" if opts.protect is False else None


def _policy_of_account(opts: ResourceOptions) -> str:
    provider = provider_in_force(opts)
    if provider is None:
        return Config(NAMESPACE).get("deletionPolicy") or Settings.deletion_policy
    if isinstance(provider, Provider):
        return provider.deletion_policy or Settings.deletion_policy
    return _UNKNOWN


def with_secrets(inputs: Mapping[str, Any], opts: ResourceOptions) -> ResourceOptions:
    """The options that keep secret inputs secret in state.

    The engine hides an output that has the name of a secret input. State holds a restricted field that Kaleyra changed
    under another name as well.
    """
    if any(_holds_output(inputs.get(each.name)) for each in TABLE.sent if each.restricted):
        return ResourceOptions.merge(opts, ResourceOptions(additional_secret_outputs=[DECLARED]))
    return opts


def _holds_output(value: Any) -> bool:
    if is_block(value) or is_list(value):
        return any(_holds_output(each) for each in (value.values() if is_block(value) else value))
    return isinstance(value, Output)
