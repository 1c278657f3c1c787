"""Answers: the vendor's envelopes as bytes with a status.

Shape of an envelope: `{"code": str, "message": str, "data": object or array, "error": object}`.
Success has an empty `error`; failure has an empty array as `data`, even if success has an object.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rcs_simulator.api.errors import ApiError

JSON_TYPE = "application/json"
HTML_TYPE = "text/html"
SUCCESS = "RCS902"


@dataclass(frozen=True)
class Answer:
    """What goes back to the client.

    Attributes:
        status: HTTP status.
        body: the body's bytes.
        content_type: value of the `content-type` header; empty for none.
        headers: further headers.
        flags: words for the journal's entry.
    """

    status: int
    body: bytes = b""
    content_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict[str, str])
    flags: tuple[str, ...] = ()


def encode(value: object) -> bytes:
    """Return a value as compact JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def envelope(code: str, message: str, data: Any, error: Any) -> dict[str, Any]:
    """Return the four keys of every enveloped answer, in the order of the samples."""
    return {"code": code, "message": message, "data": data, "error": error}


def success(message: str, data: Any, status: int = 200) -> Answer:
    """Return a success envelope; a 204 has no body, as HTTP asks."""
    if status == HTTPStatus.NO_CONTENT:
        return Answer(status, content_type="")
    return Answer(status, encode(envelope(SUCCESS, message, data, {})))


def success_list(message: str, items: list[bytes]) -> Answer:
    """Return a success envelope around objects that are JSON already."""
    before, after = encode(envelope(SUCCESS, message, [], {})).split(b"[]")
    return Answer(200, before + b"[" + b",".join(items) + b"]" + after)


def failure(error: ApiError, status: int | None = None) -> Answer:
    """Return the failure envelope of a refusal, under its own status or the one given."""
    body = envelope(error.code, error.message, [], error.detail())
    return Answer(error.status if status is None else status, encode(body), flags=error.flags)


def bare(value: object, status: int = 200) -> Answer:
    """Return JSON without an envelope, as the page "Get Tester By Agent" shows its list."""
    return Answer(status, encode(value))


def page(status: int, title: str) -> Answer:
    """Return an HTML page, as a gateway in front of an API does."""
    text = f"<html><head><title>{status} {title}</title></head><body><h1>{status} {title}</h1></body></html>"
    return Answer(status, text.encode(), HTML_TYPE)
