"""What to type after an export, and what it could not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rcs_provider import objects
from rcs_provider.core.declarable import unreturned
from rcs_provider.core.settings import API_KEY, FACES, PLUGIN
from rcs_provider.core.text import counted, joined

from . import secret_phones

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from rcs_provider.core.fields import Field

    from .declaration import Declaration
    from .inventory import Inventory


def text(stack: str, found: Inventory, declared: Sequence[Declaration], face: str, secret: str = "") -> str:
    """The guide, in Markdown; it names no phone number."""
    fixed = _GUIDE.format(
        summary=summary(found),
        commands="\n".join(commands(stack, face, secret)),
        files=f"`import.json` and `{secret_phones.FILE}` hold" if secret else "`import.json` holds",
        them="both" if secret else "it",
        taking=_BY_ID if face == PLUGIN else _BY_FILE,
        unreturned="\n".join(f"- `{path}`: {field.doc}" for path, field in _unreturned()),
    )
    return fixed + "".join(f"{line}\n" for line in (*_remarks(declared), *_deleted(found.deleted)))


def commands(stack: str, face: str = FACES[0], secret: str = "") -> list[str]:
    """What takes the account over; none of it changes anything at Kaleyra.

    Args:
        stack: its name.
        face: one of FACES.
        secret: the form of the project, where the phone numbers are a secret of the stack.
    """
    return [
        # The engine refuses a project whose plugin's folder is missing, `pulumi install` included.
        *(["python3 -m venv .venv"] if face == PLUGIN else []),
        "pulumi install",
        # Not `select --create`, which would silently join a stack of that name of another project of the same name.
        f"pulumi stack init {stack}",
        API_KEY.command,
        *([secret_phones.command(secret)] if secret else []),
        "pulumi import --file import.json --generate-code=false --yes",
        "pulumi preview --expect-no-changes",
    ]


def _unreturned() -> Iterator[tuple[str, Field]]:
    for kind in objects.OBJECTS:
        yield from unreturned(kind.table)


def summary(found: Inventory) -> str:
    """What the export holds, in one sentence."""
    held = joined(counted(len(list(found.of(kind))), kind.name) for kind in objects.OBJECTS)
    deleted = [counted(len(ids), f"deleted {name}") for name, ids in found.deleted.items() if ids]
    left = f" ({joined(deleted)} left out)" if deleted else ""
    return f"{held}, as Kaleyra has them{left}."


def report(folder: Path, stack: str, found: Inventory, face: str = FACES[0], secret: str = "") -> str:
    """What a user is told after the files were written to a folder."""
    missing = ", ".join(path for path, _ in _unreturned())
    return "\n".join(
        [
            summary(found),
            "",
            f"Left out, as no read of the API returns them: {missing}.",
            "The first update of an agent may reset them at Kaleyra: declare those that you know before it.",
            "",
            f"Next, in {folder} (its README.md says more):",
            *(f"  {command}" for command in commands(stack, face, secret)),
        ]
    )


_BY_FILE: Final = "The import makes no call and protects everything;"
_BY_ID: Final = "The import reads each agent and tester by its id, changes nothing, and protects everything;"
_GUIDE: Final = """\
# RCS agents and testers

{summary} In this folder, these commands take them over:

```sh
{commands}
```

{taking} the last command fails if anything would change.
The first `pulumi up` changes nothing at Kaleyra either: it leaves protected only what `deletion_policy` protects.
{files} phone numbers: delete {them} afterwards.

## What no read of the API returns

Kaleyra may have values for these. It does not tell them, so they are declared nowhere, the first update of an agent
cannot send them back, and Kaleyra may reset them then: declare those that you know before you change an agent.

{unreturned}
"""


def _remarks(declared: Sequence[Declaration]) -> Iterator[str]:
    remarks = [f"- {each.name}: {remark}" for each in declared for remark in each.remarks]
    if remarks:
        yield "\n## What a new agent could not have\n"
        yield "Kaleyra has these values all the same. They pass with a warning until you change them.\n"
        yield from remarks


def _deleted(deleted: Mapping[str, Sequence[str]]) -> Iterator[str]:
    lines = [f"Deleted {name}s: {', '.join(ids)}." for name, ids in deleted.items() if ids]
    if lines:
        yield "\n".join(["\n## Left out\n", *lines])
