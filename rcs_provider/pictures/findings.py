"""What is wrong with the pictures and links that an object declares, as far as their addresses answer.

Kaleyra takes what is found here, so all of it is worth a warning and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from rcs_provider.core.fields import is_block, is_list
from rcs_provider.core.text import one_line
from rcs_provider.core.validation import FORMATS
from rcs_provider.objects.agent import limits

from .answer import Answer, PictureError, shown
from .fetch import MOST_BYTES
from .read import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rcs_provider.core.fields import Field, Table
    from rcs_provider.objects.agent.limits import PictureLimits

    from .read import Picture

_PICTURE: Final = "picture"
_LINK: Final = "link"
_SECURE: Final = ("privacy", "terms_conditions")
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg")}


@dataclass(frozen=True)
class Declared:
    """An address in an object's inputs.

    Attributes:
        path: the way to it, from the object: `("website", 0, "website")`.
        address: as declared.
        is_picture: whether it is one of a picture; else it is one of a page.
    """

    path: tuple[str | int, ...]
    address: str
    is_picture: bool

    @property
    def field(self) -> str:
        """Name of the object's field that it is in."""
        return str(self.path[0])


def declared(table: Table, inputs: Mapping[str, Any]) -> Iterator[Declared]:
    """Every address that the inputs of an object declare in its right form, in the order of the table.

    Args:
        table: of the object.
        inputs: plain values; whatever is not what the table says is passed over, as the checks tell of it.
    """
    for each in table.inputs:
        yield from _within(each, inputs.get(each.name), (each.name,))


def _within(field: Field, value: Any, path: tuple[str | int, ...]) -> Iterator[Declared]:
    if field.item is not None and is_list(value):
        for index, item in enumerate(value):
            yield from _within(field.item, item, (*path, index))
    elif field.fields is not None and is_block(value):
        for each in field.fields.inputs:
            yield from _within(each, value.get(each.name), (*path, each.name))
    elif field.format in (_PICTURE, _LINK) and isinstance(value, str) and FORMATS[field.format][0](value):
        yield Declared(path, value, field.format == _PICTURE)


def wanted(addresses: Iterable[Declared]) -> dict[str, int]:
    """What `Fetcher.get_all` is asked for: whole pictures, and of pages no more than the head."""
    most: dict[str, int] = {}
    for each in addresses:
        most[each.address] = max(most.get(each.address, 0), MOST_BYTES if each.is_picture else 0)
    return most


def findings(place: Declared, found: Answer | PictureError) -> Iterator[str]:
    """What is wrong with one address, each a clause about it.

    Args:
        place: where it is declared.
        found: what came of it.
    """
    if isinstance(found, PictureError):
        yield found.message
        return
    yield from _way(found)
    if place.field in _SECURE and found.is_success and not found.final.startswith("https://"):
        yield f"is not answered under https://, as it has to be ({limits.LINKS.cited})"
    if place.is_picture and found.is_success:
        yield from _of_picture(place, found)


def _way(answer: Answer) -> Iterator[str]:
    refused = "" if answer.is_success else f"answers HTTP {answer.status}"
    if answer.redirects:
        yield f"redirects to {shown(answer.final)}" + (f", which {refused}" if refused else "")
    elif refused:
        yield refused


def _of_picture(place: Declared, answer: Answer) -> Iterator[str]:
    try:
        picture = read(answer.content, answer.content_type)
    except PictureError as error:
        yield error.message
        return
    yield from _names(answer, picture)
    if picture.frames > 1:
        yield "is animated: only a picture that stands still is known to be shown"
    if (limit := limits.PICTURES.get(place.field)) is not None:
        yield from _measures(limit, picture)


def _names(answer: Answer, picture: Picture) -> Iterator[str]:
    """What its address and its host call a picture that is another."""
    ending = PurePosixPath(urlsplit(answer.address).path).suffix.lower()
    if ending not in _ENDINGS[picture.format]:
        yield f"is a {picture.format}, and its address ends in {ending}"
    said = answer.content_type.partition(";")[0].strip().lower()
    if said != picture.media_type:
        yield f"is served as {one_line(said) or 'nothing'}, and not as {picture.media_type}"


def _measures(limit: PictureLimits, picture: Picture) -> Iterator[str]:
    if (picture.width, picture.height) != (limit.width, limit.height):
        right = picture.width * limit.height == picture.height * limit.width
        aspect = "the right aspect" if right else "another aspect"
        size = f"has {picture.width} x {picture.height} pixels, {aspect}"
        yield f"{size}: it has to be {limit.size.what} ({limit.size.cited})"
    if picture.bytes > limit.most_bytes:
        yield f"has {picture.bytes} bytes: it has to be {limit.weight.what} ({limit.weight.cited})"
    if picture.transparent:
        yield f"has transparent parts: {limit.transparency.what} ({limit.transparency.cited})"
