"""The engine's own call behind a provider method, with messages of the SDK and no engine."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from contexts import FakeContext
from proves import proves
from pulumi.runtime.proto import provider_pb2
from samples import URN

from rcs_provider.dynamic.engine_call import current_call, half_made
from rcs_provider.serving.engine_call import EngineCall


class Servicer:
    """Has a method named as the SDK's server has it."""

    def Create(self, request: Any, context: Any) -> Any:  # noqa: N802, ARG002
        return current_call()


def _request() -> provider_pb2.CreateRequest:
    request = provider_pb2.CreateRequest(urn=URN)
    request.properties.update({"__provider": "pickle", "color": "#000000"})
    return request


def test_the_call_that_is_being_answered_is_found() -> None:
    request, context = _request(), FakeContext()
    call = Servicer().Create(request, context)
    assert call == EngineCall(request, context)
    assert call.urn == URN


def test_without_an_engine_there_is_no_call() -> None:
    assert current_call() is None
    assert Servicer().Create(object(), object()) is None


@proves("D22")
def test_a_half_made_object_keeps_its_provider() -> None:
    context = FakeContext()
    half_made(EngineCall(_request(), context), "71732", {"color": "#111111"}, {"color": "#000000"}, ["one"])
    detail = provider_pb2.ErrorResourceInitFailed()
    assert context.status().details[0].Unpack(detail)
    assert dict(detail.properties) == {"color": "#111111", "__provider": "pickle"}
    assert dict(detail.inputs) == {"color": "#000000", "__provider": "pickle"}


@proves("E19")
def test_loading_a_provider_leaves_the_tracebacks_of_a_program_alone() -> None:
    code = (
        "import sys, rcs_provider.dynamic as d, rcs_provider\n"
        "d.load('agent')\n"
        "assert not hasattr(sys, 'tracebacklimit')\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=60)
