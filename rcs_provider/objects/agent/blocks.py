"""The nested blocks of an agent, and the vendor's pages that document them."""

from typing import Annotated, Final

from pulumi import Input
from typing_extensions import NotRequired, TypedDict

from rcs_provider.core.fields import Compare, Role, flag, text

CREATE: Final = "Create an Agent"
UPDATE: Final = "Update an Agent"
GET: Final = "Get Agent by Agent Number"

_LABEL: Final = 25
"""Characters of a label on the read page; the update page's own sample has labels of 30."""


class PhoneArgs(TypedDict):
    """A phone number by which users can reach the brand: a plain dict with these keys does as well.

    Keys:
        label_text: Text shown with the number. More than 25 characters are a warning. A change: one update in place.
            Source: Create an Agent.
        is_toll_free: Whether calling the number is free. A change: one update in place. Source: Create an Agent.
        number: The number, sent without spaces and dashes; toll-free ones need not be international. Must be a phone
            number: digits, with a leading + if you like; a number is taken for its text. A change: one update in place.
            Source: Create an Agent.
        country_code: Country code of the number, empty unless given. A number is taken for its text. Default: empty. A
            change: one update in place. Source: Create an Agent.
    """

    label_text: Annotated[Input[str], text(doc="Text shown with the number.", source=CREATE, advised_length=_LABEL)]
    is_toll_free: Annotated[Input[bool], flag(doc="Whether calling the number is free.", source=CREATE)]
    number: Annotated[
        Input[str],
        text(
            doc="The number, sent without spaces and dashes; toll-free ones need not be international.",
            source=CREATE,
            format="phone",
            numeric=True,
            compare=Compare.DIGITS,
        ),
    ]
    country_code: NotRequired[
        Annotated[
            Input[str],
            text(
                doc="Country code of the number, empty unless given.",
                source=CREATE,
                default="",
                returned=False,
                numeric=True,
            ),
        ]
    ]


class EmailArgs(TypedDict):
    """An e-mail address by which users can reach the brand.

    Keys:
        label_text: Text shown with the address. More than 25 characters are a warning. A change: one update in place.
            Source: Create an Agent.
        is_primary: Whether this address is written to first. A change: one update in place. Source: Create an Agent.
        email: The address. Must be an e-mail address. A change: one update in place. Source: Create an Agent.
    """

    label_text: Annotated[Input[str], text(doc="Text shown with the address.", source=CREATE, advised_length=_LABEL)]
    is_primary: Annotated[Input[bool], flag(doc="Whether this address is written to first.", source=CREATE)]
    email: Annotated[Input[str], text(doc="The address.", source=CREATE, format="email", compare=Compare.CASE)]


class LinkArgs(TypedDict):
    """A web page with the text that is shown for it.

    Keys:
        label_text: Text shown for the page. More than 25 characters are a warning. A change: one update in place.
            Source: Get Agent by Agent Number.
        website: Address of the page. Must be a whole http:// or https:// address. A change: one update in place.
            Source: Create an Agent.
    """

    label_text: Annotated[Input[str], text(doc="Text shown for the page.", source=GET, advised_length=_LABEL)]
    website: Annotated[Input[str], text(doc="Address of the page.", source=CREATE, format="link")]


class BrandDetailsArgs(TypedDict):
    """The brand that an agent speaks for; the brand has to exist.

    Keys:
        brand_no: Number of the brand. A number is taken for its text. A change: a new object: the old one cannot be
            changed. Source: Create an Agent.
        provider_brand_no: Number of the brand at the provider. A change: a new object: the old one cannot be changed.
            Source: Create an Agent.
        brand_name: Name of the brand. At most 50 characters. A change: a new object: the old one cannot be changed.
            Source: Create an Agent.
    """

    brand_no: Annotated[Input[str], text(doc="Number of the brand.", source=CREATE, numeric=True, role=Role.REPLACE)]
    provider_brand_no: NotRequired[
        Annotated[Input[str], text(doc="Number of the brand at the provider.", source=CREATE, role=Role.REPLACE)]
    ]
    brand_name: NotRequired[
        Annotated[Input[str], text(doc="Name of the brand.", source=CREATE, max_length=50, role=Role.REPLACE)]
    ]
