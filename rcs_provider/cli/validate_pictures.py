"""What `kaleyra-rcs validate --pictures` finds: the pictures and pages of stack files, each address fetched once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_provider import objects
from rcs_provider.core.fields import is_block
from rcs_provider.objects import stack_keys
from rcs_provider.pictures.answer import Answer
from rcs_provider.pictures.findings import declared, findings, wanted

from . import terminal
from .fetching import fetcher
from .stack_file import dotted
from .validate_checks import WARNING, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rcs_provider.core.kind import Kind
    from rcs_provider.pictures.findings import Declared

    from .stack_file import StackFile, Steps

    _Place = tuple[int, Steps, Declared]
    """Number of a file, the way to the object in it, and the address within."""


def look_at(files: Sequence[StackFile], *, allow_private: bool) -> list[list[Finding]]:
    """Fetches all that the files declare, and says what is wrong with it: a list for each file.

    Args:
        files: that were read; of a file with mistakes as such, whatever was read of it.
        allow_private: whether hosts may be fetched from that are not on the public internet.

    Raises:
        NotSent: the file of trusted authorities, which a variable names, is of no use.
    """
    places = _places(files)
    asked = wanted(each for listed in places.values() for _, _, each in listed)
    fetches = fetcher(allow_private=allow_private)
    terminal.say(f"fetching {len(asked)} addresses of pictures and pages")
    told: list[list[Finding]] = [[] for _ in files]
    answered = 0
    # One after the other, as hundreds of pictures together would fill the memory.
    for address, found in fetches.each(asked):
        answered += isinstance(found, Answer) and found.is_success
        # What is wrong depends on the field alone, and a logo may be that of hundreds of agents.
        reasons = {each.field: list(findings(each, found)) for each in _by_field(places[address])}
        for index, path, each in places[address]:
            told[index] += [_finding(files[index], (*path, *each.path), reason) for reason in reasons[each.field]]
    terminal.say(f"{answered} answered, {len(asked) - answered} did not")
    return told


def _places(files: Sequence[StackFile]) -> dict[str, list[_Place]]:
    """Where each address is declared."""
    places: dict[str, list[_Place]] = {}
    for index, file in enumerate(files):
        for path, each in _declared(file):
            places.setdefault(each.address, []).append((index, path, each))
    return places


def _by_field(listed: Sequence[_Place]) -> Iterable[Declared]:
    """One place for each field that declares an address."""
    return {each.field: each for _, _, each in listed}.values()


def _declared(file: StackFile) -> Iterator[tuple[Steps, Declared]]:
    """Each address of a file, with the way to the object that declares it."""
    for kind in objects.OBJECTS:
        for name, inputs in _listed(file, kind).items():
            if is_block(inputs):
                key = stack_keys.data_key(kind.section)
                yield from (((key, name), each) for each in declared(kind.table, inputs))


def _listed(file: StackFile, kind: Kind[Any]) -> dict[str, Any]:
    found = file.config.get(stack_keys.data_key(kind.section))
    return found if is_block(found) else {}


def _finding(file: StackFile, path: Steps, reason: str) -> Finding:
    place = file.place(path)
    return Finding(place.line, place.column, WARNING, dotted(path), reason)
