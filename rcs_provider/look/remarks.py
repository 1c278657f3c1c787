"""What is worth a look before anyone else sees an agent: texts that are too long, a colour without contrast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.contrast import BLACK, ENOUGH, WHITE, contrast
from rcs_provider.core.fields import UNKNOWN, is_block, is_list
from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.objects.agent.limits import COLOR, DESCRIPTION, LABEL, NAME

from .screen import colour_of, over
from .texts import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rcs_provider.core.fields import Field
    from rcs_provider.objects.agent.limits import Limit


@dataclass(frozen=True)
class Remark:
    """One thing to look at.

    Attributes:
        path: as in messages, `phones[0].label_text`.
        words: what is the matter.
        source: the limit and who says so; empty where that needs no source.
    """

    path: str
    words: str
    source: str = ""


@dataclass(frozen=True)
class Ratio:
    """The contrast of a colour with another.

    Attributes:
        other: white or black.
        ratio: "6.7:1".
        enough: whether text can be read by it.
    """

    other: str
    ratio: str
    enough: bool


_GROUNDS: Final = (("white", WHITE), ("black", BLACK))
_LIMITS: Final[Mapping[str, Limit]] = {"display_name": NAME, "description": DESCRIPTION, "label_text": LABEL}


def ratios(inputs: Mapping[str, Any]) -> list[Ratio]:
    """The contrast of the agent's colour; nothing where that is not known."""
    colour = colour_of(inputs)
    found = [(name, contrast(colour, ground)) for name, ground in _GROUNDS] if colour else []
    # Cut, as 4.46 is not the 4.5 that it would be rounded to.
    return [Ratio(name, f"{int(each * 10) / 10:g}:1", each >= ENOUGH) for name, each in found]


def remarks(inputs: Mapping[str, Any]) -> list[Remark]:
    """What is worth a look, in the order of the table."""
    return [*_too_long(TABLE, inputs), *_colour(inputs)]


def _colour(inputs: Mapping[str, Any]) -> Iterator[Remark]:
    white = next(iter(ratios(inputs)), None)
    if white is None and inputs.get("color") not in (None, UNKNOWN, SECRET):
        yield Remark("color", "is not # and six hexadecimal digits, so a neutral one stands for it")
    elif white is not None and not white.enough:
        yield _remark(COLOR, "color", f"has a contrast of {white.ratio} to white")


def _too_long(table: Iterable[Field], values: Mapping[str, Any], prefix: str = "") -> Iterator[Remark]:
    for each in table:
        value, path = values.get(each.name), f"{prefix}{each.name}"
        if each.name in _LIMITS and (said := over(value, each.max_length or each.advised_length)):
            yield _remark(_LIMITS[each.name], path, f"has {said}")
        elif each.fields is not None and is_block(value):
            yield from _too_long(each.fields, value, f"{path}.")
        elif each.item is not None and each.item.fields is not None and is_list(value):
            for index, entry in enumerate(value):
                yield from _too_long(each.item.fields, entry, f"{path}[{index}].") if is_block(entry) else ()


def _remark(limit: Limit, path: str, words: str) -> Remark:
    return Remark(path, words, f"{limit.what} ({limit.cited})")
