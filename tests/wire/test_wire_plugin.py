"""What only the provider plugin answers, and the end of its process."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from proves import proves
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc
from samples import KEY, LEAST, PHONE, copied
from wires import TIMEOUT, UNKNOWN, Engine, Failed, PluginProcess, plain, urn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from rcs_simulator import World

pytestmark = pytest.mark.parametrize("served", ["plugin"], indirect=True)
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
SLOW, MANY, USUAL = 10.0, 100, 60
"""Seconds of an answer; calls at once, which an engine on 32 cores may have; and as many as 16 cores have, nearly."""
PROMPT = 10.0
"""Seconds in which an idle process is gone: less than one, and what a busy machine takes."""


WAITS = """
import sys
from rcs_provider.plugin import server

resting = server.orphan.resting

def told():
    print("waits", file=sys.stderr, flush=True)
    return resting()

server._REST, server.orphan.resting = 3600.0, told
"""
"""A process that waits for an hour for more to be asked after a cancellation, and says that it does."""


def _declared(code: str, **changes: Any) -> dict[str, Any]:
    return {**copied(dict(LEAST)), "deletion_policy": "delete", "service_code": code, **changes}


def _agent(provider: PluginProcess, one: str, code: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    inputs = provider.checked(one, _declared(code))
    return (*provider.create(one, inputs), inputs)


# the provider's own settings


def _reasons(found: Any) -> list[str]:
    assert {each.property for each in found.failures} <= {""}
    return [each.reason for each in found.failures]


@proves("F6")
def test_settings_that_are_right_pass_and_the_key_becomes_a_secret(later: PluginProcess, world: World) -> None:
    given = {"pod": "in", "sid": world.sid, "apiKey": KEY, "face": "plugin", "maxRetries": 3, "version": "1.0.0"}
    found = later.check_config(given)
    assert _reasons(found) == []
    inputs = plain(found.inputs)
    assert inputs.pop("api_key") == {**SECRET, "value": KEY}
    assert inputs == {"pod": "in", "sid": world.sid, "face": "plugin", "max_retries": 3, "version": "1.0.0"}


@proves("F6")
def test_all_mistakes_of_the_settings_are_refused_at_once_without_their_values(later: PluginProcess) -> None:
    found = later.check_config({"pod": "mars", "apikey": KEY, "maxRetries": "many", "deletionPolicy": "never"})
    reasons = _reasons(found)
    assert len(reasons) == 5, reasons
    assert reasons[0].endswith("apikey: unknown setting; did you mean apiKey?")
    for name in ("pod", "sid", "maxRetries", "deletionPolicy"):
        assert any(f":{name} " in each for each in reasons), name
    assert not [each for each in reasons if "mars" in each or KEY in each or "many" in each or "never" in each]


@proves("F6", "A14")
def test_an_explicit_provider_takes_nothing_from_the_environment(
    start: Callable[..., PluginProcess], world: World
) -> None:
    env = {"KALEYRA_POD": "in", "KALEYRA_SID": world.sid}
    provider = start(env)
    assert _reasons(provider.check_config({})) == []
    missing = [f"the explicit provider has no {name}: give it one" for name in ("pod", "sid")]
    assert _reasons(provider.check_config({}, "na")) == missing
    assert _reasons(provider.check_config({"pod": "in", "sid": UNKNOWN}, "na")) == []


# previews


@proves("D25")
def test_the_preview_of_a_create_shows_what_is_declared_and_knows_nothing_else(
    later: PluginProcess, world: World, one: str, code: str
) -> None:
    inputs = later.checked(one, _declared(code))
    world.clear_journal()
    answer = later.previewed(one, inputs)
    found = plain(answer.properties)
    assert answer.id == ""
    assert found.items() >= inputs.items()
    assert {found[name] for name in ("agent_number", "status", "uuid")} == {UNKNOWN}
    assert world.journal() == []


# names


def test_a_name_of_the_dynamic_face_is_told_from_the_one_that_is_meant(
    later: PluginProcess, one: str, code: str
) -> None:
    request = provider_pb2.CheckRequest(urn=later.urn_of(one))
    request.news.update({**later.wire_names(_declared(code)), "display_name": "x"})
    reasons = [each.reason for each in later.stub.Check(request, timeout=TIMEOUT).failures]
    assert "display_name: unknown field; did you mean displayName?" in reasons


# secrets


@proves("P12")
def test_what_a_program_has_secret_stays_so_in_inputs_and_state(
    provider: PluginProcess, later: PluginProcess, one: str, code: str
) -> None:
    given = _declared(code, description={**SECRET, "value": "hush"}, hosting_region={**SECRET, "value": "EUROPE"})
    found = provider.check(one, given)
    inputs = plain(found.inputs)
    assert inputs["description"] == {**SECRET, "value": "hush"}
    id_, state = provider.create(one, inputs)
    assert state["description"] == {**SECRET, "value": "hush"}
    read = later.read(one, id_, state)
    assert plain(read.properties)["hosting_region"] == {**SECRET, "value": "EUROPE"}
    assert plain(read.inputs) == inputs


# ids


@proves("F1")
@pytest.mark.parametrize("id_", ["nonsense", "", "12/34", f"x/{PHONE}", "071732", "0", " 1", "1\n", "١٢"])
def test_an_id_that_can_be_none_is_refused_before_any_call(
    later: PluginProcess, world: World, one: str, id_: str
) -> None:
    world.clear_journal()
    with pytest.raises(Failed, match=r"^this is not the id of an agent\. It is the agent's number, such as 71732"):
        later.read(one, id_, {})
    assert world.journal() == []


@proves("F1")
@pytest.mark.parametrize(
    "id_",
    [
        f"071732/{PHONE}",
        f"71732/0{PHONE}",
        f"71732/+{PHONE}",
        "71732/",
        "71732/1 2",
        f"71732/{PHONE}/1",
        f"71732/{PHONE}0000",
    ],
)
def test_an_id_that_can_be_no_testers_is_refused_before_any_call(later: PluginProcess, world: World, id_: str) -> None:
    world.clear_journal()
    with pytest.raises(
        Failed, match=r"^this is not the id of a tester\. It is the agent's number, a slash and the digits"
    ):
        later.read(urn("first", "RcsTester"), id_, {})
    assert world.journal() == []


# the move from the other face


@proves("F5")
def test_a_state_of_the_other_face_moves_over_without_a_call(
    provider: PluginProcess, later: PluginProcess, world: World, one: str, code: str
) -> None:
    id_, state, inputs = _agent(provider, one, code)
    old = {**state, "__provider": "pickle"}
    request = provider_pb2.DiffRequest(id=id_, urn=later.urn_of(one))
    request.olds.update(old)
    request.news.update(later.wire_names(inputs))
    later.checked(one, inputs)
    world.clear_journal()
    found = later.stub.Diff(request, timeout=TIMEOUT)
    assert (found.changes, found.hasDetailedDiff) == (provider_pb2.DiffResponse.DIFF_SOME, True)
    assert {name: each.kind for name, each in found.detailedDiff.items()} == {
        "__provider": provider_pb2.PropertyDiff.DELETE
    }
    request.news.update({"displayName": "Other"})
    changed = later.stub.Diff(request, timeout=TIMEOUT).detailedDiff
    assert set(changed) == {"__provider", "displayName"}
    update = provider_pb2.UpdateRequest(id=id_, urn=later.urn_of(one))
    update.olds.update(old)
    update.news.update(later.wire_names(inputs))
    properties = later.stub.Update(update, timeout=TIMEOUT).properties
    assert plain(properties) == state
    assert "displayName" in properties.fields
    assert "display_name" not in properties.fields
    assert world.journal() == []


# the end of the process


def _ends(provider: PluginProcess, within: float = PROMPT) -> None:
    provider.process.wait(within)


@proves("D23", "F6")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_process(start: Callable[..., PluginProcess], sent: signal.Signals) -> None:
    provider = start()
    provider.process.send_signal(sent)
    _ends(provider)
    assert provider.process.returncode == 0


@contextmanager
def _making(provider: PluginProcess, world: World, urn: str, inputs: Any) -> Iterator[Future[Any]]:
    """A create that has reached the API and is not answered yet."""
    with ThreadPoolExecutor(1) as pool:
        making = pool.submit(provider.create, urn, inputs)
        while not world.journal("create_agent"):
            time.sleep(0.05)
        yield making


@proves("D23", "F6")
@pytest.mark.parametrize("way", ["SIGINT", "SIGTERM", "Cancel"])
def test_what_is_under_way_is_finished_and_told_before_the_process_ends(
    start: Callable[..., PluginProcess], world: World, one: str, code: str, way: str
) -> None:
    provider = start()
    inputs = provider.checked(one, _declared(code))
    world.set(latency=1.0)
    with _making(provider, world, one, inputs) as making:
        provider.cancel() if way == "Cancel" else provider.process.send_signal(signal.Signals[way])
        id_, _ = making.result(TIMEOUT)
    assert [each["agent_number"] for each in world.agents() if each["service_code"] == code] == [id_]
    _ends(provider)


@proves("F6", "F8")
def test_cancelling_is_heard_at_once_however_many_calls_are_under_way(
    start: Callable[..., PluginProcess], world: World, one: str
) -> None:
    provider, number = start(requestsPerSecond="1000"), world.seed_agent(**copied(dict(LEAST)))
    world.set(latency=SLOW)
    with ThreadPoolExecutor(MANY) as pool:
        reading = [pool.submit(provider.read, one, number, {}) for _ in range(MANY)]
        while len(world.journal("get_agent")) < USUAL:
            time.sleep(0.05)
        begun = time.monotonic()
        provider.cancel()
        assert time.monotonic() - begun < SLOW / 2
        for each in reading:
            each.exception(TIMEOUT)
    _ends(provider)


@proves("F6")
def test_a_cancelled_run_is_answered_until_it_asks_for_nothing_more(
    start: Callable[..., PluginProcess], one: str, code: str
) -> None:
    provider = start()
    provider.cancel()
    provider.checked(one, _declared(code))
    _ends(provider)


@proves("D23", "F6")
def test_an_engine_that_closes_need_not_wait_for_more_to_be_asked(start: Callable[..., PluginProcess]) -> None:
    """An engine cancels at the end of every command, sends the signal at once, and kills a second later."""
    provider = start(patch=WAITS)
    provider.cancel()
    while "waits" not in provider.errors.read_text():
        assert provider.process.poll() is None
        time.sleep(0.01)
    provider.process.send_signal(signal.SIGINT)
    _ends(provider)
    assert provider.process.returncode == 0


@proves("D23")
def test_the_process_ends_after_its_engine_and_finishes_what_is_under_way(
    served: type[PluginProcess], world: World, tmp_path: Path, one: str, code: str
) -> None:
    engine = Engine()
    config = {"pod": "in", "sid": world.sid, "apiKey": KEY, "endpoint": world.url}
    (tmp_path / "provider").mkdir()
    provider = served(engine.address, tmp_path / "provider", config, {})
    inputs = provider.checked(one, _declared(code))
    world.set(latency=2.0)
    with _making(provider, world, one, inputs) as making:
        engine.server.stop(None).wait(10)
        making.exception(TIMEOUT)
    _ends(provider, 10.0)
    assert len([each for each in world.agents() if each["service_code"] == code]) == 1
    provider.close()


@proves("D23")
def test_a_parent_that_is_killed_leaves_no_orphan(served: type[PluginProcess], tmp_path: Path) -> None:
    """The parent is the engine as well, as the CLI is."""
    del served
    code = (
        "import socket, subprocess, sys, time\n"
        "listener = socket.create_server(('127.0.0.1', 0))\n"
        "address = f'127.0.0.1:{listener.getsockname()[1]}'\n"
        "command = [sys.executable, '-c', 'from rcs_provider.plugin.main import main; main()', address]\n"
        "child = subprocess.Popen(command, stdout=subprocess.PIPE, close_fds=True)\n"
        "print(child.pid, int(child.stdout.readline()), flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=tmp_path)
    assert parent.stdout is not None
    _, port = parent.stdout.readline().split()
    parent.kill()
    parent.communicate(timeout=TIMEOUT)
    channel = grpc.insecure_channel(f"127.0.0.1:{int(port)}", [("grpc.enable_http_proxy", 0)])
    stub = provider_pb2_grpc.ResourceProviderStub(channel)
    deadline = time.monotonic() + 10
    while _answers(stub) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not _answers(stub)
    channel.close()


def _answers(stub: provider_pb2_grpc.ResourceProviderStub) -> bool:
    try:
        stub.Handshake(provider_pb2.ProviderHandshakeRequest(), timeout=5)
    except grpc.RpcError as error:
        return error.code() is not grpc.StatusCode.UNAVAILABLE
    return True
