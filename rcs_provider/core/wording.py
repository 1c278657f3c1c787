"""What a value of a field may be, in the words of every documentation that is made from the tables. Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .validation import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .fields import Field


def limits(field: Field) -> Iterator[str]:
    """Clauses on what a value must be, and on what is only warned about."""
    if field.max_length is not None:
        yield f"at most {field.max_length} characters"
    if field.advised_length is not None:
        yield f"more than {field.advised_length} characters are a warning"
    if field.max_items is not None:
        yield f"at most {field.max_items} entries"
    if field.format:
        yield FORMATS[field.format][1]
    if field.choices and field.open_choices:
        yield f"documented are {as_code(field.choices)}; another value passes with a warning"
    elif field.choices:
        yield f"one of {as_code(field.choices)}; anything else is refused"


def as_code(values: Iterable[str]) -> str:
    """Values as code, with commas between them."""
    return ", ".join(f"`{each}`" for each in values)
