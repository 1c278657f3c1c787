"""The pictures of a page: where they come from, and what is said of those that are missing."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from picture_host import PictureHost, image

from rcs_provider.cli.look_pictures import pictures_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOGO = f"data:image/png;base64,{base64.b64encode(image()).decode()}"


@pytest.fixture
def host() -> Iterator[PictureHost]:
    with PictureHost() as running:
        yield running


def test_pictures_come_from_the_folder_first_and_then_from_their_addresses(
    host: PictureHost, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "missing.png").write_bytes(image())
    agents = [
        {"logo_url": host.at("/logo.png"), "hero_url": host.at("/missing.png"), "website": [{"website": host.url}]},
        {"logo_url": host.at("/logo.png"), "hero_url": host.at("/html.png?token=canary7")},
    ]
    found = pictures_of(agents, fetches=True, allow_private=True, folder=tmp_path)
    assert found == {host.at("/logo.png"): LOGO, host.at("/missing.png"): LOGO}
    assert sorted(host.asked) == ["/html.png?token=canary7", "/logo.png"]
    assert capsys.readouterr().err == f"warning: {host.at('/html.png')}: is an HTML page and not a picture\n"


def test_a_folder_alone_fetches_nothing(host: PictureHost, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    agents = [{"logo_url": host.at("/logo.png")}]
    assert pictures_of(agents, fetches=False, allow_private=True, folder=tmp_path) == {}
    assert host.asked == []
    assert capsys.readouterr().err == f"warning: {host.at('/logo.png')}: there is no logo.png in {tmp_path}\n"


def test_private_hosts_are_not_asked_unless_that_is_allowed(host: PictureHost) -> None:
    agents = [{"logo_url": host.at("/logo.png")}]
    assert pictures_of(agents, fetches=True, allow_private=False, folder=None) == {}
    assert host.asked == []
