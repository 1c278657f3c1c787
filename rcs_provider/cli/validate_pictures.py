"""What `kaleyra-rcs validate --pictures` finds: the pictures and pages of stack files, each address fetched once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.request import getproxies

from rcs_provider import objects
from rcs_provider.core.fields import is_block
from rcs_provider.objects import stack_keys
from rcs_provider.pictures.answer import Answer
from rcs_provider.pictures.fetch import Fetcher
from rcs_provider.pictures.findings import declared, findings, wanted

from . import terminal
from .stack_file import dotted
from .validate_checks import WARNING, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rcs_provider.core.kind import Kind
    from rcs_provider.pictures.findings import Declared

    from .stack_file import StackFile, Steps


def look_at(files: Sequence[StackFile], *, allow_private: bool) -> list[list[Finding]]:
    """Fetches all that the files declare, and says what is wrong with it: a list for each file.

    Args:
        files: that were read; of a file with mistakes as such, whatever was read of it.
        allow_private: whether hosts may be fetched from that are not on the public internet.

    Raises:
        NotSent: the file of trusted authorities, which a variable names, is of no use.
    """
    places = [list(_declared(each)) for each in files]
    asked = wanted(place for listed in places for _, place in listed)
    if any(getproxies().get(scheme) for scheme in ("http", "https")):
        terminal.say("--pictures connects directly: proxies of the environment are not used", "warning")
    answers = Fetcher(allow_private=allow_private).get_all(asked)
    told = [_findings(file, listed, answers) for file, listed in zip(files, places, strict=True)]
    answered = sum(isinstance(each, Answer) and each.is_success for each in answers.values())
    terminal.say(
        f"{len(answers)} addresses of pictures and pages: {answered} answered, {len(answers) - answered} did not"
    )
    return told


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


def _findings(file: StackFile, listed: Sequence[tuple[Steps, Declared]], answers: dict[str, Any]) -> list[Finding]:
    return [
        _finding(file, (*path, *place.path), reason)
        for path, place in listed
        for reason in findings(place, answers[place.address])
    ]


def _finding(file: StackFile, path: Steps, reason: str) -> Finding:
    place = file.place(path)
    return Finding(place.line, place.column, WARNING, dotted(path), reason)
