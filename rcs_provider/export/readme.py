"""What to type after an export, and what it could not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rcs_provider.objects.agent.life import AGENT

from .declaration import unreturned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .declaration import Declaration
    from .inventory import Survey


def text(stack: str, found: Survey, declared: Sequence[Declaration]) -> str:
    """The guide, in Markdown; it names no phone number."""
    fixed = _GUIDE.format(
        summary=summary(found),
        commands="\n".join(commands(stack)),
        unreturned="\n".join(f"- `{path}`: {field.doc}" for path, field in unreturned(AGENT.table)),
    )
    return fixed + "".join(f"{line}\n" for line in (*_remarks(declared), *_deleted(found.deleted)))


def commands(stack: str) -> list[str]:
    """What takes the account over; none of it changes anything at Kaleyra."""
    return [
        "pulumi install",
        f"pulumi stack select --create {stack}",
        "pulumi config set --secret rcs:apiKey",
        "pulumi import --file import.json --generate-code=false --yes",
        "pulumi preview --expect-no-changes",
    ]


def summary(found: Survey) -> str:
    """What the export holds, in one sentence."""
    testers = sum(len(each.testers) for each in found.agents)
    left = f" ({_counted(len(found.deleted), 'deleted agent')} left out)" if found.deleted else ""
    return f"{_counted(len(found.agents), 'agent')} and {_counted(testers, 'tester')}, as Kaleyra has them{left}."


def report(folder: Path, stack: str, found: Survey) -> str:
    """What a user is told after the files were written to a folder."""
    missing = ", ".join(path for path, _ in unreturned(AGENT.table))
    return "\n".join(
        [
            summary(found),
            "",
            f"Left out, as no read of the API returns them: {missing}.",
            "The first update of an agent may reset them at Kaleyra: declare those that you know before it.",
            "",
            f"Next, in {folder} (its README.md says more):",
            *(f"  {command}" for command in commands(stack)),
        ]
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


_GUIDE: Final = """\
# RCS agents and testers

{summary} In this folder, these commands take them over:

```sh
{commands}
```

The import makes no call and protects everything; the last command fails if anything would change. The first
`pulumi up` changes nothing at Kaleyra either: it leaves protected only what `deletion_policy` protects.
`import.json` holds phone numbers: delete it afterwards.

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


def _deleted(numbers: Sequence[str]) -> Iterator[str]:
    if numbers:
        yield f"\n## Left out\n\nDeleted agents: {', '.join(numbers)}."
