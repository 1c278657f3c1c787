"""The marker that says which guarantees a test proves."""

from __future__ import annotations

import pytest


def proves(*ids: str) -> pytest.MarkDecorator:
    """Marks a test, or all tests of a class, as proof of guarantees, by their ids: `@proves("D1", "D2")`.

    `tools/docs/reference/promises.py` reads the ids off the source for the page of what is promised.
    """
    return pytest.mark.proves(*ids)
