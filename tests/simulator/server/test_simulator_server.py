"""Server and command: start, stop, restart, kill, ports, one simulator per folder (C1, C15)."""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import requests
from proves import proves
from sim_client import ROOT, Api

from rcs_simulator import Simulator, World
from rcs_simulator.server.cli import is_loopback
from rcs_simulator.server.data_folder import FolderInUseError
from rcs_simulator.server.simulator import SimulatorError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Command = subprocess.Popen[str]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Command]]:
    """Start the command on one folder; what is left at the end is killed."""
    running: list[Command] = []

    def run(*options: str) -> Command:
        line = [sys.executable, "-W", "error", "-m", "rcs_simulator", "--data", str(tmp_path / "state"), *options]
        pipes: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        running.append(subprocess.Popen(line, cwd=ROOT, **pipes))
        return running[-1]

    yield run
    for process in running:
        process.kill()
        process.communicate()


def worlds(command: Command) -> dict[str, World]:
    """Wait for the two lines that the command prints once it listens."""
    assert command.stdout
    lines = [command.stdout.readline().strip() for _ in range(2)]
    found = [re.fullmatch(r"(in|na): (http://127\.0\.0\.1:\d+)", line) for line in lines]
    return {match[1]: World(match[2]) for match in found if match}


def ended(command: Command) -> tuple[int, str]:
    """Wait for the command's end and return its exit code and what it complained about."""
    errors = command.communicate(timeout=10)[1]
    return command.returncode, errors


def test_start_and_stop_can_be_repeated_on_the_same_ports() -> None:
    simulator = Simulator()
    simulator.start()
    first = simulator.url("in")
    with pytest.raises(SimulatorError, match="running already"):
        simulator.start()
    simulator.stop()
    simulator.stop()
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.get(first, timeout=5)
    with pytest.raises(SimulatorError, match="not being served"):
        simulator.world("in")
    with simulator:
        assert simulator.url("in") == first
        assert simulator.world("in").agents() == []


def test_a_given_port_is_used_and_a_taken_one_is_an_error() -> None:
    with Simulator() as first:
        port = int(first.url("in").rsplit(":", 1)[1])
        second = Simulator(ports={"in": port})
        with pytest.raises(OSError, match="in use"):
            second.start()
        assert second.runner is None
    with Simulator(ports={"in": port}) as third:
        assert third.url("in").endswith(f":{port}")


def test_an_ipv6_address_is_bracketed() -> None:
    try:
        simulator = Simulator(host="::1")
        simulator.start()
    except OSError:
        pytest.skip("no IPv6 on this machine")
    assert simulator.url("in").startswith("http://[::1]:")
    assert simulator.world("in").agents() == []
    simulator.stop()


def test_stopping_drops_a_stalled_call_at_once() -> None:
    simulator = Simulator()
    simulator.start()
    api = Api(simulator.world("in"))
    api.world.fault("list_agents", "stall")
    with pytest.raises(requests.exceptions.ReadTimeout):
        api.call("GET", "/agents", timeout=0.05)
    api.world.set(latency=60)
    with pytest.raises(requests.exceptions.ReadTimeout):
        api.call("GET", "/agents", timeout=0.05)
    started = time.monotonic()
    simulator.stop()
    assert time.monotonic() - started < 1
    api.session.close()


@pytest.mark.parametrize("until_answered", [False, True])
def test_stopping_leaves_nothing_open_of_clients_that_come_or_ask(
    until_answered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[str] = []
    gc.collect()
    monkeypatch.setattr(sys, "unraisablehook", lambda told: left.append(str(told.exc_value)))
    with Simulator() as simulator:
        address = urlsplit(simulator.url("in"))
        clients = [socket.create_connection((address.hostname, address.port)) for _ in range(20)]
        for client in clients:
            client.sendall(b"GET /samples/support-hero.png HTTP/1.1\r\nHost: here\r\n\r\n")
        if until_answered:
            clients[0].recv(1)
    for client in clients:
        client.close()
    gc.collect()
    assert left == []


def test_a_folder_keeps_everything_over_a_restart(tmp_path: Path) -> None:
    with Simulator(tmp_path) as simulator:
        api = Api(simulator.world("in"))
        number = api.made()
        api.register(number)
        api.world.set(list_lag_reads=3)
        api.world.fault("create_agent", "lost")
        kept, journal = api.world.export(), api.world.journal()
        api.session.close()
    with Simulator(tmp_path) as simulator:
        world = simulator.world("in")
        assert (world.export(), world.journal()) == (kept, journal)
        assert int(world.seed_agent()) > int(number)


def test_a_fault_that_fired_does_not_fire_again_after_a_restart(tmp_path: Path) -> None:
    with Simulator(tmp_path) as simulator:
        api = Api(simulator.world("in"))
        api.world.fault("list_agents", 503, 500)
        assert api.agents().status_code == 503
        api.session.close()
    with Simulator(tmp_path) as simulator:
        assert [one["status"] for one in simulator.world("in").pending_faults()] == [500]


def test_one_folder_has_one_simulator(tmp_path: Path) -> None:
    with Simulator(tmp_path), pytest.raises(FolderInUseError, match="already running"):
        Simulator(tmp_path).start()
    with Simulator(tmp_path):
        pass


def test_the_command_writes_its_addresses_and_ends_cleanly(start: Callable[..., Command], tmp_path: Path) -> None:
    command = start()
    told = worlds(command)
    folder = tmp_path / "state"
    written = json.loads((folder / "addresses.json").read_text())
    assert written == {pod: {"url": w.url, "sid": w.sid, "api_key": w.api_key} for pod, w in told.items()}
    assert int((folder / "pid").read_text()) == command.pid
    started = time.monotonic()
    command.send_signal(signal.SIGTERM)
    assert ended(command) == (0, "")
    assert time.monotonic() - started < 1
    assert sorted(path.name for path in folder.iterdir()) == ["addresses.json", "lock", "simulator.db"]


def test_ctrl_c_ends_the_command_cleanly(start: Callable[..., Command]) -> None:
    command = start()
    worlds(command)
    command.send_signal(signal.SIGINT)
    assert ended(command) == (0, "")


def test_the_command_comes_back_after_a_kill_with_ports_and_state(start: Callable[..., Command]) -> None:
    command = start()
    before = worlds(command)
    api = Api(before["in"])
    number = api.made()
    api.register(number)
    before["na"].fault("any", 503)
    api.session.close()
    os.kill(command.pid, signal.SIGKILL)
    command.communicate()
    after = worlds(start())
    assert {pod: world.url for pod, world in after.items()} == {pod: world.url for pod, world in before.items()}
    assert [one["agent_number"] for one in after["in"].agents()] == [number]
    assert after["in"].invitations(number) == 1
    assert [entry.operation for entry in after["in"].journal()] == ["create_agent", "register_tester"]
    assert [one["status"] for one in after["na"].pending_faults()] == [503]


def test_the_command_takes_new_ports_where_the_last_are_taken(start: Callable[..., Command]) -> None:
    command = start()
    before = worlds(command)
    command.terminate()
    ended(command)
    port = int(before["in"].url.rsplit(":", 1)[1])
    with Simulator(ports={"in": port}):
        after = worlds(start())
        assert after["in"].url != before["in"].url
        assert after["na"].url == before["na"].url


def test_a_second_command_on_the_folder_says_so_in_one_line(start: Callable[..., Command]) -> None:
    worlds(start())
    code, errors = ended(start())
    assert (code, errors.count("\n")) == (1, 1)
    assert "already running" in errors


def test_a_taken_port_is_one_line(start: Callable[..., Command]) -> None:
    with Simulator() as other:
        code, errors = ended(start("--port", other.url("in").rsplit(":", 1)[1]))
    assert (code, errors.count("\n")) == (1, 1)
    assert "cannot listen" in errors


@proves("C15")
def test_an_address_that_others_can_reach_needs_public(start: Callable[..., Command]) -> None:
    code, errors = ended(start("--host", "0.0.0.0"))  # noqa: S104 - that is what is refused
    assert (code, errors.count("\n")) == (1, 1)
    assert "--public" in errors


@proves("C15")
def test_public_allows_it(start: Callable[..., Command]) -> None:
    command = start("--host", "0.0.0.0", "--public", "--seed", "5")  # noqa: S104 - that is what is allowed
    assert command.stdout
    port = command.stdout.readline().rsplit(":", 1)[1].strip()
    assert World(f"http://127.0.0.1:{port}").agents() == []


@proves("C15")
@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.5.5.5", True),
        ("::1", True),
        ("localhost", True),
        ("::", False),
        ("example.com", False),
    ],
)
def test_loopback_addresses_are_known(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_neither_the_simulator_nor_its_tests_import_the_provider() -> None:
    folders = ("rcs_simulator", "tests/simulator")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    sources = [path.read_text() for path in (*paths, ROOT / "tests" / "support" / "samples.py")]
    assert not [text for text in sources if re.search(r"^\s*(from|import) rcs_provider\b", text, re.MULTILINE)]
