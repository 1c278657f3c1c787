"""How often Python looks for garbage in a program that the engine runs.

A deployment's process makes thousands of objects that live until its end. By Python's own settings they are gone
through again and again in vain, which takes up to half of the program's time in a stack of some hundred agents.
"""

from __future__ import annotations

import gc
import sys
from functools import cache
from pathlib import PurePath
from typing import Final

_PROGRAMS_HOST: Final = "pulumi-language-python-exec"
"""What the language host runs a program by."""
_BY_ITSELF: Final = (700, 2000)
"""Python's own thresholds, up to 3.12 and after it."""
_SELDOM: Final = 50_000


@cache
def look_seldom() -> None:
    """Raises the threshold of the youngest generation, once, in a process that the engine started for a program.

    A program that has set a threshold, or has switched the collector off, keeps that. A process that serves more than
    one deployment, such as one of the Automation API, is left alone.
    """
    youngest, *older = gc.get_threshold()
    if _serves_one_program() and youngest in _BY_ITSELF:
        gc.set_threshold(_SELDOM, *older)


def _serves_one_program() -> bool:
    return any(PurePath(each).name == _PROGRAMS_HOST for each in sys.orig_argv)
