"""The fields of a tester."""

from typing import Annotated, Final

from pulumi import Input
from typing_extensions import NotRequired, TypedDict

from rcs_provider.core.account import AccountFields
from rcs_provider.core.fields import Compare, Role, flag, number, table, text
from rcs_provider.core.settings import ON_EXISTING, OnExisting

REGISTER: Final = "Register Tester"
LIST: Final = "Get Tester By Agent"


class RcsTesterArgs(TypedDict):
    """Arguments of `RcsTester`; a plain dict with these keys does as well.

    Keys:
        agent_no: Number of the agent to test, `agent_number` of an `RcsAgent`. Must be made of digits only; a number is
            taken for its text. A change: a new object: the old one cannot be changed. Source: Register Tester.
        phoneno: Mobile number with its country code, best with a leading +; also part of the id, which Pulumi shows.
            Must be a phone number that can exist, with its country code: 919876543210 or +91 98765 43210; a number is
            taken for its text. A change: a new object: the old one cannot be changed. Source: Register Tester.
        resend: Any text; changing it sends the invitation once more, which counts against the agent's quota. A change:
            kept in state; Kaleyra does not know the value.
        on_existing: What creating means where the agent's list has the tester: error refuses, else it is taken over.
            One of `adopt_identical`, `adopt`, `error`; anything else is refused. A change: kept in state; Kaleyra does
            not know the value.
    """

    agent_no: Annotated[
        Input[str],
        text(
            doc="Number of the agent to test, `agent_number` of an `RcsAgent`.",
            source=REGISTER,
            role=Role.REPLACE,
            format="digits",
            numeric=True,
            unknown_replaces=True,
        ),
    ]
    phoneno: Annotated[
        Input[str],
        text(
            doc="Mobile number with its country code, best with a leading +; also part of the id, which Pulumi shows.",
            source=REGISTER,
            role=Role.REPLACE,
            format="mobile",
            numeric=True,
            compare=Compare.PHONE,
        ),
    ]
    resend: NotRequired[
        Annotated[
            Input[str],
            text(
                doc="Any text; changing it sends the invitation once more, which counts against the agent's quota.",
                source="kaleyra-rcs",
                role=Role.SETTING,
            ),
        ]
    ]
    on_existing: NotRequired[
        Annotated[
            Input[OnExisting],
            text(
                doc="What creating means where the agent's list has the tester: error refuses, else it is taken over.",
                source="kaleyra-rcs",
                role=Role.SETTING,
                choices=ON_EXISTING,
            ),
        ]
    ]


class TesterOutputs(TypedDict):
    """What only Kaleyra sets."""

    uuid: Annotated[
        str, text(doc="Kaleyra's own identifier of the tester.", source=LIST, wire="id", role=Role.READ_ONLY)
    ]
    status: Annotated[
        str,
        text(
            doc="Status of the tester, known once a list has been read.",
            source=LIST,
            role=Role.READ_ONLY,
            compare=Compare.CASE,
        ),
    ]
    test_status: Annotated[str, text(doc="Status of the test.", source=LIST, role=Role.READ_ONLY)]
    override_dcs_check: Annotated[
        bool, flag(doc="Whether the check of the device is passed over.", source=LIST, role=Role.READ_ONLY)
    ]
    carrierid: Annotated[float, number(doc="Identifier of the carrier.", source=LIST, role=Role.READ_ONLY)]


TABLE: Final = table(RcsTesterArgs, TesterOutputs, AccountFields)
"""The table of a tester."""
