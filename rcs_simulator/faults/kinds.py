"""Faults: an ordered script per operation, each fault used once (C3).

A fault is written as a word, as an HTTP status, or as an object with `kind` and what that kind takes:

- `ok`: nothing happens; it only takes its place in the order.
- `close`: the connection is closed before anything is done.
- `lost`: the work is done, then the connection is closed without an answer.
- `stall`: a pause of `seconds` before the work; a client that goes away meanwhile leaves the work undone, unless
  `late` is true. `stall_after`: the pause comes after the work.
- `status`: an answer with `status` and, if given, `body` (text or JSON), `headers`, `content_type`, `retry_after`
  (seconds), or `error` (a code such as RCS502, for its envelope).
- `truncated`: well-framed JSON that ends in its middle. `cut`: the connection closes in the middle of the body.
- `empty`: `status` (200) without a body. `body`: any `body` under 200. `big`: a body of `bytes` bytes.
- `error200`: an error envelope under HTTP 200. `other_not_found`: a not-found that is not the agent's (`text`).
- `slow`: the answer in pieces of `chunk` bytes, `seconds` between them. `redirect`: to `url`.

`work` says whether the call's work is done before; its default depends on the kind.
`agent_number`, `service_code` and `phoneno` restrict a fault to calls about that object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_simulator.api import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

OPERATIONS = (
    "create_agent",
    "update_agent",
    "get_agent",
    "list_agents",
    "delete_agent",
    "register_tester",
    "list_testers",
    "list_brands",
    "list_masters",
)
FILTERS = ("agent_number", "service_code", "phoneno")

DEFAULTS: dict[str, dict[str, Any]] = {
    "ok": {},
    "close": {"work": False},
    "lost": {"work": True},
    "stall": {"work": True, "seconds": 30.0, "late": False},
    "stall_after": {"work": True, "seconds": 30.0},
    "status": {"work": False, "status": 500},
    "truncated": {"work": True},
    "cut": {"work": True},
    "empty": {"work": True, "status": 200},
    "error200": {"work": False, "error": "RCS500"},
    "other_not_found": {"work": False, "text": "Brand not found"},
    "slow": {"work": True, "seconds": 0.001, "chunk": 1},
    "redirect": {"work": False, "status": 302},
    "body": {"work": False, "body": ""},
    "big": {"work": False, "bytes": 16_000_000},
}
"""The kinds of faults, and what each takes with its default."""

ERRORS: dict[str, errors.ApiError] = {
    error.code: error
    for error in (
        errors.UnknownSidError(),
        errors.UnknownKeyError(),
        errors.WrongMethodError(),
        errors.ThrottledError(),
        errors.InternalError(),
        errors.GatewayError(),
        errors.UnavailableError(),
        errors.ChannelDisabledError(),
        errors.InvalidJsonError("invalid character '}' looking for beginning of object key string"),
    )
}
ERROR_CODES = tuple(ERRORS)
STATUS_KEYS = ("body", "headers", "content_type", "retry_after", "error")

SHORTHANDS: dict[str, dict[str, Any]] = {
    **{kind: {"kind": kind} for kind in DEFAULTS},
    **{code: {"kind": "status", "status": None, "error": code} for code in ERROR_CODES},
    "refuse_before": {"kind": "close"},
    "truncated_before": {"kind": "truncated", "work": False},
    "429_retry_after": {"kind": "status", "status": 429, "retry_after": 1},
    "html404": {"kind": "status", "status": 404},
    "html502": {"kind": "status", "status": 502},
}
"""Words that stand for a whole fault."""


class FaultError(ValueError):
    """A fault or an operation that does not exist; the message names it."""


def parse(fault: str | int | Mapping[str, Any]) -> dict[str, Any]:
    """Return a fault in full, with the defaults of its kind.

    Raises:
        FaultError: an unknown word, kind or key.
    """
    if isinstance(fault, int):
        fault = {"kind": "status", "status": fault}
    given = {"kind": fault} if isinstance(fault, str) else {**fault}
    given = {**given, **_word(str(given.get("kind")))}
    kind = given["kind"]
    _check_keys(given)
    return {"kind": kind, **DEFAULTS[kind], **given}


def _word(word: str) -> dict[str, Any]:
    if word not in SHORTHANDS:
        raise FaultError(f"unknown fault {word!r}; known: {', '.join(SHORTHANDS)}")
    return SHORTHANDS[word]


def _check_keys(fault: dict[str, Any]) -> None:
    kind = fault["kind"]
    known = {"kind", "work", *FILTERS, *DEFAULTS[kind], *(STATUS_KEYS if kind in ("status", "body") else ())}
    known |= {"url"} if kind == "redirect" else set()
    if unknown := sorted(set(fault) - known):
        raise FaultError(f"fault {kind!r} does not take {', '.join(unknown)}; it takes {', '.join(sorted(known))}")
    if kind == "redirect" and "url" not in fault:
        raise FaultError("fault 'redirect' needs a url")
    if fault.get("error", "RCS500") not in ERROR_CODES:
        raise FaultError(f"unknown error {fault['error']!r}; known: {', '.join(ERROR_CODES)}")
