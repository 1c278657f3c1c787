"""The page for users is made from the matrix that the tests run."""

from __future__ import annotations

from document import PAGE, page
from matrix import CALLS, FAULTS


def test_the_page_is_what_the_matrix_says() -> None:
    assert PAGE.read_text() == page(), "run: python tests/faults/document.py"


def test_every_call_and_every_fault_is_on_the_page() -> None:
    for each in (*CALLS.values(), *FAULTS.values()):
        assert f"| {each.title} |" in page()
