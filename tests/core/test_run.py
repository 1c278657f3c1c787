"""What the processes of one run tell each other: who declares and has what."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

import pytest
from proves import proves
from samples import URN

from rcs_provider.core.run import SOMEWHERE, Record, Run, named, shared_record, stack_of

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS: Final = "127.0.0.1:34567"
KIND: Final = "pulumi-python:dynamic/rcs:RcsAgent"
OTHER: Final = URN.replace("::support", "::other")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where records are."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path / f"kaleyra-rcs-{os.getuid()}"


def run(account: str = "in/S", stack: str = "dev::proof") -> Run:
    """One process of the run."""
    return Run(stack, account, Record(ADDRESS))


@proves("D27")
def test_processes_hear_of_each_other_in_one_order() -> None:
    one, two = run(), run()
    one.note("agent 1", URN)
    two.note("agent 1", OTHER)
    assert one.holders("agent 1") == two.holders("agent 1") == [URN, OTHER]
    assert one.others("agent 1", URN) == [OTHER]
    assert two.others("agent 1", OTHER) == [URN]


@proves("D27")
def test_accounts_and_things_are_told_apart() -> None:
    run().note("agent 1", URN)
    assert run("na/S").holders("agent 1") == []
    assert run(stack="dev::other").holders("agent 1") == []
    assert run().holders("agent 2") == []


@proves("D27")
@pytest.mark.parametrize(
    ("who", "urn"),
    [
        (named(KIND, "support"), URN),
        (named(KIND, "a::b"), f"urn:pulumi:dev::proof::{KIND}::a::b"),
        (named(KIND, "support", "a:b:C"), f"urn:pulumi:dev::proof::x:y:Z$a:b:C${KIND}::support"),
    ],
)
def test_what_a_program_calls_a_resource_is_the_resource_of_that_urn(who: str, urn: str) -> None:
    found = run()
    found.note("agent 1", who)
    assert found.others("agent 1", urn) == []
    assert found.others("agent 1", f"{urn}-2") == [who]
    found.note("agent 1", urn)
    assert found.holders("agent 1") == [urn], "a URN says more"


@proves("D27")
def test_a_parent_that_a_program_does_not_know_makes_no_second_resource() -> None:
    found = run()
    found.note("agent 1", named(KIND, "support", SOMEWHERE))
    assert found.others("agent 1", f"urn:pulumi:dev::proof::x:y:Z${KIND}::support") == []
    assert found.others("agent 1", f"urn:pulumi:dev::proof::x:y:Z${KIND}::other") != []


@proves("D27")
def test_resources_of_one_name_below_different_parents_are_two() -> None:
    found = run()
    found.note("agent 1", named(KIND, "support"))
    assert found.others("agent 1", named(KIND, "support", "a:b:C")) == [named(KIND, "support")]


@proves("D27")
def test_a_urn_tells_its_stack_as_a_program_does() -> None:
    assert stack_of(URN) == "dev::proof"


def test_without_an_engine_nobody_declares_anything() -> None:
    found = Run()
    found.note("agent 1", "")
    assert found.holders("agent 1") == []


@proves("D27")
def test_the_record_is_private_and_goes_with_the_last_process(folder: Path) -> None:
    first, last = Record(ADDRESS), Record(ADDRESS)
    (file,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    first.leave()
    assert file.exists()
    first.close()
    last.leave()
    assert not file.exists()


@proves("D27")
def test_what_a_killed_run_left_behind_is_removed_and_never_read(folder: Path) -> None:
    record = Record(ADDRESS)
    Run("dev::proof", "in/S", record).note("agent 1", URN)
    (file,) = folder.iterdir()
    os.utime(file, (time.time() - 7200,) * 2)
    other = Record(ADDRESS)
    assert Run("dev::proof", "in/S", other).holders("agent 1") == [URN], "a process of the run is there"
    record.close()
    other.close()
    assert run().holders("agent 1") == []


@proves("D27")
@pytest.mark.parametrize("obstacle", ["file", "open", "address"])
def test_a_run_that_cannot_share_says_so(folder: Path, obstacle: str) -> None:
    if obstacle == "file":
        folder.touch()
    elif obstacle == "open":
        folder.mkdir()
        folder.chmod(0o777)
    said: list[tuple[str, str]] = []
    found = shared_record("no address" if obstacle == "address" else ADDRESS, lambda *line: said.append(line))
    assert found is None
    assert len(said) == 1
    assert said[0][1] == "warning"
    assert "cannot be shared between its processes" in said[0][0]
