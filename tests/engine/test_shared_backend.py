"""State on a PostgreSQL server that several people share: the lock, two stacks at once, and a server that goes away."""

from __future__ import annotations

import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from postgres import Server
from proves import proves
from samples import LEAST

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from project import Project

    from rcs_simulator import World


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    made = Server(tmp_path / "postgres")
    yield made
    made.stop()


@pytest.fixture
def shared(make: Callable[..., Project], server: Server) -> Callable[..., Project]:
    """Makes projects whose state is on the server."""

    def made(name: str, **more: Any) -> Project:
        project = make(name, env={"PULUMI_BACKEND_URL": server.url}, stack=name, **more)
        project.configure(deletionPolicy="delete", readTimeout=30)
        return project

    return made


@contextmanager
def in_the_middle(project: Project, world: World, seconds: int = 12) -> Generator[subprocess.Popen[str]]:
    """Starts an `up` and goes on once its POST is on the way; the simulator holds the answer back."""
    world.fault("create_agent", {"kind": "stall_after", "seconds": seconds})
    with subprocess.Popen(
        ["pulumi", "up", "--yes", "--skip-preview", "--non-interactive"],
        cwd=project.folder,
        env=project.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as running:
        while not world.agents():
            assert running.poll() is None, running.communicate()[0]
            time.sleep(0.1)
        yield running


@proves("D22")
def test_different_stacks_run_side_by_side_and_a_second_run_of_the_same_is_refused_by_the_lock_and_loses_nothing(
    shared: Callable[..., Project], world: World
) -> None:
    one, two = shared("one"), shared("two")
    one.declare({"agent": LEAST})
    two.declare({"agent": {**LEAST, "service_code": "SECOND"}})
    with in_the_middle(one, world, 20) as slow:
        two.up()
        second = one.fails("up", "--yes", "--skip-preview")
        assert "the stack is currently locked by 1 lock(s)" in second.out
        assert slow.poll() is None, "the second stack was done while the first was at work"
        out, _ = slow.communicate()
    assert slow.returncode == 0, out
    assert sorted(each["service_code"] for each in world.agents()) == ["SECOND", "SUPPORT"]
    assert len(world.journal(operation="create_agent")) == 2
    one.settles()
    two.settles()


@proves("D22", "D23")
def test_a_server_that_stops_in_the_middle_ends_in_a_state_that_the_next_run_completes(
    shared: Callable[..., Project], server: Server, world: World
) -> None:
    project = shared("one")
    project.declare({"agent": LEAST})
    with in_the_middle(project, world) as running:
        server.stop()
        out, _ = running.communicate()
    assert running.returncode != 0, out
    server.start()
    # The lock of the run that could not give it back; the message of the engine names this command.
    project.pulumi("cancel", "--yes")
    project.env["PULUMI_BACKEND_URL"] = server.url
    project.up()
    assert len(world.agents()) == 1
    assert len(world.journal(operation="create_agent")) == 1
    project.refresh("--clear-pending-creates")
    project.settles()
