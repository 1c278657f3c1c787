"""A host with every bad picture, and what fetches from it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from picture_host import PictureHost

from rcs_provider.pictures.fetch import Fetcher

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def no_ambient_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither proxies nor certificates of the machine's get into a test."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.delenv(name)


@pytest.fixture
def host() -> Iterator[PictureHost]:
    with PictureHost() as running:
        yield running


@pytest.fixture
def fetcher() -> Fetcher:
    """Fetches from loopback, too."""
    return Fetcher(allow_private=True)
