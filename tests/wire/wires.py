"""Both faces as processes, called as an engine calls them, and a stand-in for one.

Tests speak of the dynamic face's types and of our names; what the plugin has on the wire is translated here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from concurrent import futures
from typing import TYPE_CHECKING, Any, Final

import grpc
from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2, provider_pb2_grpc, status_pb2

from rcs_provider.core.names import camel, names_of, renamed, snake
from rcs_provider.objects import OBJECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How the engine writes a value that is not known yet."""

PROVIDERS: Final = {
    "RcsAgent": "gASVLQAAAAAAAACMFHJjc19wcm92aWRlci5keW5hbWljlIwEbG9hZJSTlIwFYWdlbnSUhZRSlC4=",
    "RcsTester": "gASVLgAAAAAAAACMFHJjc19wcm92aWRlci5keW5hbWljlIwEbG9hZJSTlIwGdGVzdGVylIWUUpQu",
}
"""What stands in the state of every resource ever made: promised for ever."""

TIMEOUT: Final = 30.0
TOKENS: Final = {each.token: each.package_token for each in OBJECTS}
"""The types of the dynamic face, and of the package that every language has."""
_CAMEL: Final = re.compile(r"\b[a-z]+[A-Z][A-Za-z]*\b")


def ours(text: str) -> str:
    """A message with our names of fields and types, whichever face it came from."""
    for dynamic, token in TOKENS.items():
        text = text.replace(token, dynamic)
    return _CAMEL.sub(lambda found: snake(found[0]) if snake(found[0]) in _NAMES else found[0], text)


_NAMES: Final = {name for each in OBJECTS for name in names_of(each.table)}


class Engine(engine_pb2_grpc.EngineServicer):
    """The engine, as far as a provider speaks to it: it keeps every line that is to be shown."""

    def __init__(self) -> None:
        self.lines: list[engine_pb2.LogRequest] = []
        self.server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
        engine_pb2_grpc.add_EngineServicer_to_server(self, self.server)
        self.address = f"127.0.0.1:{self.server.add_insecure_port('127.0.0.1:0')}"
        self.server.start()

    def Log(self, request: engine_pb2.LogRequest, context: Any) -> empty_pb2.Empty:  # noqa: N802, ARG002
        self.lines.append(request)
        return empty_pb2.Empty()

    def said(self, urn: str, severity: int | None = None, *, ephemeral: bool = False) -> list[str]:
        """Lines of one resource."""
        return [
            ours(each.message)
            for each in self.lines
            if ours(each.urn) == urn and each.ephemeral is ephemeral and severity in (None, each.severity)
        ]


class Failed(Exception):  # noqa: N818 - what a call came to
    """A call that failed: its plain text, and the status of the trailer that the engine reads first."""

    def __init__(self, error: grpc.RpcError) -> None:
        self.code, self.text = error.code(), error.details() or ""
        trailer = dict(error.trailing_metadata() or ())
        self.status = status_pb2.Status.FromString(trailer.get("grpc-status-details-bin", b""))
        super().__init__(ours(self.status.message))

    @property
    def half_made(self) -> provider_pb2.ErrorResourceInitFailed:
        """The half-made object that the status carries."""
        assert self.status.details, f"no object was saved: {self.text[-300:]}"
        detail = provider_pb2.ErrorResourceInitFailed()
        assert self.status.details[0].Unpack(detail)
        return detail


def urn(name: str, kind: str = "RcsAgent") -> str:
    """The URN of a resource."""
    return f"urn:pulumi:dev::proof::pulumi-python:dynamic/rcs:{kind}::{name}"


def plain(struct: struct_pb2.Struct) -> dict[str, Any]:
    """Properties as values with our names; numbers are floats, as they are on the wire."""
    return _with(snake, json_format.MessageToDict(struct))


def _with(spelt: Callable[[str], str], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values in another spelling; what our own marks hold stays."""
    return {spelt(name): value if name.startswith("__") else renamed(value, spelt) for name, value in values.items()}


class Process:
    """One process of the SDK's server, and the calls that an engine makes of it."""

    def __init__(
        self, engine: str, folder: Path, config: Mapping[str, Any], env: Mapping[str, str], patch: str = ""
    ) -> None:
        ambient = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("KALEYRA_", "PULUMI_")) and not name.lower().endswith("_proxy")
        }
        self.errors = folder / "stderr"
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-u", *self.command(patch), engine],
                cwd=folder,
                env={**ambient, "PULUMI_PROJECT": "proof", "TMPDIR": str(folder.parent), **env},
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())
        self.channel = grpc.insecure_channel(f"127.0.0.1:{self.port}", [("grpc.enable_http_proxy", 0)])
        self.stub = provider_pb2_grpc.ResourceProviderStub(self.channel)
        self.configure(config)

    @staticmethod
    def command(patch: str) -> list[str]:
        """What Python runs: the face, after some code that changes it."""
        code = f"{patch}\nimport runpy\nrunpy.run_module('pulumi.dynamic', run_name='__main__', alter_sys=True)"
        return ["-c", code] if patch else ["-m", "pulumi.dynamic"]

    def configure(self, config: Mapping[str, Any]) -> None:
        args = struct_pb2.Struct()
        args.update(config)
        self._call("Configure", provider_pb2.ConfigureRequest(args=args))

    def kept(self, name: str) -> dict[str, Any]:
        """What the face keeps in the state of every resource of its own."""
        return {"__provider": PROVIDERS[_type(name)]}

    def close(self) -> str:
        """Ends the process; gives all that it wrote."""
        self.channel.close()
        self.process.kill()
        out, _ = self.process.communicate(timeout=TIMEOUT)
        return out.decode() + self.errors.read_text()

    def _call(self, method: str, request: Any) -> Any:
        try:
            return getattr(self.stub, method)(request, timeout=TIMEOUT)
        except grpc.RpcError as error:
            raise Failed(error) from None

    def _props(self, name: str, values: Mapping[str, Any]) -> struct_pb2.Struct:
        struct = struct_pb2.Struct()
        struct.update({"__provider": PROVIDERS[_type(name)], **values})
        return struct

    def _urn(self, name: str) -> str:
        return name

    def check(self, name: str, news: Mapping[str, Any], olds: Mapping[str, Any] | None = None) -> Any:
        olds_struct = self._props(name, olds) if olds else struct_pb2.Struct()
        request = provider_pb2.CheckRequest(urn=self._urn(name), olds=olds_struct, news=self._props(name, news))
        return self._call("Check", request)

    def checked(self, name: str, news: Mapping[str, Any], olds: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Inputs that passed."""
        found = self.check(name, news, olds)
        assert list(found.failures) == []
        return plain(found.inputs)

    def diff(self, name: str, id_: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Any:
        request = provider_pb2.DiffRequest(
            id=id_, urn=self._urn(name), olds=self._props(name, olds), news=self._props(name, news)
        )
        return self._call("Diff", request)

    def create(self, name: str, inputs: Mapping[str, Any], timeout: float = 0) -> tuple[str, dict[str, Any]]:
        request = provider_pb2.CreateRequest(urn=self._urn(name), properties=self._props(name, inputs), timeout=timeout)
        found = self._call("Create", request)
        return found.id, plain(found.properties)

    def read(self, name: str, id_: str, state: Mapping[str, Any]) -> Any:
        return self._call(
            "Read", provider_pb2.ReadRequest(id=id_, urn=self._urn(name), properties=self._props(name, state))
        )

    def previewed(self, name: str, inputs: Mapping[str, Any]) -> Any:
        """What the preview of a create answers."""
        request = provider_pb2.CreateRequest(urn=self._urn(name), properties=self._props(name, inputs), preview=True)
        return self._call("Create", request)

    def update(self, name: str, id_: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> dict[str, Any]:
        request = provider_pb2.UpdateRequest(
            id=id_, urn=self._urn(name), olds=self._props(name, olds), news=self._props(name, news)
        )
        return plain(self._call("Update", request).properties)

    def delete(self, name: str, id_: str, state: Mapping[str, Any]) -> None:
        self._call(
            "Delete", provider_pb2.DeleteRequest(id=id_, urn=self._urn(name), properties=self._props(name, state))
        )

    def cancel(self) -> None:
        self._call("Cancel", empty_pb2.Empty())


class PluginProcess(Process):
    """One process of the provider plugin."""

    @staticmethod
    def command(patch: str) -> list[str]:
        code = f"{patch}\nfrom rcs_provider.plugin.main import main\nmain()"
        return ["-c", code]

    def configure(self, config: Mapping[str, Any]) -> None:
        given = {name.rpartition(":")[2]: value for name, value in config.items()}
        name = "own" if given.pop("explicit", "") else "default"
        args = struct_pb2.Struct()
        args.update(given)
        self._call("Handshake", provider_pb2.ProviderHandshakeRequest(configure_with_urn=True))
        provider = f"urn:pulumi:dev::proof::pulumi:providers:kaleyra::{name}"
        self._call("Configure", provider_pb2.ConfigureRequest(urn=provider, args=args, acceptSecrets=True))

    def kept(self, name: str) -> dict[str, Any]:
        del name
        return {}

    def check_config(self, given: Mapping[str, Any], name: str = "default") -> Any:
        news = struct_pb2.Struct()
        news.update(given)
        urn = f"urn:pulumi:dev::proof::pulumi:providers:kaleyra::{name}"
        return self._call("CheckConfig", provider_pb2.CheckRequest(urn=urn, news=news))

    def check(self, name: str, news: Mapping[str, Any], olds: Mapping[str, Any] | None = None) -> Any:
        found = super().check(name, news, olds)
        for each in found.failures:
            each.reason = ours(each.reason)
        return found

    def diff(self, name: str, id_: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Any:
        found = super().diff(name, id_, olds, news)
        found.replaces[:] = [snake(each) for each in found.replaces]
        return found

    def _call(self, method: str, request: Any) -> Any:
        try:
            return super()._call(method, request)
        except Failed as error:
            error.status.message = ours(error.status.message)
            raise

    def _props(self, name: str, values: Mapping[str, Any]) -> struct_pb2.Struct:
        del name
        struct = struct_pb2.Struct()
        struct.update(_with(camel, values))
        return struct

    def urn_of(self, name: str) -> str:
        """The URN as the plugin knows it."""
        return self._urn(name)

    @staticmethod
    def wire_names(values: Mapping[str, Any]) -> dict[str, Any]:
        """Values with the names of the wire."""
        return _with(camel, values)

    def _urn(self, name: str) -> str:
        stack, project, token, *rest = name.split("::")
        return "::".join([stack, project, TOKENS[token], *rest])


FACES: Final = {"dynamic": Process, "plugin": PluginProcess}


def _type(name: str) -> str:
    return name.split("::")[-2].rsplit(":", 1)[-1]


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Makes calls at the same moment; gives their results in order."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait(TIMEOUT)
        return call()

    with futures.ThreadPoolExecutor(len(calls)) as pool:
        return [each.result(TIMEOUT) for each in [pool.submit(run, call) for call in calls]]
