"""A kind of object that no vendor has: what a description is, and all that the package needs of a new kind."""

from typing import Annotated, ClassVar, Final

from typing_extensions import NotRequired, TypedDict

from rcs_provider.api.operations import UNDONE, Operation
from rcs_provider.core.account import AccountFields
from rcs_provider.core.fields import Compare, Role, table, text
from rcs_provider.core.settings import DELETION_POLICIES, DeletionPolicy
from rcs_provider.objects.inputs import Input
from rcs_provider.objects.numbered import Numbered, Operations

PAGE: Final = "Toys"


class ToyArgs(TypedDict):
    """Arguments of a toy."""

    toy_code: Annotated[Input[str], text(source=PAGE)]
    """Unique code of the toy."""

    colour: Annotated[Input[str], text(source=PAGE, max_length=10, compare=Compare.CASE)]
    """What it is painted in."""

    size: Annotated[Input[str], text(source=PAGE, role=Role.REPLACE, choices=("SMALL", "LARGE"))]
    """How large it is."""

    deletion_policy: NotRequired[
        Annotated[
            DeletionPolicy,
            text(source="kaleyra-rcs", role=Role.SETTING, choices=DELETION_POLICIES, setting="deletion_policy"),
        ]
    ]
    """What deleting means."""


class ToyOutputs(TypedDict):
    """What only the service sets."""

    toy_number: Annotated[str, text(source=PAGE, role=Role.READ_ONLY)]
    """Number of the toy."""


class Toy(Numbered):
    """Something to play with."""

    name: ClassVar = "toy"
    section: ClassVar = "toys"
    token: ClassVar = "pulumi-python:dynamic/rcs:RcsToy"  # noqa: S105 - of Pulumi's types
    table: ClassVar = table(ToyArgs, ToyOutputs, AccountFields)
    key: ClassVar = "toy_code"
    number: ClassVar = "toy_number"
    operations: ClassVar = Operations(
        create=Operation("create the toy", "POST", "/toy", repeated_after=UNDONE),
        read=Operation("read the toy", "GET", "/toy/{number}"),
        update=Operation("update the toy", "PUT", "/toy/{number}", repeated_after=UNDONE),
        delete=Operation("delete the toy", "DELETE", "/toy/{number}", empty_ok=True, repeated_after=UNDONE),
        list=Operation("list the toys", "GET", "/toys"),
    )
