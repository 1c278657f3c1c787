"""Effects: what each kind of fault does to a call."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rcs_simulator.api.answers import Answer, encode, failure, page
from rcs_simulator.api.errors import ApiError
from rcs_simulator.faults.kinds import ERRORS

if TYPE_CHECKING:
    from rcs_simulator.faults.connection import ClientConnection

Fault = dict[str, Any]
Work = Callable[[], Answer]
Effect = Callable[["Fault", "ClientConnection", Work], Awaitable[int | None]]

BY_STATUS = {401: "RBC201", 405: "RCS405", 429: "RCS429", 500: "RCS500", 503: "RCS503"}
TITLES = {400: "Bad Request", 403: "Forbidden", 404: "Not Found", 502: "Bad Gateway", 504: "Gateway Timeout"}
PIECE = 65_536
GENERIC = b'{"code":"RCS902","message":"RCS Agent details fetched successfully","data":{"id":"0"},"error":{}}'


def described(fault: Fault) -> Answer:
    """Return the answer that a `status` or `body` fault describes."""
    status: int = fault.get("status") or ERRORS[fault.get("error", "RCS500")].status
    answer = _given(fault, status) if "body" in fault else _usual(fault, status)
    headers = {name: str(value) for name, value in fault.get("headers", {}).items()}
    if "retry_after" in fault:
        headers["retry-after"] = str(fault["retry_after"])
    content_type = fault.get("content_type", answer.content_type)
    return replace(answer, headers=headers, content_type=content_type, flags=())


def _given(fault: Fault, status: int) -> Answer:
    body = fault["body"]
    return Answer(status, body.encode() if isinstance(body, str) else encode(body))


def _usual(fault: Fault, status: int) -> Answer:
    code = fault.get("error", BY_STATUS.get(status))
    return failure(ERRORS[code], status) if code else page(status, TITLES.get(status, "Error"))


SUBSTITUTES: dict[str, Callable[[Fault], Answer]] = {
    "status": described,
    "body": lambda fault: described({"status": 200, **fault}),
    "empty": lambda fault: Answer(fault["status"]),
    "error200": lambda fault: failure(ERRORS[fault["error"]], 200),
    "other_not_found": lambda fault: failure(ApiError(fault["text"], message="Unable to fetch RCS Agent details")),
    "redirect": lambda fault: Answer(fault["status"], content_type="", headers={"location": fault["url"]}),
}
"""The answer that each of these faults sends in place of the call's own."""


async def _substitute(fault: Fault, connection: ClientConnection, work: Work) -> int | None:
    if fault["work"]:
        work()
    return await connection.send(SUBSTITUTES[fault["kind"]](fault))


async def _ok(_fault: Fault, connection: ClientConnection, work: Work) -> int | None:
    return await connection.send(work())


async def _close(fault: Fault, connection: ClientConnection, work: Work) -> int | None:
    if fault["work"]:
        work()
    await connection.abort()
    return None


async def _stall(fault: Fault, connection: ClientConnection, work: Work) -> int | None:
    gone = await connection.wait(fault["seconds"])
    if gone and not fault["late"]:
        return None
    answer = work()
    return None if gone else await connection.send(answer)


async def _stall_after(fault: Fault, connection: ClientConnection, work: Work) -> int | None:
    answer = work()
    return None if await connection.wait(fault["seconds"]) else await connection.send(answer)


def _answer(fault: Fault, work: Work) -> Answer:
    """Do the work if the fault asks for it; return its answer, or one that fits any call."""
    return work() if fault["work"] else Answer(200, GENERIC)


async def _truncated(fault: Fault, connection: ClientConnection, work: Work) -> int | None:
    answer = _answer(fault, work)
    return await connection.send(replace(answer, body=answer.body[: len(answer.body) // 2]))


async def _cut(fault: Fault, connection: ClientConnection, work: Work) -> int | None:
    answer = _answer(fault, work)
    await connection.start(answer)
    await connection.piece(answer.body[: len(answer.body) // 2])
    await connection.wait(0.01)  # an abort at once would drop what was written
    await connection.abort()
    return answer.status


async def _slow(fault: Fault, connection: ClientConnection, work: Work) -> int | None:
    answer, chunk = work(), int(fault["chunk"])
    await connection.start(answer)
    for end in range(chunk, len(answer.body) + chunk, chunk):
        gone = await connection.wait(fault["seconds"])
        if gone:
            break
        await connection.piece(answer.body[end - chunk : end], more=end < len(answer.body))
    return answer.status


async def _big(fault: Fault, connection: ClientConnection, work: Work) -> int | None:
    if fault["work"]:
        work()
    edges = json.dumps({"code": "RCS902", "message": "", "data": {"padding": "|"}, "error": {}}).encode().split(b"|")
    padding = max(0, int(fault["bytes"]) - sum(map(len, edges)))
    length = {"content-length": str(padding + sum(map(len, edges)))}
    await connection.start(Answer(200, headers=length))
    await connection.piece(edges[0])
    for start in range(0, padding, PIECE):
        await connection.piece(b"x" * min(PIECE, padding - start))
    await connection.piece(edges[1], more=False)
    return 200


EFFECTS: dict[str, Effect] = {
    "ok": _ok,
    "close": _close,
    "lost": _close,
    "stall": _stall,
    "stall_after": _stall_after,
    "truncated": _truncated,
    "cut": _cut,
    "slow": _slow,
    "big": _big,
    **dict.fromkeys(SUBSTITUTES, _substitute),
}


async def perform(fault: Fault, connection: ClientConnection, work: Work) -> int | None:
    """Let a call happen under a fault; `{}` is no fault.

    Returns:
        The HTTP status that was sent; None if no answer was sent.
    """
    return await EFFECTS[fault.get("kind", "ok")](fault, connection, work)
