"""The fields of an agent: what a program declares, and what Kaleyra sets."""

from collections.abc import Sequence
from typing import Annotated, Final, Literal, get_args

from typing_extensions import NotRequired, TypedDict

from rcs_provider.core.account import AccountFields
from rcs_provider.core.fields import Compare, Evidence, Role, block, blocks, flag, table, text, texts
from rcs_provider.core.settings import DELETION_POLICIES, ON_EXISTING, DeletionPolicy, OnExisting
from rcs_provider.objects.inputs import Input

from .blocks import CREATE, GET, UPDATE, BrandDetailsArgs, EmailArgs, LinkArgs, PhoneArgs
from .limits import DESCRIPTION_LENGTH, NAME_LENGTH

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

    What each may be, what a change of it does and where it is documented: docs/reference/agent.md.
    """

    agent_type: Annotated[
        Input[str],
        text(
            source=GET,
            role=Role.REPLACE,
            evidence=Evidence.INFERRED,
            choices=("1", "2"),
            open_choices=True,
            numeric=True,
            echo=True,
        ),
    ]
    """Kind of agent. Kaleyra's pages name two kinds, business messaging agent (BMA) and RCS Business Messaging (RCBM),
    and two values, 1 and 2. They do not say which value is which kind. Every sample has 1."""

    display_name: Annotated[
        Input[str], text(source=CREATE, max_length=NAME_LENGTH, evidence=Evidence.INFERRED, freezes=True)
    ]
    """Name shown to users."""

    logo_url: Annotated[
        Input[str],
        text(source=CREATE, format="picture", compare=Compare.IMAGE, freezes=True, evidence=Evidence.INFERRED),
    ]
    """Address of the logo, a picture of 224 x 224 pixels."""

    hero_url: Annotated[Input[str], text(source=CREATE, format="picture", compare=Compare.IMAGE, freezes=True)]
    """Address of the banner, a picture of 1440 x 448 pixels."""

    service_code: Annotated[Input[str], text(source=CREATE, numeric=True)]
    """Unique code of the agent, which messages name as their sender."""

    description: Annotated[Input[str], text(source=CREATE, max_length=DESCRIPTION_LENGTH, format="trimmed")]
    """What the agent is for."""

    phones: NotRequired[
        Annotated[
            Input[Sequence[Input[PhoneArgs]]],
            blocks(PhoneArgs, source=CREATE, max_items=3, empty_on_removal=True, compare=Compare.CONTACT),
        ]
    ]
    """Phone contacts; there must be at least one phone or e-mail."""

    emails: NotRequired[
        Annotated[
            Input[Sequence[Input[EmailArgs]]], blocks(EmailArgs, source=CREATE, max_items=3, empty_on_removal=True)
        ]
    ]
    """E-mail contacts; there must be at least one phone or e-mail."""

    privacy: Annotated[Input[LinkArgs], block(LinkArgs, source=CREATE)]
    """The privacy policy."""

    terms_conditions: Annotated[Input[LinkArgs], block(LinkArgs, source=UPDATE)]
    """The terms of service."""

    color: Annotated[Input[str], text(source=CREATE, format="color", compare=Compare.CASE)]
    """Primary colour of the agent in the app. Kaleyra allows the colours of a list that its pages do not print:
    `kaleyra-rcs masters color` shows it. White text on the colour needs a contrast of 4.5 or more."""

    billing_category: Annotated[
        Input[str],
        text(
            source=CREATE,
            choices=("CONVERSATIONAL", "NON-CONVERSATIONAL", "NON_CONVERSATIONAL", "SINGLE_MESSAGE", "BASIC_MESSAGE"),
            open_choices=True,
            compare=Compare.BILLING,
        ),
    ]
    """How the agent's messages are billed."""

    agent_use_case: Annotated[Input[AgentUseCase], text(source=CREATE, choices=get_args(AgentUseCase))]
    """What kind of messages the agent sends."""

    hosting_region: Annotated[
        Input[HostingRegion], text(source=UPDATE, role=Role.REPLACE, choices=get_args(HostingRegion), echo=True)
    ]
    """Where the agent's data is kept."""

    website: Annotated[Input[Sequence[Input[LinkArgs]]], blocks(LinkArgs, source=GET, max_items=3)]
    """The brand's web pages; the list may be empty."""

    brand_details: Annotated[
        Input[BrandDetailsArgs], block(BrandDetailsArgs, source=UPDATE, role=Role.REPLACE, echo=True)
    ]
    """The brand that the agent speaks for."""

    rcs_provider_id: NotRequired[
        Annotated[
            Input[str],
            text(
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
    """Identifier of the RCS provider."""

    default_locale: NotRequired[Annotated[Input[str], text(source=CREATE, returned=False)]]
    """Language of the agent, en by default."""

    agent_test_url: NotRequired[Annotated[Input[str], text(source=CREATE, format="link", returned=False)]]
    """Address of a page to test with."""

    end_point_config: NotRequired[Annotated[Input[str], text(source=CREATE, returned=False)]]
    """Where users come from, such as NON_LOCAL."""

    primary_interaction_type: NotRequired[Annotated[Input[str], text(source=CREATE, returned=False)]]
    """Main way of interacting."""

    languages: NotRequired[
        Annotated[
            Input[Sequence[Input[str]]],
            texts(source=CREATE, role=Role.IMMUTABLE, evidence=Evidence.INFERRED, returned=False),
        ]
    ]
    """Names of the languages that the agent speaks."""

    initial_status: NotRequired[
        Annotated[
            Input[str],
            text(
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
    """Status that a create asks for; without it, and afterwards, the status is Kaleyra's to decide."""

    deletion_policy: NotRequired[
        Annotated[
            DeletionPolicy, text(source=OURS, role=Role.SETTING, choices=DELETION_POLICIES, setting="deletion_policy")
        ]
    ]
    """What deleting means: prevent refuses, retain only forgets, delete retires the agent at Kaleyra."""

    on_existing: NotRequired[Annotated[Input[OnExisting], text(source=OURS, role=Role.SETTING, choices=ON_EXISTING)]]
    """What creating means where a live agent has the service code: adopt_identical takes over one that equals the
    declaration, adopt changes it to the declaration as well, error refuses."""


class AgentOutputs(TypedDict):
    """What only Kaleyra sets."""

    uuid: Annotated[str, text(source=GET, wire="id", role=Role.READ_ONLY)]
    """Kaleyra's own identifier of the agent."""

    agent_number: Annotated[str, text(source=GET, role=Role.READ_ONLY)]
    """Number of the agent, which is also the resource's id."""

    provider_agent_id: Annotated[str, text(source=GET, role=Role.READ_ONLY)]
    """Name of the agent at Google."""

    status: Annotated[str, text(source=UPDATE, role=Role.READ_ONLY, compare=Compare.CASE)]
    """Status of the agent at Kaleyra."""

    integration_status: Annotated[bool, flag(source=GET, role=Role.READ_ONLY)]
    """Whether the agent is integrated."""

    integration_name: Annotated[str, text(source=UPDATE, role=Role.READ_ONLY, returned=False)]
    """Channel of the integration."""

    verification_name: Annotated[str, text(source=UPDATE, role=Role.READ_ONLY, returned=False)]
    """Name of the verification."""

    verification_state: Annotated[str, text(source=UPDATE, role=Role.READ_ONLY, returned=False)]
    """State of the verification, where an answer holds it."""


TABLE: Final = table(RcsAgentArgs, AgentOutputs, AccountFields)
"""The table of an agent."""
