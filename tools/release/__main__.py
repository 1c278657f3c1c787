"""Builds what a release would publish, and checks it: `tools/release/check [PART ...]`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from rcs_provider._version import semantic

from . import artifacts, plugin, project, pythons
from .environment import FACE_TESTS, FAST_TESTS, SDK_TESTS, Environment, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

DIST: Final = project.ROOT / "build" / "release" / "dist"
PINS: Final = ("requirements.txt", "constraints.txt")
SHOWN: Final = ("pulumi", "protobuf", "grpcio", "requests", "urllib3", "jsonschema")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _build() -> tuple[Path, Path]:
    """Source distribution and wheel, the wheel from the source distribution."""
    shutil.rmtree(DIST, ignore_errors=True)
    run("uv", "build", "--quiet", "--python", sys.executable, "--out-dir", DIST, project.ROOT)
    (sdist,), (wheel,) = DIST.glob("*.tar.gz"), DIST.glob("*.whl")
    return sdist, wheel


def _pack_plugin(about: project.Project) -> None:
    """Writes the plugin's archives beside the wheel that they ask for, with the releases that are tried."""
    pins = DIST.parent / "plugin-pins.txt"
    given = [f"--constraints={project.ROOT / each}" for each in PINS]
    oldest = ["--python-version", about.pythons[0], "--python", sys.executable]
    run("uv", "pip", "compile", "--quiet", "--universal", *oldest, "pyproject.toml", *given, "--output-file", pins)
    plugin.write(DIST, about.number, semantic(about.number), pins.read_text())


def _environments(versions: Sequence[str]) -> list[Environment]:
    """The environments that this machine can make; a Python that it lacks is said."""
    found = {version: pythons.find(version) for version in versions}
    present = {version: python for version, python in found.items() if python}
    for version in found.keys() - present.keys():
        _say(f"- {version}: there is no such Python on this machine, so nothing was tried with it")
    oldest, *_, newest = [*present.values()] * 2
    return [
        *(Environment(version, python) for version, python in present.items()),
        Environment(
            "lowest", oldest, ("simulator", "policy"), "lowest-direct", tests=(*FAST_TESTS, *SDK_TESTS), pack=True
        ),
        Environment("pinned", newest, pins=PINS, tests=SDK_TESTS, archive=True),
        Environment("newest", newest, tests=(*FAST_TESTS, *SDK_TESTS)),
        Environment("policy", newest, ("simulator", "policy"), pack=True),
    ]


def _try_out(environment: Environment, wheel: Path, version: str) -> str:
    environment.try_out(wheel, version)
    return f"{environment.python}, {environment.versions(SHOWN)}"


def _try_faces() -> str:
    run("tools/test", "--face", "both", *FACE_TESTS)
    return f"{' and '.join(FACE_TESTS)}, each test over both faces"


def _parts(versions: Sequence[str], wheel: Path, version: str) -> Mapping[str, Callable[[], str]]:
    """What is tried, by name; each says with what, or raises CalledProcessError."""
    environments = {each.name: partial(_try_out, each, wheel, version) for each in _environments(versions)}
    return {**environments, "faces": _try_faces}


def _passes(name: str, part: Callable[[], str]) -> bool:
    started = time.monotonic()
    try:
        shown = part()
    except subprocess.CalledProcessError as error:
        _say(f"- {name}: {' '.join(map(str, error.cmd))}\n{error.output}")
        return False
    _say(f"- {name}: good ({time.monotonic() - started:.0f} s): {shown}")
    return True


def _said_wrong(about: project.Project, sdist: Path, wheel: Path) -> list[str]:
    tags = subprocess.check_output(["git", "tag", "--points-at", "HEAD"], cwd=project.ROOT, text=True)  # noqa: S607
    return [
        *project.problems(about, tags.split()),
        *artifacts.sdist_problems(sdist, about.number),
        *artifacts.wheel_problems(wheel, about.number),
    ]


def main(wanted: Sequence[str]) -> int:
    """Runs every check, so that one run shows all there is to mend; the exit code says whether all was well."""
    # Only Pythons that are here: uv would fetch others.
    os.environ["UV_PYTHON_DOWNLOADS"] = "never"
    about = project.read()
    sdist, wheel = _build()
    _pack_plugin(about)
    wrong = _said_wrong(about, sdist, wheel)
    for each in wrong:
        _say(f"- {each}")
    _say(f"- {sdist.name}, {wheel.name}: {'good' if not wrong else 'see above'}")
    known = _parts(about.pythons, wheel, about.number)
    for name in set(wanted) - known.keys():
        wrong.append(name)
        _say(f"- {name}: there is no such part; there are: {', '.join(known)}")
    outcomes = [_passes(name, part) for name, part in known.items() if not wanted or name in wanted]
    return 0 if all(outcomes) and outcomes and not wrong else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
