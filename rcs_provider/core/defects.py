"""Errors that nobody thought of: our own, and those of a program whose file has the name of a library."""

from __future__ import annotations

import sys
import traceback
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from .errors import RcsError

if TYPE_CHECKING:
    from collections.abc import Iterator


def line_of(error: BaseException) -> str:
    """What the user is told of an error: our own words, which say what to do, or that it is a defect."""
    return error.line if isinstance(error, RcsError) else defect(error)


def defect(error: BaseException, program: str = "kaleyra-rcs") -> str:
    """What the user gets for an error that nobody thought of."""
    failed = f"{program} failed with {type(error).__name__}: {error}. This is a defect: please report it."
    return explanation(error) or failed


def explanation(error: BaseException) -> str:
    """What to say of an error that comes from such a file; empty if there is none."""
    for name in dict.fromkeys(each.partition(".")[0] for each in _modules(error)):
        if file := _shadow(name):
            return f"kaleyra-rcs needs the library {name}, and {file} is loaded in its place. Rename that file."
    return ""


def _modules(error: BaseException) -> Iterator[str]:
    """The modules that an error speaks of, and those that it went through, the last one first."""
    about = getattr(error, "obj", None)
    if isinstance(about, ModuleType):
        yield about.__name__
    if isinstance(error, ImportError) and error.name:
        yield error.name
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    yield from (str(each.f_globals.get("__name__", "")) for each in reversed(frames))


def _shadow(name: str) -> str:
    """The file of the program's folder that stands for a library which is installed elsewhere."""
    folder = Path.cwd()
    spec = PathFinder.find_spec(name)
    if spec is None or spec.origin is None:
        return ""
    file = Path(spec.origin).resolve()
    elsewhere = [each for each in sys.path if Path(each).resolve() != folder]
    mine = folder in (file.parent, file.parent.parent if file.name == "__init__.py" else None)
    return str(file) if mine and PathFinder.find_spec(name, elsewhere) is not None else ""
