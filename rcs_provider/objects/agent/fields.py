"""The fields of an agent: what a program declares, and what Kaleyra sets."""

from collections.abc import Sequence
from typing import Annotated, Final, Literal, get_args

from pulumi import Input
from typing_extensions import NotRequired, TypedDict

from rcs_provider.core.account import AccountFields
from rcs_provider.core.fields import Compare, Evidence, Role, block, blocks, flag, table, text, texts
from rcs_provider.core.settings import DELETION_POLICIES, ON_EXISTING, DeletionPolicy, OnExisting

from .blocks import CREATE, GET, UPDATE, BrandDetailsArgs, EmailArgs, LinkArgs, PhoneArgs

INITIAL_STATUSES: Final = (
    "ACTIVE", "PENDING", "INACTIVE", "CREATED", "INITIATED", "ACCEPTED", "REGISTRATION_IN_PROGRESS",
    "REGISTRATION_COMPLETED", "DRAFT", "PENDING_APPROVAL", "REJECTED",
)  # fmt: skip
"""The create page's list without DELETED: such an agent would be gone before it could be read."""
AgentUseCase = Literal["TRANSACTIONAL", "PROMOTIONAL", "OTP", "MULTI_USE", "AGENT_USE_CASE_UNSPECIFIED"]
HostingRegion = Literal["NORTH_AMERICA", "EUROPE", "ASIA_PACIFIC", "HOSTING_REGION_UNSPECIFIED"]

OURS: Final = "kaleyra-rcs"


class RcsAgentArgs(TypedDict):
    """Arguments of `RcsAgent`; a plain dict with these keys does as well.

    Keys:
        agent_type: Kind of agent. Documented are `1`, `2`; another value passes with a warning; a number is taken for
            its text. A change: a new object: the old one cannot be changed. Source: Get Agent by Agent Number,
            inferred.
        display_name: Name shown to users. At most 40 characters. A change: one update in place; refused once the agent
            is verified. Source: Create an Agent, inferred.
        logo_url: Address of the logo, a picture of 224 x 224 pixels. Must be a whole http:// or https:// address that
            ends in .png, .jpg or .jpeg. A change: one update in place; refused once the agent is verified. Source:
            Create an Agent, inferred.
        hero_url: Address of the banner, a picture of 1440 x 448 pixels. Must be a whole http:// or https:// address
            that ends in .png, .jpg or .jpeg. A change: one update in place; refused once the agent is verified. Source:
            Create an Agent.
        service_code: Unique code of the agent, which messages name as their sender. A number is taken for its text. A
            change: one update in place. Source: Create an Agent.
        description: What the agent is for. At most 100 characters; must be one line that does not end in a space. A
            change: one update in place. Source: Create an Agent.
        phones: Phone contacts; there must be at least one phone or e-mail. At most 3 entries. A change: one update in
            place. Source: Create an Agent.
        emails: E-mail contacts; there must be at least one phone or e-mail. At most 3 entries. A change: one update in
            place. Source: Create an Agent.
        privacy: The privacy policy. A change: one update in place. Source: Create an Agent.
        terms_conditions: The terms of service. A change: one update in place. Source: Update an Agent.
        color: Colour of the agent's surface, one of the list that Kaleyra allows. Must be # and six hexadecimal digits,
            such as #494e0d. A change: one update in place. Source: Create an Agent.
        billing_category: How the agent's messages are billed. Documented are `CONVERSATIONAL`, `NON-CONVERSATIONAL`,
            `NON_CONVERSATIONAL`, `SINGLE_MESSAGE`, `BASIC_MESSAGE`; another value passes with a warning. A change: one
            update in place. Source: Create an Agent.
        agent_use_case: What kind of messages the agent sends. One of `TRANSACTIONAL`, `PROMOTIONAL`, `OTP`,
            `MULTI_USE`, `AGENT_USE_CASE_UNSPECIFIED`; anything else is refused. A change: one update in place. Source:
            Create an Agent.
        hosting_region: Where the agent's data is kept. One of `NORTH_AMERICA`, `EUROPE`, `ASIA_PACIFIC`,
            `HOSTING_REGION_UNSPECIFIED`; anything else is refused. A change: a new object: the old one cannot be
            changed. Source: Update an Agent.
        website: The brand's web pages; the list may be empty. At most 3 entries. A change: one update in place. Source:
            Get Agent by Agent Number.
        brand_details: The brand that the agent speaks for. A change: a new object: the old one cannot be changed.
            Source: Update an Agent.
        rcs_provider_id: Identifier of the RCS provider. Documented are `1`; another value passes with a warning; a
            number is taken for its text. Default: `1`. A change: a new object: the old one cannot be changed. Source:
            Update an Agent, seen in a sample.
        default_locale: Language of the agent, en by default. A change: one update in place. Source: Create an Agent.
        agent_test_url: Address of a page to test with. Must be a whole http:// or https:// address. A change: one
            update in place. Source: Create an Agent.
        end_point_config: Where users come from, such as NON_LOCAL. A change: one update in place. Source: Create an
            Agent.
        primary_interaction_type: Main way of interacting. A change: one update in place. Source: Create an Agent.
        languages: Names of the languages that the agent speaks. A change: refused after creation. Source: Create an
            Agent, inferred.
        initial_status: Status that a create asks for; without it, and afterwards, the status is Kaleyra's to decide.
            Documented are `ACTIVE`, `PENDING`, `INACTIVE`, `CREATED`, `INITIATED`, `ACCEPTED`,
            `REGISTRATION_IN_PROGRESS`, `REGISTRATION_COMPLETED`, `DRAFT`, `PENDING_APPROVAL`, `REJECTED`; another value
            passes with a warning. A change: kept in state with a note and without a call; only a create sends it.
            Source: Create an Agent.
        deletion_policy: What deleting means: prevent refuses, retain only forgets, delete retires the agent at Kaleyra.
            One of `prevent`, `retain`, `delete`; anything else is refused. A change: kept in state; Kaleyra does not
            know the value.
        on_existing: What creating means where a live agent has the service code: adopt_identical takes over one that
            equals the declaration, adopt changes it to the declaration as well, error refuses. One of
            `adopt_identical`, `adopt`, `error`; anything else is refused. A change: kept in state; Kaleyra does not
            know the value.
    """

    agent_type: Annotated[
        Input[str],
        text(
            doc="Kind of agent.",
            source=GET,
            role=Role.REPLACE,
            evidence=Evidence.INFERRED,
            choices=("1", "2"),
            open_choices=True,
            numeric=True,
            echo=True,
        ),
    ]
    display_name: Annotated[
        Input[str],
        text(
            doc="Name shown to users.",
            source=CREATE,
            max_length=40,
            evidence=Evidence.INFERRED,
            freezes=True,
        ),
    ]
    logo_url: Annotated[
        Input[str],
        text(
            doc="Address of the logo, a picture of 224 x 224 pixels.",
            source=CREATE,
            format="picture",
            compare=Compare.IMAGE,
            freezes=True,
            evidence=Evidence.INFERRED,
        ),
    ]
    hero_url: Annotated[
        Input[str],
        text(
            doc="Address of the banner, a picture of 1440 x 448 pixels.",
            source=CREATE,
            format="picture",
            compare=Compare.IMAGE,
            freezes=True,
        ),
    ]
    service_code: Annotated[
        Input[str],
        text(
            doc="Unique code of the agent, which messages name as their sender.",
            source=CREATE,
            numeric=True,
        ),
    ]
    description: Annotated[
        Input[str], text(doc="What the agent is for.", source=CREATE, max_length=100, format="trimmed")
    ]
    phones: NotRequired[
        Annotated[
            Input[Sequence[Input[PhoneArgs]]],
            blocks(
                PhoneArgs,
                doc="Phone contacts; there must be at least one phone or e-mail.",
                source=CREATE,
                max_items=3,
                empty_on_removal=True,
                compare=Compare.CONTACT,
            ),
        ]
    ]
    emails: NotRequired[
        Annotated[
            Input[Sequence[Input[EmailArgs]]],
            blocks(
                EmailArgs,
                doc="E-mail contacts; there must be at least one phone or e-mail.",
                source=CREATE,
                max_items=3,
                empty_on_removal=True,
            ),
        ]
    ]
    privacy: Annotated[Input[LinkArgs], block(LinkArgs, doc="The privacy policy.", source=CREATE)]
    terms_conditions: Annotated[Input[LinkArgs], block(LinkArgs, doc="The terms of service.", source=UPDATE)]
    color: Annotated[
        Input[str],
        text(
            doc="Colour of the agent's surface, one of the list that Kaleyra allows.",
            source=CREATE,
            format="color",
            compare=Compare.CASE,
        ),
    ]
    billing_category: Annotated[
        Input[str],
        text(
            doc="How the agent's messages are billed.",
            source=CREATE,
            choices=("CONVERSATIONAL", "NON-CONVERSATIONAL", "NON_CONVERSATIONAL", "SINGLE_MESSAGE", "BASIC_MESSAGE"),
            open_choices=True,
            compare=Compare.BILLING,
        ),
    ]
    agent_use_case: Annotated[
        Input[AgentUseCase],
        text(
            doc="What kind of messages the agent sends.",
            source=CREATE,
            choices=get_args(AgentUseCase),
        ),
    ]
    hosting_region: Annotated[
        Input[HostingRegion],
        text(
            doc="Where the agent's data is kept.",
            source=UPDATE,
            role=Role.REPLACE,
            choices=get_args(HostingRegion),
            echo=True,
        ),
    ]
    website: Annotated[
        Input[Sequence[Input[LinkArgs]]],
        blocks(LinkArgs, doc="The brand's web pages; the list may be empty.", source=GET, max_items=3),
    ]
    brand_details: Annotated[
        Input[BrandDetailsArgs],
        block(
            BrandDetailsArgs,
            doc="The brand that the agent speaks for.",
            source=UPDATE,
            role=Role.REPLACE,
            echo=True,
        ),
    ]
    rcs_provider_id: NotRequired[
        Annotated[
            Input[str],
            text(
                doc="Identifier of the RCS provider.",
                source=UPDATE,
                role=Role.REPLACE,
                default="1",
                choices=("1",),
                open_choices=True,
                numeric=True,
                echo=True,
                evidence=Evidence.SAMPLE,
            ),
        ]
    ]
    default_locale: NotRequired[
        Annotated[Input[str], text(doc="Language of the agent, en by default.", source=CREATE, returned=False)]
    ]
    agent_test_url: NotRequired[
        Annotated[Input[str], text(doc="Address of a page to test with.", source=CREATE, format="link", returned=False)]
    ]
    end_point_config: NotRequired[
        Annotated[
            Input[str],
            text(doc="Where users come from, such as NON_LOCAL.", source=CREATE, returned=False),
        ]
    ]
    primary_interaction_type: NotRequired[
        Annotated[
            Input[str],
            text(doc="Main way of interacting.", source=CREATE, returned=False),
        ]
    ]
    languages: NotRequired[
        Annotated[
            Input[Sequence[Input[str]]],
            texts(
                doc="Names of the languages that the agent speaks.",
                source=CREATE,
                role=Role.IMMUTABLE,
                evidence=Evidence.INFERRED,
                returned=False,
            ),
        ]
    ]
    initial_status: NotRequired[
        Annotated[
            Input[str],
            text(
                doc="Status that a create asks for; without it, and afterwards, the status is Kaleyra's to decide.",
                source=CREATE,
                wire="status",
                role=Role.SETTING,
                choices=INITIAL_STATUSES,
                open_choices=True,
                compare=Compare.CASE,
                returned=False,
                initial=True,
            ),
        ]
    ]
    deletion_policy: NotRequired[
        Annotated[
            DeletionPolicy,
            text(
                doc="What deleting means: prevent refuses, retain only forgets, delete retires the agent at Kaleyra.",
                source=OURS,
                role=Role.SETTING,
                choices=DELETION_POLICIES,
                setting="deletion_policy",
            ),
        ]
    ]
    on_existing: NotRequired[
        Annotated[
            Input[OnExisting],
            text(
                doc="What creating means where a live agent has the service code: adopt_identical takes over one that "
                "equals the declaration, adopt changes it to the declaration as well, error refuses.",
                source=OURS,
                role=Role.SETTING,
                choices=ON_EXISTING,
            ),
        ]
    ]


class AgentOutputs(TypedDict):
    """What only Kaleyra sets."""

    uuid: Annotated[str, text(doc="Kaleyra's own identifier of the agent.", source=GET, wire="id", role=Role.READ_ONLY)]
    agent_number: Annotated[
        str, text(doc="Number of the agent, which is also the resource's id.", source=GET, role=Role.READ_ONLY)
    ]
    provider_agent_id: Annotated[str, text(doc="Name of the agent at Google.", source=GET, role=Role.READ_ONLY)]
    status: Annotated[
        str, text(doc="Status of the agent at Kaleyra.", source=UPDATE, role=Role.READ_ONLY, compare=Compare.CASE)
    ]
    integration_status: Annotated[bool, flag(doc="Whether the agent is integrated.", source=GET, role=Role.READ_ONLY)]
    integration_name: Annotated[
        str, text(doc="Channel of the integration.", source=UPDATE, role=Role.READ_ONLY, returned=False)
    ]
    verification_name: Annotated[
        str, text(doc="Name of the verification.", source=UPDATE, role=Role.READ_ONLY, returned=False)
    ]
    verification_state: Annotated[
        str,
        text(
            doc="State of the verification, where an answer holds it.",
            source=UPDATE,
            role=Role.READ_ONLY,
            returned=False,
        ),
    ]


TABLE: Final = table(RcsAgentArgs, AgentOutputs, AccountFields)
"""The table of an agent."""
