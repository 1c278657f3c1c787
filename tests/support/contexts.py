"""gRPC's side of a call, without gRPC."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pulumi.runtime.proto import status_pb2


@dataclass
class FakeContext:
    """gRPC's side of a call, as far as it is used."""

    trailer: list[Any] = field(default_factory=list[Any])
    active: bool = True

    def set_trailing_metadata(self, trailer: Any) -> None:
        self.trailer.append(trailer)

    def is_active(self) -> bool:
        return self.active

    def status(self) -> status_pb2.Status:
        """The status that the trailer carries."""
        (((name, value),),) = self.trailer
        assert name == "grpc-status-details-bin"
        return status_pb2.Status.FromString(value)
