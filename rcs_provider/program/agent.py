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
            arguments: the keys of `RcsAgentArgs`.
            agent_type: Kind of agent. Documented are `1`, `2`; another value passes with a warning; a number is taken
                for its text. A change: a new object: the old one cannot be changed. Source: Get Agent by Agent Number,
                inferred.
            display_name: Name shown to users. At most 40 characters. A change: one update in place; refused once the
                agent is verified. Source: Create an Agent, inferred.
            logo_url: Address of the logo, a picture of 224 x 224 pixels. Must be a whole http:// or https:// address
                that ends in .png, .jpg or .jpeg. A change: one update in place; refused once the agent is verified.
                Source: Create an Agent, inferred.
            hero_url: Address of the banner, a picture of 1440 x 448 pixels. Must be a whole http:// or https:// address
                that ends in .png, .jpg or .jpeg. A change: one update in place; refused once the agent is verified.
                Source: Create an Agent.
            service_code: Unique code of the agent, which messages name as their sender. A number is taken for its text.
                A change: one update in place. Source: Create an Agent.
            description: What the agent is for. At most 100 characters; must be one line that does not end in a space. A
                change: one update in place. Source: Create an Agent.
            phones: Phone contacts; there must be at least one phone or e-mail. At most 3 entries. A change: one update
                in place. Source: Create an Agent.
            emails: E-mail contacts; there must be at least one phone or e-mail. At most 3 entries. A change: one update
                in place. Source: Create an Agent.
            privacy: The privacy policy. A change: one update in place. Source: Create an Agent.
            terms_conditions: The terms of service. A change: one update in place. Source: Update an Agent.
            color: Colour of the agent's surface, one of the list that Kaleyra allows. Must be # and six hexadecimal
                digits, such as #494e0d. A change: one update in place. Source: Create an Agent.
            billing_category: How the agent's messages are billed. Documented are `CONVERSATIONAL`,
                `NON-CONVERSATIONAL`, `NON_CONVERSATIONAL`, `SINGLE_MESSAGE`, `BASIC_MESSAGE`; another value passes with
                a warning. A change: one update in place. Source: Create an Agent.
            agent_use_case: What kind of messages the agent sends. One of `TRANSACTIONAL`, `PROMOTIONAL`, `OTP`,
                `MULTI_USE`, `AGENT_USE_CASE_UNSPECIFIED`; anything else is refused. A change: one update in place.
                Source: Create an Agent.
            hosting_region: Where the agent's data is kept. One of `NORTH_AMERICA`, `EUROPE`, `ASIA_PACIFIC`,
                `HOSTING_REGION_UNSPECIFIED`; anything else is refused. A change: a new object: the old one cannot be
                changed. Source: Update an Agent.
            website: The brand's web pages; the list may be empty. At most 3 entries. A change: one update in place.
                Source: Get Agent by Agent Number.
            brand_details: The brand that the agent speaks for. A change: a new object: the old one cannot be changed.
                Source: Update an Agent.
            rcs_provider_id: Identifier of the RCS provider. Documented are `1`; another value passes with a warning; a
                number is taken for its text. Default: `1`. A change: a new object: the old one cannot be changed.
                Source: Update an Agent, seen in a sample.
            default_locale: Language of the agent, en by default. A change: one update in place. Source: Create an
                Agent.
            agent_test_url: Address of a page to test with. Must be a whole http:// or https:// address. A change: one
                update in place. Source: Create an Agent.
            end_point_config: Where users come from, such as NON_LOCAL. A change: one update in place. Source: Create an
                Agent.
            primary_interaction_type: Main way of interacting. A change: one update in place. Source: Create an Agent.
            languages: Names of the languages that the agent speaks. A change: refused after creation. Source: Create an
                Agent, inferred.
            initial_status: Status that a create asks for; without it, and afterwards, the status is Kaleyra's to
                decide. Documented are `ACTIVE`, `PENDING`, `INACTIVE`, `CREATED`, `INITIATED`, `ACCEPTED`,
                `REGISTRATION_IN_PROGRESS`, `REGISTRATION_COMPLETED`, `DRAFT`, `PENDING_APPROVAL`, `REJECTED`; another
                value passes with a warning. A change: kept in state with a note and without a call; only a create sends
                it. Source: Create an Agent.
            deletion_policy: What deleting means: prevent refuses, retain only forgets, delete retires the agent at
                Kaleyra. One of `prevent`, `retain`, `delete`; anything else is refused. A change: kept in state;
                Kaleyra does not know the value.
            on_existing: What creating means where a live agent has the service code: adopt_identical takes over one
                that equals the declaration, adopt changes it to the declaration as well, error refuses. One of
                `adopt_identical`, `adopt`, `error`; anything else is refused. A change: kept in state; Kaleyra does not
                know the value.
        """
        inputs, options = with_policy({**(args or {}), **arguments}, opts)
        self._declare(resource_name, inputs, with_secrets(inputs, options))
        has = {AGENT.keyed: inputs.get("service_code"), AGENT.called: self.id}
        announce(self, AGENT.token, has, options)

    @property
    def agent_number(self) -> Output[str]:
        """The agent's number, which stays known while the agent is only updated."""
        return self.id

    @classmethod
    def get(cls, resource_name: str, agent_number: Input[str], opts: ResourceOptions | None = None) -> Self:
        """Looks at an agent without managing it.

        Args:
            resource_name: unique name of the resource in the program.
            agent_number: number of an agent of the account; an agent that is gone fails the run.
            opts: Pulumi's own options.
        """
        return cls._looked_up(resource_name, agent_number, opts)
