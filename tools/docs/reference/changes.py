"""The page of what a change of a declaration does, and what the policies of deletion mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rcs_provider.core.fields import Role
from rcs_provider.objects.agent.fields import TABLE

from .markdown import code, table
from .markdown import page as page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD: Final = """\
What happens at Kaleyra when a declaration changes. The preview says each of these before anything happens. How sure
each single field is: [RcsAgent](agent.md), [RcsTester](tester.md).
"""

_POLICIES: Final = """\
## Deleting an agent

`deletion_policy` decides, per agent or, as `kaleyra:deletionPolicy`, per stack:
"""

_OPTIONS: Final = """\
Options that a program sets itself win. The policy is that of the account which the agent uses, also where a component
hands on its provider, and it is stored with the agent. An agent that a stack took over without being told to is deleted
only by a policy on the resource itself. No agent is deleted that another declared resource has. More:
[delete an agent, or keep it](../how-to/deleting.md).

## Deleting a tester

A deletion forgets the tester, with a warning: no API removes one. The handset stays a tester at Kaleyra. A tester's id
holds its number, which Pulumi shows even where `phoneno` is a secret.

## Creating an agent

A create looks for the service code first. `on_existing` decides what a live agent with that code means:
"""

_ONCE: Final = """\
Nothing is created twice. A lost answer is looked up, never repeated. What exists already can also be imported:
[take over what exists](../how-to/adopt.md).

Verification and launch are out of scope: they are one-way, and people decide them.
"""


_DELETION: Final = (
    (
        "`prevent` (default)",
        "refused in the preview, and by the provider after `pulumi state unprotect`; set another, `pulumi up`, delete",
        "`protect`",
    ),
    ("`retain`", "the agent stays at Kaleyra and is forgotten", "`retain_on_delete`"),
    ("`delete`", "the agent is deleted at Kaleyra; its record stays readable there", ""),
)
_EXISTING: Final = (
    (
        "`adopt_identical` (default)",
        "it is taken over, so a run that was killed in the middle is finished by the next one",
        "an error that names the fields",
    ),
    ("`adopt`", "it is taken over", "it is taken over and changed"),
    ("`error`", "an error", "an error"),
)


def page() -> str:
    """The whole page."""
    return page_of(
        "What a change does",
        "rcs_provider/objects/agent/fields.py",
        _HEAD,
        table(("you change", "what happens"), _rows()),
        _POLICIES,
        table(("policy", "destroy, removal, replacement", "the engine's option"), _DELETION),
        _OPTIONS,
        table(("`on_existing`", "the agent equals the declaration", "it differs"), _EXISTING),
        _ONCE,
    )


def _rows() -> Iterator[tuple[str, str]]:
    replaced = code(*(each.name for each in TABLE if each.role is Role.REPLACE))
    fixed = code(*(each.name for each in TABLE if each.role is Role.IMMUTABLE))
    emptied = " or ".join(code(each.name) for each in TABLE if each.empty_on_removal)
    frozen = code(*(each.name for each in TABLE if each.freezes))
    yield (
        "most fields of an agent",
        "one update; what you do not declare stays as Kaleyra has it, as far as Kaleyra shows it",
    )
    yield replaced, "replaced: a new agent is created and the old one deleted; the preview says so"
    yield "`initial_status`", "nothing: only a create sends it, and the preview says so"
    yield fixed, "refused: no update of the API names it"
    yield f"{frozen} of a verified agent", "refused"
    yield (
        "a field that replaces the agent, of a verified agent",
        "refused, unless `pulumi up --replace URN` says it outright",
    )
    warned = "an update, with a warning: messages name it as their sender; "
    yield "`service_code`", warned + "one that another agent of the run gives up is waited for"
    yield "spelling only: colour in capitals, spaces in a phone number, order of contacts", "nothing"
    yield f"leaving out {emptied} that were declared", "they are emptied"
    yield "leaving out another optional field", "Kaleyra keeps its value; the preview says so"
    yield "a tester's `phoneno` or `agent_no`", "another invitation; the old handset stays a tester"
    yield (
        "a tester's `resend` (any text)",
        "the invitation is sent once more; an agent may send 20 a day, 200 in all",
    )
    yield "pod or SID of the settings", "refused, naming both: agents cannot move"
