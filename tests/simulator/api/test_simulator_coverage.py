"""Coverage: every route and every refusal has its row (C13)."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import requests
from proves import proves

from rcs_simulator.api import errors
from rcs_simulator.api.coverage import DOCUMENTED, ENDPOINTS, ERRORS, GUESSED, ROWS
from rcs_simulator.api.operations import OPERATIONS
from rcs_simulator.api.paths import PATHS

if TYPE_CHECKING:
    from rcs_simulator import World


@proves("C13")
def test_every_route_has_a_row() -> None:
    served = {f"{method} {path}" for path, methods in PATHS.items() for method in methods}
    assert {row.subject for row in ENDPOINTS if row.simulated} == served


@proves("C13")
def test_every_refusal_has_a_row() -> None:
    classes = {name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.ApiError)}
    assert {row.subject for row in ERRORS} == classes - {"ApiError"}


@proves("C13")
def test_every_row_says_how_sure_it_is_and_why() -> None:
    assert {row.evidence for row in ROWS} == {DOCUMENTED, GUESSED}
    assert all(row.page for row in ROWS)
    assert len({row.subject for row in ROWS}) == len(ROWS)


def test_every_operation_has_a_route() -> None:
    assert {name for methods in PATHS.values() for name in methods.values()} == set(OPERATIONS)


def test_the_table_can_be_asked_for(world: World) -> None:
    rows = requests.get(f"{world.url}/_admin/coverage", timeout=10).json()
    assert [row["subject"] for row in rows] == [row.subject for row in ROWS]


def test_every_refusal_names_its_page() -> None:
    for name, kind in inspect.getmembers(errors, inspect.isclass):
        text = inspect.getdoc(kind) or ""
        assert "Source:" in text or "guess" in text or name == "ApiError", name
