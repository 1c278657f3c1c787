"""The browser of the tests that look at the page: the system's Chromium."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from browser import chromium
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, BrowserContext, Page

ROOT: Final = Path(__file__).resolve().parents[2]
SWITCHES: Final = (
    *("--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@dataclass(frozen=True)
class Opened:
    """A document in the browser, and the addresses that it asked for."""

    page: Page
    requests: Sequence[str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; where there is none and none can be installed, the test fails with what to install.

    Playwright runs an event loop as long as it lives, beside which other tests could run none of their own.
    """
    switches = [*SWITCHES, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=switches)
        yield found
        found.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a document as a file, in which no script runs."""
    contexts: list[BrowserContext] = []

    def opens(text: str, *, width: int = 1280, scheme: str = "light") -> Opened:
        file = tmp_path / "page.html"
        file.write_text(text, encoding="utf-8")
        size = {"width": width, "height": 844}
        context = browser.new_context(viewport=size, color_scheme=scheme, java_script_enabled=False)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(file.as_uri())
        return Opened(page, requests)

    yield opens
    for context in contexts:
        context.close()
