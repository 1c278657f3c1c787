"""The fields of a tester."""

from typing import Annotated, Final

from typing_extensions import NotRequired, TypedDict

from rcs_provider.core.account import AccountFields
from rcs_provider.core.fields import Compare, Role, flag, number, table, text
from rcs_provider.core.settings import ON_EXISTING, OnExisting
from rcs_provider.objects.inputs import Input

REGISTER: Final = "Register Tester"
LIST: Final = "Get Tester By Agent"


class RcsTesterArgs(TypedDict):
    """Arguments of `RcsTester`; a plain dict with these keys does as well.

    What each may be, what a change of it does and where it is documented: docs/reference/tester.md.
    """

    agent_no: Annotated[
        Input[str], text(source=REGISTER, role=Role.REPLACE, format="digits", numeric=True, unknown_replaces=True)
    ]
    """Number of the agent to test, `agent_number` of an `RcsAgent`."""

    phoneno: Annotated[
        Input[str], text(source=REGISTER, role=Role.REPLACE, format="mobile", numeric=True, compare=Compare.PHONE)
    ]
    """Mobile number with its country code, best with a leading +; also part of the id, which Pulumi shows."""

    resend: NotRequired[Annotated[Input[str], text(source="kaleyra-rcs", role=Role.SETTING)]]
    """Any text; changing it sends the invitation once more, which counts against the agent's quota."""

    on_existing: NotRequired[
        Annotated[Input[OnExisting], text(source="kaleyra-rcs", role=Role.SETTING, choices=ON_EXISTING)]
    ]
    """What creating means where the agent's list has the tester: error refuses, else it is taken over."""


class TesterOutputs(TypedDict):
    """What only Kaleyra sets."""

    uuid: Annotated[str, text(source=LIST, wire="id", role=Role.READ_ONLY)]
    """Kaleyra's own identifier of the tester."""

    status: Annotated[str, text(source=LIST, role=Role.READ_ONLY, compare=Compare.CASE)]
    """Status of the tester, known once a list has been read."""

    test_status: Annotated[str, text(source=LIST, role=Role.READ_ONLY)]
    """Status of the test."""

    override_dcs_check: Annotated[bool, flag(source=LIST, role=Role.READ_ONLY)]
    """Whether the check of the device is passed over."""

    carrierid: Annotated[float, number(source=LIST, role=Role.READ_ONLY)]
    """Identifier of the carrier."""


TABLE: Final = table(RcsTesterArgs, TesterOutputs, AccountFields)
"""The table of a tester."""
