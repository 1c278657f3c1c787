"""Calls of the engine's that are about no resource, answered by the servicer itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fakes import good
from google.protobuf import struct_pb2
from proves import proves
from pulumi.runtime.proto import provider_pb2
from samples import LEAST, NUMBER, row_of

from rcs_provider.plugin import values
from rcs_provider.plugin.servicer import Servicer
from rcs_provider.serving.accounts import CLIENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes import Bench

AGENT = "kaleyra:rcs:Agent"


class Ended(Exception):  # noqa: N818
    """A call was ended with a message."""


class Context:
    """The side of gRPC."""

    def is_active(self) -> bool:
        return True

    def set_trailing_metadata(self, metadata: Any) -> None:
        del metadata

    def abort(self, code: Any, details: str) -> None:
        del code
        raise Ended(details)


@pytest.fixture
def servicer(bench: Callable[..., Bench]) -> Servicer:
    """A servicer whose client has two agents."""
    rows = [row_of(LEAST, agent_number=number, service_code=f"S{number}") for number in ("1", "2")]
    made, stage = Servicer(""), bench(list=good(rows), get=good(row_of(LEAST)))
    made._settings = stage.settings
    CLIENTS[stage.settings] = stage.client
    return made


def listed(servicer: Servicer, **query: Any) -> list[Any]:
    """What a list answers, message by message."""
    request = provider_pb2.ListRequest(token=AGENT, query=struct_pb2.Struct(), **query)
    found = []
    for each in servicer.List(request, Context()):
        kind = each.WhichOneof("response")
        shown = each.result.id if kind == "result" else each.continuation.continuation_token
        found.append((kind, shown))
    return found


@proves("B15")
def test_a_list_comes_in_parts_of_the_size_that_the_engine_wants(servicer: Servicer) -> None:
    assert listed(servicer) == [("result", "1"), ("result", "2")]
    assert listed(servicer, page_size=1) == [("result", "1"), ("continuation", "1")]
    assert listed(servicer, page_size=1, continuation_token="1") == [("result", "2")]  # noqa: S106 - of a list
    assert listed(servicer, limit=1) == [("result", "1")]


@proves("B15")
def test_a_list_of_what_no_kind_is_ends_with_one_line(servicer: Servicer) -> None:
    request = provider_pb2.ListRequest(token="kaleyra:rcs:Nothing")  # noqa: S106 - of a type
    with pytest.raises(Ended, match="this version of the plugin knows no kaleyra:rcs:Nothing"):
        list(servicer.List(request, Context()))


@proves("B15", "E9")
@pytest.mark.parametrize("is_secret", [True, False])
def test_a_result_is_secret_where_an_argument_is(servicer: Servicer, is_secret: bool) -> None:
    args = values.to_wire({"agentNumber": NUMBER}, {"agentNumber"} if is_secret else ())
    answer = servicer.Invoke(provider_pb2.InvokeRequest(tok="kaleyra:rcs:getAgent", args=args), Context())
    result = getattr(answer, "return")
    assert values.secret_names(result) == (set(result.fields) if is_secret else set())
    assert values.from_wire(result)["agentNumber"] == NUMBER
