"""Phone numbers of testers as a secret of the stack: a file that git ignores, and the command that encrypts it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from rcs_provider import objects
from rcs_provider.objects import stack_keys

from . import stack_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .declaration import Declaration

FILE: Final = "phones.json"
"""Holds the numbers in plain text until the command has stored them."""
CONFIG_KEY: Final = "phones"
"""Key of the numbers in the configuration of a project that is a program, in the project's own namespace."""


def command(form: str) -> str:
    """What stores the file encrypted in the stack's configuration."""
    (kind,) = (each for each in objects.OBJECTS if each.parent)
    key = stack_keys.data_key(kind.section) if form == "stack" else CONFIG_KEY
    return f"pulumi config set --secret {key} < {FILE}"


def text(form: str, declared: Sequence[Declaration]) -> str:
    """The file's text: what a stack's data says of the testers, or their numbers by name for a program."""
    children = [each for each in declared if each.parent]
    held = {each.name: stack_file.data(each) if form == "stack" else each.arguments[each.kind.key] for each in children}
    return json.dumps(held, indent=2, ensure_ascii=False) + "\n"
