"""A call as it goes over the wire, and whatever carries it: free of the libraries that do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .envelope import Answer


@dataclass(frozen=True)
class Request:
    """One call as it goes over the wire.

    Attributes:
        method: the HTTP verb.
        url: whole, with the query.
        body: sent as JSON; None sends none.
        key: the api-key.
        connect_timeout: seconds.
        read_timeout: seconds between two parts of the answer.
        deadline: moment of `time.monotonic` at which the answer must be complete.
    """

    method: str
    url: str
    key: str
    connect_timeout: float
    read_timeout: float
    deadline: float
    body: Mapping[str, Any] | None = None

    def __repr__(self) -> str:
        return f"Request({self.method} {urlsplit(self.url).netloc})"


class Transport(Protocol):
    """Whatever carries a request to the service."""

    def send(self, request: Request, /) -> Answer:
        """Sends one request.

        Raises:
            NotSent: it provably did not arrive.
            Unclear: it may have been carried out.
        """
        ...
