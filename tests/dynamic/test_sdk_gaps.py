"""Each gap of `sdk_gaps`, in the SDK that is installed: `make release-check` runs this file with three of them.

What a gap gives in the SDK's own server of dynamic providers is asked of a provider of this file's own there, which the
server loads by importing this file.
"""

from __future__ import annotations

import base64
import contextvars
import inspect
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import grpc
import programs
import pulumi
import pytest
from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.dynamic import CreateResult, ReadResult, ResourceProvider, UpdateResult
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from rcs_provider.dynamic import pickled, sdk_gaps
from rcs_provider.serving import cancellation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONG: Final = 10.0
MANY: Final = 12
URN: Final = "urn:pulumi:dev::proof::pulumi-python:dynamic/proof:Thing::one"
ENGINE: Final = "127.0.0.1:34568"
TOGETHER: Final = threading.Barrier(MANY)


class Thing(pulumi.dynamic.Resource, module="proof", name="Thing"):
    """A dynamic resource that is declared past the SDK's own constructor."""


# in the SDK's server


class Reporter(ResourceProvider):
    """Tells what the gaps give where it runs."""

    def create(self, props: dict[str, Any]) -> CreateResult:  # noqa: ARG002
        found = sdk_gaps.call_under_way()
        assert found is not None
        request, context = found
        return CreateResult("1", {"urn": request.urn, "timeout": request.timeout, "active": context.is_active()})

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:  # noqa: ARG002
        sdk_gaps.hear_cancellation()
        return ReadResult(id_, {"serves": sdk_gaps.serves_providers(), "cancelled": cancellation.CANCELLED.is_set()})

    def update(self, id_: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:  # noqa: ARG002
        sdk_gaps.raise_limit(MANY)
        TOGETHER.wait(LONG)
        return UpdateResult({})

    def delete(self, id_: str, props: dict[str, Any]) -> None:  # noqa: ARG002
        found = sdk_gaps.call_under_way()
        assert found is not None
        found[1].set_trailing_metadata((("proof", "kept"),))
        raise RuntimeError("no")


class Server:
    """The SDK's server as a process, and the calls that an engine makes of it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "pulumi.dynamic", ENGINE],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        address = f"127.0.0.1:{int(self._process.stdout.readline())}"
        self._channel = grpc.insecure_channel(address, [("grpc.enable_http_proxy", 0)])
        self.stub = provider_pb2_grpc.ResourceProviderStub(self._channel)
        self.call("Configure", provider_pb2.ConfigureRequest())
        self.props = struct_pb2.Struct()
        self.props.update({"__provider": base64.b64encode(pickle.dumps(Reporter(), protocol=4)).decode()})

    def close(self) -> None:
        self._channel.close()
        self._process.kill()
        self._process.communicate(timeout=LONG)

    def call(self, method: str, request: Any) -> Any:
        return getattr(self.stub, method)(request, timeout=3 * LONG)

    def create(self, **more: Any) -> dict[str, Any]:
        request = provider_pb2.CreateRequest(urn=URN, properties=self.props, **more)
        return self._told(self.call("Create", request))

    def read(self) -> dict[str, Any]:
        return self._told(self.call("Read", provider_pb2.ReadRequest(id="1", urn=URN, properties=self.props)))

    def update(self) -> Any:
        return self.call("Update", provider_pb2.UpdateRequest(id="1", urn=URN, olds=self.props, news=self.props))

    def delete(self) -> Any:
        return self.call("Delete", provider_pb2.DeleteRequest(id="1", urn=URN, properties=self.props))

    def _told(self, answer: Any) -> dict[str, Any]:
        found: dict[str, Any] = json_format.MessageToDict(answer.properties)
        return {name: value for name, value in found.items() if name != "__provider"}


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def test_the_servers_process_is_known_and_hears_that_a_run_is_cancelled(server: Server) -> None:
    assert server.read() == {"serves": True, "cancelled": False}
    server.call("Cancel", empty_pb2.Empty())
    assert server.read() == {"serves": True, "cancelled": True}


def test_a_provider_finds_the_servers_request_and_context(server: Server) -> None:
    assert server.create(timeout=30.0) == {"urn": URN, "timeout": 30.0, "active": True}


def test_a_trailer_set_behind_the_servers_back_reaches_the_engine(server: Server) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        server.delete()
    trailer: Any = getattr(caught.value, "trailing_metadata")()  # noqa: B009 - the stubs do not know it
    assert dict(trailer)["proof"] == "kept"


def test_the_server_answers_more_calls_at_once_than_it_was_made_for(server: Server) -> None:
    with ThreadPoolExecutor(MANY) as engine:
        for each in [engine.submit(server.update) for _ in range(MANY)]:
            each.result()


# on the stack of a stand-in for the server


class Servicer:
    """Has methods named as the SDK's server has them."""

    def Create(self, request: Any, context: Any) -> Any:  # noqa: N802, ARG002
        return self.deeper()

    def Other(self, request: Any, context: Any) -> Any:  # noqa: N802, ARG002
        return self.deeper()

    def deeper(self) -> Any:
        return sdk_gaps.call_under_way()


class Context:
    """gRPC's side of a call, as far as it is looked at."""

    def set_trailing_metadata(self, trailer: Any) -> None: ...


def no_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes this Python one that hands out no frames."""

    def refused() -> None:
        raise RuntimeError("no frames here")

    monkeypatch.setattr(inspect, "currentframe", refused)


def test_the_call_is_found_behind_any_number_of_frames() -> None:
    request, context = provider_pb2.CreateRequest(urn=URN), Context()
    assert Servicer().Create(request, context) == (request, context)


def test_without_an_engine_there_is_no_call() -> None:
    assert sdk_gaps.call_under_way() is None
    assert Servicer().Other(provider_pb2.CreateRequest(urn=URN), Context()) is None
    assert Servicer().Create(object(), object()) is None


def test_a_python_that_hands_out_no_frames_has_no_call(monkeypatch: pytest.MonkeyPatch) -> None:
    no_frames(monkeypatch)
    assert Servicer().Create(provider_pb2.CreateRequest(urn=URN), Context()) is None


def test_a_program_and_a_test_are_no_server_of_providers() -> None:
    assert not sdk_gaps.serves_providers()


@pytest.mark.parametrize("servicer", [None, object(), type("Other", (), {"Cancel": print})])
def test_where_the_server_looks_different_nothing_is_exchanged(monkeypatch: pytest.MonkeyPatch, servicer: Any) -> None:
    monkeypatch.setattr(sys.modules["__main__"], "DynamicResourceProviderServicer", servicer, raising=False)
    sdk_gaps.hear_cancellation()


def test_a_method_that_is_wrapped_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "as before"
    servicer = type("Servicer", (), {"Cancel": lambda *_: said})
    monkeypatch.setattr(sys.modules["__main__"], "DynamicResourceProviderServicer", servicer, raising=False)
    sdk_gaps.hear_cancellation()
    assert getattr(servicer(), "Cancel")(None, None) == "as before"  # noqa: B009 - made without a type


# the limit of the pool that a provider method runs in


@pytest.fixture
def pool() -> Iterator[Any]:
    with ThreadPoolExecutor(4) as made:
        yield made


def test_the_pool_of_this_thread_gets_more_workers(pool: Any) -> None:
    pool.submit(sdk_gaps.raise_limit, 16).result()
    assert pool._max_workers == 16


def test_calls_that_came_before_get_workers_too(pool: Any) -> None:
    together, gate = threading.Barrier(16), threading.Event()
    first = pool.submit(lambda: gate.wait(LONG) and sdk_gaps.raise_limit(16))
    waiting = [pool.submit(together.wait, LONG) for _ in range(16)]
    gate.set()
    assert len({each.result() for each in waiting}) == 16
    first.result()


def test_a_pool_keeps_what_it_has_where_fewer_are_allowed(pool: Any) -> None:
    pool.submit(sdk_gaps.raise_limit, 3).result()
    assert pool._max_workers == 4


def test_another_pool_stays_as_it_is(pool: Any) -> None:
    with ThreadPoolExecutor(4) as other:
        other.submit(sdk_gaps.raise_limit, 16).result()
    assert pool._max_workers == 4


def test_outside_of_a_pool_nothing_happens() -> None:
    sdk_gaps.raise_limit(16)


def test_a_python_that_hands_out_no_frames_leaves_the_pool_alone(pool: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    no_frames(monkeypatch)
    pool.submit(sdk_gaps.raise_limit, 16).result()
    assert pool._max_workers == 4


@pytest.mark.parametrize("limit", [None, "4", True])
def test_a_limit_of_another_kind_is_left_alone(pool: Any, limit: Any) -> None:
    def asked() -> None:
        pool._max_workers = limit
        sdk_gaps.raise_limit(16)

    pool.submit(asked).result()
    assert pool._max_workers is limit


# in a program


def apart(work: Callable[[], Any]) -> Any:
    """What something gives in a run of its own: the SDK keeps settings and configuration in context variables."""
    return contextvars.copy_context().run(work)


def run_by(engine: str | None) -> None:
    pulumi.runtime.configure(pulumi.runtime.Settings(project="proof", stack="dev", engine=engine))


@pytest.mark.parametrize("words", [["python"], ["python", "--engine", "127.0.0.1:2", "."]])
def test_a_program_knows_the_address_that_the_sdk_connects_to(
    monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setattr(sys, "orig_argv", words)
    assert apart(lambda: (run_by(ENGINE), sdk_gaps.engine_of_program())[1]) == ENGINE


@pytest.mark.parametrize(
    ("words", "address"),
    [(["python", "--engine", ENGINE, "."], ENGINE), (["python", "--engine"], None), (["python", "."], None)],
)
def test_the_address_is_on_the_command_line_where_the_sdk_does_not_tell(
    monkeypatch: pytest.MonkeyPatch, words: list[str], address: str | None
) -> None:
    monkeypatch.setattr(sys, "orig_argv", words)
    assert apart(lambda: (run_by(None), sdk_gaps.engine_of_program())[1]) == address


@pytest.mark.parametrize("looks_different", [False, True])
def test_every_key_of_the_configuration_is_known(monkeypatch: pytest.MonkeyPatch, looks_different: bool) -> None:
    monkeypatch.setenv("PULUMI_CONFIG", '{"kaleyra:sid": "S"}' if looks_different else "{}")
    if looks_different:
        monkeypatch.delattr("pulumi.runtime.config.CONFIG")
        assert sdk_gaps.configuration() == {"kaleyra:sid": "S"}
    else:
        given = {"kaleyra:sid": "S", "other:key": "text"}
        assert apart(lambda: (pulumi.runtime.set_all_config(given), sdk_gaps.configuration())[1]) == given


def test_a_program_under_mocks_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[bool] = []
    programs.run(lambda: found.append(sdk_gaps.is_mocked()))
    assert found == [True]
    assert not apart(lambda: (run_by(None), sdk_gaps.is_mocked())[1])
    monkeypatch.delattr("pulumi.runtime.mocks.MockMonitor")
    assert not sdk_gaps.is_mocked()


def test_a_resource_is_registered_with_the_constant_bytes_of_its_provider() -> None:
    token, props = "pulumi-python:dynamic/proof:Thing", {"color": "#000000"}

    def program() -> None:
        sdk_gaps.register(Thing.__new__(Thing), token, "one", props, kind="agent", opts=None)

    seen = programs.run(program).only()
    assert (seen.kind, seen.name, seen.inputs) == (token, "one", {**props, "__provider": pickled("agent")})
    assert props == {"color": "#000000"}


def test_a_program_that_imports_the_gaps_loads_nothing_that_pulumi_does_not() -> None:
    code = (
        "import sys, pulumi\n"
        "before = set(sys.modules)\n"
        "import rcs_provider.dynamic.sdk_gaps\n"
        "new = {name for name in set(sys.modules) - before if name.partition('.')[0] not in sys.stdlib_module_names}\n"
        "print(*sorted(new))\n"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, timeout=60, capture_output=True, text=True)
    ours = ["", "._version", ".dynamic", ".dynamic.sdk_gaps", ".serving"]
    assert found.stdout.split() == [f"rcs_provider{each}" for each in ours]
