"""Connection: what a client is answered over, in pieces and with pauses if a fault asks for it, and how it is dropped.

An ASGI application cannot drop a connection without an answer; the transport in the scope's state can.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from rcs_simulator.api.answers import Answer


class OpenProtocol(HttpToolsProtocol):
    """uvicorn's protocol, whose requests carry `state["transport"]` in their scope."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Put the transport into the state that every request of this connection gets a copy of."""
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)


class ClientConnection:
    """The connection of one request, over which its answer is sent."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.receive = receive
        self.outlet = send

    async def send(self, answer: Answer) -> int:
        """Send an answer and return its HTTP status."""
        await self.start(answer)
        await self.outlet({"type": "http.response.body", "body": answer.body})
        return answer.status

    async def start(self, answer: Answer) -> None:
        """Send an answer's status and headers, its body's length included."""
        headers = {"content-length": str(len(answer.body)), **answer.headers}
        if answer.content_type:
            headers["content-type"] = answer.content_type
        if answer.status == HTTPStatus.NO_CONTENT:
            del headers["content-length"]
        await self.outlet(
            {"type": "http.response.start", "status": answer.status, "headers": [*map(_encoded, headers.items())]}
        )

    async def piece(self, body: bytes, *, more: bool = True) -> None:
        """Send a part of the body."""
        await self.outlet({"type": "http.response.body", "body": body, "more_body": more})

    async def abort(self) -> None:
        """Close the connection at once, dropping what was not sent yet, and wait until it is closed."""
        self.scope["state"]["transport"].abort()
        await self.gone()

    async def gone(self) -> None:
        """Wait until the client's connection is closed."""
        while (await self.receive())["type"] != "http.disconnect":
            pass

    async def wait(self, seconds: float) -> bool:
        """Wait some seconds, or until the client closes the connection; return whether it did."""
        try:
            await asyncio.wait_for(self.gone(), seconds)
        except asyncio.TimeoutError:
            return False
        return True


def _encoded(header: tuple[str, Any]) -> tuple[bytes, bytes]:
    return header[0].encode("latin-1"), str(header[1]).encode("latin-1")
