"""The engine's call that is being answered, with messages of the SDK and no engine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from contexts import FakeContext
from google.protobuf import struct_pb2
from proves import proves
from pulumi.runtime.proto import provider_pb2
from samples import KEY, URN

from rcs_provider.serving import engine_call as engine
from rcs_provider.serving.cancellation import CANCELLED
from rcs_provider.serving.engine_call import EngineCall, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def not_cancelled() -> Iterator[None]:
    CANCELLED.clear()
    yield
    CANCELLED.clear()


@pytest.fixture
def unreachable_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["server", "127.0.0.1:1"])
    engine._engine.cache_clear()


def _request(**more: Any) -> provider_pb2.CreateRequest:
    request = provider_pb2.CreateRequest(urn=URN, **more)
    request.properties.update({"__provider": "pickle", "color": "#000000"})
    return request


@proves("D24")
@pytest.mark.parametrize(("timeout", "limit"), [(0.0, None), (30.0, 30.0)])
def test_the_engines_time_limit_is_known(timeout: float, limit: float | None) -> None:
    assert EngineCall(_request(timeout=timeout), FakeContext()).limit == limit


def test_a_request_without_a_time_limit_has_none() -> None:
    assert EngineCall(provider_pb2.DiffRequest(urn=URN), FakeContext()).limit is None


@proves("E19")
def test_a_failure_travels_as_the_status_of_the_trailer() -> None:
    context = FakeContext()
    EngineCall(_request(), context).fail("it broke")
    status = context.status()
    assert (status.code, status.message, len(status.details)) == (2, "it broke", 0)


@proves("D22")
def test_a_half_made_object_travels_with_id_state_inputs_and_reasons() -> None:
    context = FakeContext()
    properties, inputs = struct_pb2.Struct(), struct_pb2.Struct()
    properties.update({"color": "#111111", "n": 1.0})
    inputs.update({"color": "#000000"})
    EngineCall(_request(), context).half_made("71732", properties, inputs, ["one", "two"])
    status = context.status()
    assert status.message == "one; two"
    detail = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(detail)
    assert (detail.id, list(detail.reasons)) == ("71732", ["one", "two"])
    assert dict(detail.properties) == {"color": "#111111", "n": 1.0}
    assert dict(detail.inputs) == {"color": "#000000"}


def test_a_cancelled_run_and_a_lost_engine_are_known() -> None:
    context = FakeContext()
    call = EngineCall(_request(), context)
    assert not call.cancelled
    context.active = False
    assert call.cancelled
    context.active = True
    CANCELLED.set()
    assert call.cancelled


@pytest.mark.usefixtures("unreachable_engine")
def test_a_line_that_cannot_be_shown_fails_nothing() -> None:
    assert not EngineCall(_request(), FakeContext()).log("words", "info", ephemeral=False)
    assert not EngineCall(_request(), FakeContext()).log("words", "no level", ephemeral=False)


@pytest.mark.usefixtures("unreachable_engine")
@pytest.mark.parametrize("call", [None, EngineCall(_request(), FakeContext())], ids=["no call", "no engine"])
def test_without_an_engine_only_warnings_are_heard(call: EngineCall | None, capsys: pytest.CaptureFixture[str]) -> None:
    voice = Voice(call, KEY)
    voice("progress", ephemeral=True)
    voice("information")
    voice(f"careful\nwith {KEY}", "warning")
    assert capsys.readouterr().err == "warning: careful with ***\n"


def test_a_warning_that_nobody_can_read_fails_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        def write(self, _: str) -> None:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stderr", Closed())
    Voice(None)("words", "warning")


@proves("E9")
def test_what_is_said_is_one_line_without_the_key_and_with_the_resources_urn() -> None:
    voice = Voice(EngineCall(_request(), FakeContext()), KEY)
    assert voice.scrubbed(f"a\x1b[31m {KEY}\nb") == "a [31m *** b"
    assert voice.scrubbed("run `pulumi up --replace URN`") == f"run `pulumi up --replace '{URN}'`"
    assert len(voice.scrubbed("x" * 9999)) == 2000
    assert Voice(None, None).scrubbed("run `pulumi up --replace URN`") == "run `pulumi up --replace URN`"


@proves("B16")
@pytest.mark.parametrize(
    "command", ["pulumi up --replace {}", "pulumi state delete {}", "pulumi state unprotect {} --yes"]
)
@pytest.mark.parametrize(("urn", "quoted"), [(URN, f"'{URN}'"), ("urn::it's $x", "'urn::it'\"'\"'s $x'")])
def test_a_command_in_a_hint_can_be_pasted_as_it_stands(command: str, urn: str, quoted: str) -> None:
    voice = Voice(EngineCall(provider_pb2.CreateRequest(urn=urn), FakeContext()))
    hint = f"no URN here: run `{command.format('URN')}` and `pulumi up`."
    assert voice.scrubbed(hint) == f"no URN here: run `{command.format(quoted)}` and `pulumi up`."
