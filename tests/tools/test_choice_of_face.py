"""Which face each test of the engine runs over: collected as pytest does it, and not run."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest
from machine import ROOT
from proves import proves

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT: Final = 40
TESTS: Final = f"""
import pytest
from faces import only

@pytest.fixture(scope="session")
def face(request):
    return request.param

@pytest.mark.parametrize("case", ["plugin", "other", *range({COUNT})])
@pytest.mark.parametrize("more", ["plugin", "dynamic"])
def test_two_faces(face, case, more): ...

def test_bare(face): ...

@only("dynamic", "a reason")
def test_of_dynamic(face): ...

@only("plugin", "a reason")
@pytest.mark.parametrize("case", ["a", "b"])
def test_of_plugin(face, case): ...

def test_of_none(): ...
"""
ONE_FACED: Final = {"dynamic": {"test_of_dynamic"}, "plugin": {"test_of_plugin[a]", "test_of_plugin[b]"}}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[str]]:
    """Gives the names of the tests that a run with some options would take."""
    file = tmp_path_factory.mktemp("tests") / "test_any.py"
    file.write_text(TESTS)

    @cache
    def found(*options: str, seed: str = "1") -> list[str]:
        command = [sys.executable, "-m", "pytest", "-p", "faces", "-p", "no:cacheprovider", "--collect-only", "-q"]
        path = os.pathsep.join([str(ROOT / "tests" / "support"), str(ROOT)])
        env = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [*command, *options, str(file)], cwd=file.parent, env=env, capture_output=True, text=True, check=True
        )
        return [line.partition("::")[2] for line in done.stdout.splitlines() if "::" in line]

    return found


@proves("F4")
def test_by_itself_each_test_of_two_faces_runs_once_and_a_half_of_them_over_each(
    collected: Callable[..., list[str]],
) -> None:
    taken, whole = collected(), {name: set(collected("--face", name)) for name in ("dynamic", "plugin")}
    assert taken == collected(seed="2"), "another half each time"
    assert len(taken) == len(set(taken))
    shares = {name: set(taken) & (tests - ONE_FACED[name]) - {"test_of_none"} for name, tests in whole.items()}
    cases = 2 * (COUNT + 2) + 1
    assert {name: len(tests) for name, tests in whole.items()} == {"dynamic": cases + 2, "plugin": cases + 3}
    assert len(shares["dynamic"]) + len(shares["plugin"]) == cases
    assert min(map(len, shares.values())) > cases / 3
    # No test is left out, and none runs over both.
    assert {each.replace("[plugin-", "[", 1).replace("[plugin]", "") for each in shares["plugin"]}.isdisjoint(
        shares["dynamic"]
    )
    assert set(taken) - shares["dynamic"] - shares["plugin"] == {
        *ONE_FACED["dynamic"], *ONE_FACED["plugin"], "test_of_none",
    }  # fmt: skip


@proves("F4")
def test_one_face_or_both_are_taken_whole(collected: Callable[..., list[str]]) -> None:
    dynamic, plugin = (set(collected("--face", name)) for name in ("dynamic", "plugin"))
    assert dynamic & plugin == {"test_of_none"}
    assert ONE_FACED["dynamic"] <= dynamic
    assert ONE_FACED["plugin"] <= plugin
    assert set(collected("--face", "both")) == dynamic | plugin
