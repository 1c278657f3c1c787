"""An exported project installs the package from where the exporting one came from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from rcs_provider import __version__
from rcs_provider.export import origin

ORIGINS: dict[str, dict[str, Any] | None] = {
    f"kaleyra-rcs=={__version__}": None,
    "kaleyra-rcs @ file:///home/me/kaleyra-rcs": {
        "url": "file:///home/me/kaleyra-rcs",
        "dir_info": {"editable": True},
    },
    "kaleyra-rcs @ file:///tmp/kaleyra_rcs-1.2.3-py3-none-any.whl": {
        "url": "file:///tmp/kaleyra_rcs-1.2.3-py3-none-any.whl",
        "archive_info": {},
    },
    "kaleyra-rcs @ git+https://git.example.com/rcs.git@0123abcd": {
        "url": "https://git.example.com/rcs.git",
        "vcs_info": {"vcs": "git", "requested_revision": "main", "commit_id": "0123abcd"},
    },
    "kaleyra-rcs @ git+ssh://git@git.example.com/all.git@0123abcd#subdirectory=rcs": {
        "url": "ssh://git@git.example.com/all.git",
        "vcs_info": {"vcs": "git", "commit_id": "0123abcd"},
        "subdirectory": "rcs",
    },
}


@pytest.mark.parametrize(("line", "recorded"), ORIGINS.items())
def test_a_recorded_place_is_a_requirement_that_pip_takes(line: str, recorded: dict[str, Any] | None) -> None:
    assert origin.requirement(recorded) == line
    assert Requirement(line).name == "kaleyra-rcs"


def test_the_place_of_the_running_package_is_named() -> None:
    note, line = origin.requirements().splitlines()
    place = Path(line.removeprefix("kaleyra-rcs @ file://"))
    assert place.suffix == ".whl" or place.joinpath("rcs_provider", "export", "origin.py").is_file()
    assert place.exists()
    assert "path of this machine" in note


def test_a_package_that_is_not_installed_is_named_by_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin, "DISTRIBUTION", "nobody-has-this")
    assert origin.requirements() == f"nobody-has-this=={__version__}\n"
