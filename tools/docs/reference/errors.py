"""The page of what can go wrong: the service's codes, and this package's own kinds of errors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from rcs_provider.api.envelope import RULES, Answer, data_of
from rcs_provider.core import errors as ours
from rcs_provider.core.validation import FORMATS
from rcs_simulator.api import coverage
from rcs_simulator.api import errors as theirs

from .markdown import code, sentences, table
from .markdown import page as page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HEAD: Final = """\
An error is one line: what was tried, on what, what happened, the service's codes with the HTTP status, and what to do.
The service uses one code, `RCS904`, for most failures, and HTTP 400 for nearly all of them, so its `error_code` and its
words decide.
"""

_CODES: Final = """\
Known from Kaleyra's pages, or guessed where those are silent; nothing here has been confirmed on the real service. What
to do is what the error itself says at its end, unless it stands in brackets: then the message explains itself.
"""

_KINDS: Final = """\
The classes are those of `rcs_provider.core.errors`. Whatever is not one of these is a defect of this package: it is
shown as `kaleyra-rcs failed with ...`, and worth a report.
"""

_CHECKS: Final = """\
Mistakes in a declaration are found in the preview, all of a resource at once, without a call. A message names the
argument and says what it must be, never the value, as that may be a secret.
"""

SILENT: Final = {
    ours.ServiceCodeTaken: "[the message names the agent that has it, and the ways out]",
    ours.NothingThere: "[counts as an empty list]",
    ours.NotFound: "[a refresh takes the agent or tester out of state, and the next preview creates it again]",
    ours.ApiError: "[Kaleyra's own words say what it did not like]",
}
"""What to do where the rule has no sentence of its own."""

_OWN: Final = {
    "ConfigError": ("none", "set what it names; the command is part of the message"),
    "Refusal": ("none that changes anything", "it says what to put back, or which command says it outright"),
    "NotSent": ("none", "check the network, the proxy and `kaleyra:endpoint`, and run again"),
    "Unclear": ("perhaps one", "run again: what was made is looked for first"),
    "ApiError": ("none", "see the table above"),
    "NotFound": ("none", "`pulumi refresh`, then `pulumi up`"),
    "NothingThere": ("none", "nothing: an empty list is not a failure"),
    "ServiceCodeTaken": ("none", "declare another service code; after a create, run again to take the agent over"),
    "KeyRefused": ("none", "correct the key, SID or pod; the line says where the key came from"),
    "Throttled": ("none", "wait; `kaleyra:requestsPerSecond` slows the calls down"),
    "ServerError": ("perhaps one", "run again: what was made is looked for first"),
}
"""Of each kind: whether a change may have been made at Kaleyra, and what to do."""


def page() -> str:
    """The whole page."""
    return page_of(
        "Errors",
        "rcs_provider/api/envelope.py, rcs_provider/core/errors.py and rcs_simulator/api/errors.py",
        _HEAD,
        "## What the service says",
        _CODES,
        table(("answer", "its error_code, its words, and their meaning", "what to do", "known from"), _rows()),
        "## What decides",
        "Read from the top, the first row whose conditions all hold counts.",
        table(("HTTP", "code", "error_code", "words", "kind"), _rules()),
        "## Kinds of errors",
        _KINDS,
        table(("kind", "meaning", "changes made at Kaleyra", "what to do"), _kinds()),
        "## What a preview refuses",
        _CHECKS,
        table(("format", "what the message says"), ((f"`{name}`", text) for name, (_, text) in FORMATS.items())),
    )


def _rows() -> Iterator[tuple[str, ...]]:
    pages = {row.subject: row for row in coverage.ERRORS}
    for kind in _failures():
        sample, row = _sample(kind), pages[kind.__name__]
        error = _judged(sample)
        known = row.page if row.evidence == coverage.DOCUMENTED else f"guessed: {row.page}"
        words = f"{_label(sample)}*{error.detail}.* {_meaning(kind)}"
        yield f"{code(sample.code)}, HTTP {sample.status}", words, error.hint or SILENT[type(error)], known


def _label(sample: theirs.ApiError) -> str:
    label = sample.detail().get("error_code")
    return f"{code(label)}: " if label else ""


def _meaning(kind: type[theirs.ApiError]) -> str:
    return sentences(kind.__doc__).partition(" Source:")[0]


def _failures() -> list[type[theirs.ApiError]]:
    named = (getattr(theirs, row.subject) for row in coverage.ERRORS)
    return sorted(named, key=lambda kind: (kind.code, kind.status))


def _sample(kind: Callable[..., theirs.ApiError]) -> theirs.ApiError:
    return kind(["..."]) if kind in (theirs.MissingFieldsError, theirs.RestrictedFieldsError) else kind()


def _judged(sample: theirs.ApiError) -> ours.ApiError:
    """What this package makes of a failure."""
    body = {"code": sample.code, "message": sample.message, "data": [], "error": sample.detail()}
    try:
        data_of(Answer(sample.status, {}, json.dumps(body).encode()))
    except ours.ApiError as error:
        return error
    raise AssertionError(f"{sample.code} passes for a success")


def _rules() -> Iterator[tuple[str, ...]]:
    for rule in RULES:
        yield (
            _statuses(rule.statuses),
            "none" if rule.codes == ("",) else code(*rule.codes) if rule.codes else "",
            code(*rule.labels) if rule.labels else "",
            code(rule.words.replace(r"\b", "")) if rule.words else "",
            code(rule.error.__name__),
        )


def _statuses(statuses: tuple[int, ...]) -> str:
    return f"{statuses[0]} to {statuses[-1]}" if len(statuses) > 5 else ", ".join(map(str, statuses))  # noqa: PLR2004


def _kinds() -> Iterator[tuple[str, ...]]:
    for name, (made, advice) in _OWN.items():
        yield (code(name), sentences(getattr(ours, name).__doc__), made, advice)
