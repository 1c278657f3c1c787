"""The configuration of a Pulumi stack, as the CLI decrypts it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.fields import is_block

from . import project_file
from . import pulumi_cli as cli

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NONE_SELECTED: Final = "no stack selected"
_WRONG_PHRASE: Final = "incorrect passphrase"
_SET_PHRASE: Final = "Set PULUMI_CONFIG_PASSPHRASE to the passphrase of that stack."


@dataclass(frozen=True)
class Stack:
    """What was read.

    Attributes:
        name: what messages call the stack; empty where there is none.
        values: the configured text of each key, `kaleyra:pod` and the like, secrets decrypted.
        trouble: why nothing could be read of the stack, or nothing.
        todo: what to do about that, where it is known.
    """

    name: str = ""
    values: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    trouble: str = ""
    todo: str = ""


def selected(folder: Path) -> str | None:
    """The name of the selected stack of the project in this folder; None where none can be told. Never raises."""
    if not (project_file.find(folder) and cli.is_there()):
        return None
    try:
        return cli.ask("stack", "--show-name", "--non-interactive", folder=folder).strip() or None
    except cli.PulumiError:  # `read` says why
        return None


def read(name: str | None, folder: Path) -> Stack:
    """The configuration of the stack of that name, or of the selected one; never raises.

    Args:
        name: of the stack; None takes the selected one, or none where there is no project, CLI or selection.
        folder: where to look for the project, its parents included.
    """
    if name is None and not (project_file.find(folder) and cli.is_there()):
        return Stack()
    called, options = (f"stack {name}", ["--stack", name]) if name else ("the selected stack", [])
    try:
        text = cli.ask("config", "--json", "--show-secrets", "--non-interactive", *options, folder=folder)
        return Stack(called, _values(text))
    except cli.PulumiError as error:
        if name is None and _NONE_SELECTED in str(error):
            return Stack()
        todo = _SET_PHRASE if _WRONG_PHRASE in str(error) else ""
        return Stack(called, trouble=f"the configuration of {called} could not be read: {error}", todo=todo)


def _values(text: str) -> dict[str, str]:
    try:
        document: Any = json.loads(text)
    except ValueError:
        document = None
    if not is_block(document):
        raise cli.PulumiError("pulumi answered no JSON")
    found = {key: entry.get("value") for key, entry in document.items() if is_block(entry)}
    return {key: value for key, value in found.items() if isinstance(value, str)}
