"""Which faces of the provider the tests of the engine run over."""

from __future__ import annotations

from faces import pytest_addoption, pytest_collection_modifyitems, pytest_generate_tests

__all__ = ["pytest_addoption", "pytest_collection_modifyitems", "pytest_generate_tests"]
