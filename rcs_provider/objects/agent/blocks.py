"""The nested blocks of an agent, and the vendor's pages that document them."""

from typing import Annotated, Final

from typing_extensions import NotRequired, TypedDict

from rcs_provider.core.fields import Compare, Role, flag, text
from rcs_provider.objects.inputs import Input

from .limits import LABEL_LENGTH

CREATE: Final = "Create an Agent"
UPDATE: Final = "Update an Agent"
GET: Final = "Get Agent by Agent Number"


class PhoneArgs(TypedDict):
    """A phone number by which users can reach the brand.

    A plain dict with these keys does as well.
    """

    label_text: Annotated[Input[str], text(source=CREATE, advised_length=LABEL_LENGTH)]
    """Text shown with the number."""

    is_toll_free: Annotated[Input[bool], flag(source=CREATE)]
    """Whether calling the number is free."""

    number: Annotated[Input[str], text(source=CREATE, format="phone", numeric=True, compare=Compare.DIGITS)]
    """The number, sent without spaces and dashes; toll-free ones need not be international."""

    country_code: NotRequired[Annotated[Input[str], text(source=CREATE, default="", returned=False, numeric=True)]]
    """Country code of the number, empty unless given."""


class EmailArgs(TypedDict):
    """An e-mail address by which users can reach the brand."""

    label_text: Annotated[Input[str], text(source=CREATE, advised_length=LABEL_LENGTH)]
    """Text shown with the address."""

    is_primary: Annotated[Input[bool], flag(source=CREATE)]
    """Whether this address is written to first."""

    email: Annotated[Input[str], text(source=CREATE, format="email", compare=Compare.CASE)]
    """The address."""


class LinkArgs(TypedDict):
    """A web page with the text that is shown for it."""

    label_text: Annotated[Input[str], text(source=GET, advised_length=LABEL_LENGTH)]
    """Text shown for the page."""

    website: Annotated[Input[str], text(source=CREATE, format="link")]
    """Address of the page."""


class BrandDetailsArgs(TypedDict):
    """The brand that an agent speaks for; the brand has to exist."""

    brand_no: Annotated[Input[str], text(source=CREATE, numeric=True, role=Role.REPLACE)]
    """Number of the brand."""

    provider_brand_no: NotRequired[Annotated[Input[str], text(source=CREATE, role=Role.REPLACE)]]
    """Number of the brand at the provider."""

    brand_name: NotRequired[Annotated[Input[str], text(source=CREATE, max_length=50, role=Role.REPLACE)]]
    """Name of the brand."""
