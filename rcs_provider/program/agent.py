"""The agent as programs see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from pulumi import Output

from rcs_provider.objects.agent.life import AGENT

from .announcement import announce
from .options import with_policy, with_secrets
from .resources import RcsResource

if TYPE_CHECKING:
    from pulumi import Input, ResourceOptions
    from typing_extensions import Self, Unpack

    from rcs_provider.objects.agent.fields import RcsAgentArgs


class RcsAgent(RcsResource, kind=AGENT):
    """An RCS agent: the sender that users see in their messages.

    Every argument of `RcsAgentArgs` is an output of the same name; what is left out shows as Kaleyra has it.
    `agent_number` is the resource's id.
    An agent is protected from deletion unless its `deletion_policy` says otherwise.
    """

    agent_type: Output[str]
    display_name: Output[str]
    logo_url: Output[str]
    hero_url: Output[str]
    service_code: Output[str]
    description: Output[str]
    phones: Output[Sequence[Mapping[str, Any]] | None]
    emails: Output[Sequence[Mapping[str, Any]] | None]
    privacy: Output[Mapping[str, Any]]
    terms_conditions: Output[Mapping[str, Any]]
    color: Output[str]
    billing_category: Output[str]
    agent_use_case: Output[str]
    hosting_region: Output[str]
    website: Output[Sequence[Mapping[str, Any]]]
    brand_details: Output[Mapping[str, Any]]
    rcs_provider_id: Output[str]
    default_locale: Output[str | None]
    agent_test_url: Output[str | None]
    end_point_config: Output[str | None]
    primary_interaction_type: Output[str | None]
    languages: Output[Sequence[str] | None]
    initial_status: Output[str | None]
    deletion_policy: Output[str | None]
    on_existing: Output[str | None]
    uuid: Output[str | None]
    provider_agent_id: Output[str | None]
    status: Output[str | None]
    integration_status: Output[bool | None]
    integration_name: Output[str | None]
    verification_name: Output[str | None]
    verification_state: Output[str | None]
    pod: Output[str]
    sid: Output[str]

    @overload
    def __init__(self, resource_name: str, args: RcsAgentArgs, opts: ResourceOptions | None = None) -> None: ...

    @overload
    def __init__(
        self, resource_name: str, *, opts: ResourceOptions | None = None, **arguments: Unpack[RcsAgentArgs]
    ) -> None: ...

    def __init__(
        self,
        resource_name: str,
        args: Mapping[str, Any] | None = None,
        opts: ResourceOptions | None = None,
        **arguments: Any,
    ) -> None:
        """Declares an agent.

        Args:
            resource_name: unique name of the resource in the program.
            args: the arguments as one `RcsAgentArgs`, instead of keywords.
            opts: Pulumi's own options; those set here win over what `deletion_policy` would set.
            arguments: the keys of `RcsAgentArgs`, where each says what it is.
        """
        inputs, options = with_policy({**(args or {}), **arguments}, opts)
        self._declare(resource_name, inputs, with_secrets(inputs, options))
        has = {AGENT.keyed: inputs.get("service_code"), AGENT.called: self.id}
        announce(self, has, options)

    @property
    def agent_number(self) -> Output[str]:
        """The agent's number, which stays known while the agent is only updated."""
        return self.id

    @classmethod
    def get(cls, resource_name: str, agent_number: Input[str], opts: ResourceOptions | None = None) -> Self:
        """Reads an agent without managing it.

        Args:
            resource_name: unique name of the resource in the program.
            agent_number: number of an agent of the account; if there is no such agent, the run fails.
            opts: Pulumi's own options.
        """
        return cls._looked_up(resource_name, agent_number, opts)
