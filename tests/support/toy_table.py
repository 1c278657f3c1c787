"""A table of a made-up object, a shop: what the generic parts of `core` are tested on.

It has a field of every kind that they tell apart, and no annotation is postponed, as `fields.table` asks for.
"""

from typing import Annotated, Any, Final

from typing_extensions import NotRequired, TypedDict

from rcs_provider.core.fields import Compare, Role, block, blocks, flag, number, table, text, texts

PAGE: Final = "A page"


class Contact(TypedDict):
    """A phone number of the shop."""

    label: Annotated[str, text(source=PAGE)]
    free: Annotated[bool, flag(source=PAGE)]
    number: Annotated[str, text(source=PAGE, format="phone", numeric=True, compare=Compare.DIGITS)]
    country_code: NotRequired[Annotated[str, text(source=PAGE, default="", returned=False, numeric=True)]]


class Link(TypedDict):
    """A web page of the shop."""

    label: Annotated[str, text(source=PAGE, advised_length=25)]
    address: Annotated[str, text(source=PAGE, format="link")]


class Owner(TypedDict):
    """Whose shop it is."""

    owner_no: Annotated[str, text(source=PAGE, numeric=True, role=Role.REPLACE)]
    owner_name: NotRequired[Annotated[str, text(source=PAGE, max_length=50, role=Role.REPLACE)]]


class Shop(TypedDict):
    """What a program declares."""

    name: Annotated[str, text(source=PAGE, max_length=40)]
    code: Annotated[str, text(source=PAGE, numeric=True)]
    picture: Annotated[str, text(source=PAGE, format="picture", compare=Compare.IMAGE)]
    contacts: NotRequired[
        Annotated[
            list[Contact],
            blocks(Contact, source=PAGE, max_items=3, empty_on_removal=True, compare=Compare.CONTACT),
        ]
    ]
    link: Annotated[Link, block(Link, source=PAGE)]
    color: Annotated[str, text(source=PAGE, format="color", compare=Compare.CASE)]
    plan: NotRequired[
        Annotated[str, text(source=PAGE, choices=("BASIC_MESSAGE", "NEW"), open_choices=True, compare=Compare.BILLING)]
    ]
    region: Annotated[str, text(source=PAGE, role=Role.REPLACE, choices=("NORTH", "SOUTH", "WEST"), echo=True)]
    links: NotRequired[Annotated[list[Link], blocks(Link, source=PAGE, max_items=3)]]
    owner: Annotated[Owner, block(Owner, source=PAGE, role=Role.REPLACE, echo=True)]
    series: NotRequired[Annotated[str, text(source=PAGE, role=Role.REPLACE, default="1", numeric=True, echo=True)]]
    tags: NotRequired[Annotated[list[str], texts(source=PAGE, role=Role.IMMUTABLE, returned=False)]]
    policy: NotRequired[Annotated[str, text(source=PAGE, role=Role.SETTING, choices=("keep", "drop"))]]


class Outputs(TypedDict):
    """What only the API sets."""

    uuid: Annotated[str, text(source=PAGE, wire="id", role=Role.READ_ONLY)]
    status: Annotated[str, text(source=PAGE, role=Role.READ_ONLY, compare=Compare.CASE)]
    is_open: Annotated[bool, flag(source=PAGE, role=Role.READ_ONLY)]
    rating: Annotated[float, number(source=PAGE, role=Role.READ_ONLY)]


TABLE: Final = table(Shop, Outputs)

SHOP: Final[dict[str, Any]] = {
    "name": "Corner",
    "code": "CORNER",
    "picture": "https://www.example.com/front.png",
    "contacts": [
        {"label": "Call", "free": True, "country_code": "", "number": "18001001001"},
        {"label": "Office", "free": False, "country_code": "91", "number": "+91 90000 00001"},
    ],
    "link": {"label": "Home", "address": "https://www.example.com/home"},
    "color": "#494e0d",
    "plan": "NEW",
    "region": "NORTH",
    "links": [{"label": "Sale", "address": "https://www.example.com/sale"}],
    "owner": {"owner_no": "8032", "owner_name": "Example"},
    "series": "1",
    "tags": ["cheap", "near"],
    "policy": "keep",
}
"""Every input of a shop, normalised."""


def shop_row(**changes: Any) -> dict[str, Any]:
    """What a read of the shop answers."""
    contacts = [{name: each[name] for name in ("label", "free", "number")} for each in SHOP["contacts"]]
    row = {name: value for name, value in SHOP.items() if name not in ("tags", "policy")}
    return {"id": "7", **row, "contacts": contacts, "status": "OPEN", "is_open": True, **changes}
