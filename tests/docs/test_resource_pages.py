"""Pages of kinds that bring no words of their own."""

import re
from typing import Annotated, ClassVar

from proves import proves
from reference.resource import page_of
from typing_extensions import NotRequired, TypedDict

from rcs_provider.api.operations import Operation
from rcs_provider.core.account import AccountFields
from rcs_provider.core.fields import Role, block, blocks, table, text
from rcs_provider.objects.listed import InList
from rcs_provider.objects.numbered import Numbered, Operations


class Shade(TypedDict):
    name: Annotated[str, text(source="Create a Sign")]
    "What people call it."


class Light(TypedDict):
    shade: NotRequired[Annotated[Shade, block(Shade, source="Create a Sign")]]
    "What colour it has."


class Sign(TypedDict):
    lights: NotRequired[Annotated[list[Light], blocks(Light, source="Create a Sign")]]
    "What it is lit by."

    word: Annotated[str, text(source="Create a Sign")]
    "What it says."

    status: Annotated[str, text(source="Create a Sign", role=Role.READ_ONLY)]
    "Whether it is lit."


class Signs(Numbered):
    """A sign above a door."""

    name: ClassVar = "sign"
    section: ClassVar = "signs"
    token: ClassVar = "pulumi-python:dynamic/rcs:RcsSign"  # noqa: S105 - of Pulumi's types
    table: ClassVar = table(Sign, AccountFields)
    number: ClassVar = "sign_number"
    operations: ClassVar = Operations(*[Operation("do it", "GET", f"/signs/{each}") for each in range(5)])


@proves("E15")
def test_a_kind_without_words_of_its_own_has_a_page_with_the_mandatory_first() -> None:
    page = page_of(Signs())
    assert "\n# RcsSign\n\nA sign above a door. Its type token is `pulumi-python:dynamic/rcs:RcsSign`" in page
    assert "`kaleyra:rcs:Sign` of the provider plugin" in " ".join(page.split())
    assert "Its id is `sign_number`." in " ".join(page.split())
    assert "under `rcs:signs`" in page
    assert re.findall(r"^### (.*)$", page, re.MULTILINE) == ["word", "lights", "Light", "Shade"]
    assert "| `shade` | [Shade](#shade), optional | What colour it has." in page
    assert "For `shade`." in page
    assert "| `status` | Whether it is lit." in page
    assert "| update | `GET /signs/2` |" in page


def test_a_kind_that_only_a_list_shows_has_a_page_too() -> None:
    class Doors(InList):
        name: ClassVar = "door"
        section: ClassVar = "doors"
        token: ClassVar = "pulumi-python:dynamic/rcs:RcsDoor"  # noqa: S105 - of Pulumi's types
        table: ClassVar = table(Shade)
        key: ClassVar = "name"
        parent: ClassVar = "house"
        parent_field: ClassVar = "house_no"
        rows = spelt = masked = create = update = delete = None

    page = " ".join(page_of(Doors()).split())
    assert "# RcsDoor Its type token is" in page
    assert "Its id is the number of its house, a slash and its name." in page
