"""The site can be built, without a warning, and asks nobody else for anything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from blocks import ROOT
from proves import proves

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    # Not with --quiet, which would keep the warnings from being counted.
    assert done.returncode == 0, done.stderr
    return folder


@proves("E15")
def test_every_page_is_in_the_site(site: Path) -> None:
    pages = [each.relative_to(ROOT / "docs").with_suffix(".html") for each in (ROOT / "docs").rglob("*.md")]
    assert [str(each) for each in pages if not (site / each).is_file()] == []


def test_no_page_takes_fonts_scripts_or_pictures_from_elsewhere(site: Path) -> None:
    loaded = r'<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)="((?:https?:)?//[^"]+)"'
    found = {url for page in site.rglob("*.html") for url in re.findall(loaded, page.read_text(encoding="utf-8"))}
    assert found == set()
