"""The page of how sure each call and each failure is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rcs_provider.api import operations
from rcs_provider.objects.agent import operations as of_agents
from rcs_provider.objects.tester import operations as of_testers
from rcs_simulator.api.coverage import DOCUMENTED, ENDPOINTS, ERRORS

from .markdown import code, table
from .markdown import page as page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rcs_simulator.api.coverage import Row

_BASE: Final = "/v1/{sid}/rcs"

_HEAD: Final = """\
What is known of Kaleyra's RCS API, call by call, and where from. The simulator is written from the vendor's pages and
follows them; where they are silent it follows the likeliest reading, which is a guess and can mostly be
[switched](simulator.md#switches).

**Nothing has been confirmed on the real service yet.** The same contract tests run against it for whoever has an
account to spare: `tests/contract/README.md` in the repository says how.
"""

_WORDS: Final = """\
- **documented**: a page of the vendor's states it or shows a sample; otherwise it is **guessed**.
- **simulated**: the simulator has it.
- **used**: `kaleyra-rcs` calls it. What is neither used nor simulated is [out of scope](../out-of-scope.md).
- **confirmed**: the day on which the real service was seen to do the same.
"""


def page() -> str:
    """The whole page."""
    return page_of(
        "API coverage",
        "rcs_simulator/api/coverage.py",
        _HEAD,
        _WORDS,
        "## Calls",
        f"All paths are below `{_BASE}`.",
        table(("call", "documented", "simulated", "used", "confirmed", "known from"), _calls()),
        "## Failures",
        "Named as in `rcs_simulator.api.errors`; [errors](errors.md) shows their codes.",
        table(("failure", "documented", "simulated", "confirmed", "known from"), map(_failure, ERRORS)),
    )


def _calls() -> Iterator[tuple[str, ...]]:
    used = set(_used())
    for row in ENDPOINTS:
        marks = (row.evidence == DOCUMENTED, row.simulated, row.subject in used)
        yield (code(row.subject.replace(_BASE, "")), *_yes_or_no(marks), row.confirmed or "no", row.page)


def _failure(row: Row) -> tuple[str, ...]:
    return (
        code(row.subject),
        *_yes_or_no((row.evidence == DOCUMENTED, row.simulated)),
        row.confirmed or "no",
        row.page,
    )


def _yes_or_no(marks: Iterable[bool]) -> list[str]:
    return ["yes" if mark else "no" for mark in marks]


def _used() -> Iterator[str]:
    for module in (operations, of_agents, of_testers):
        for each in vars(module).values():
            if isinstance(each, operations.Operation):
                yield f"{each.method} {_BASE}{each.path.partition('?')[0]}"
