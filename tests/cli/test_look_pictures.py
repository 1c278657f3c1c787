"""The pictures of a page: where they come from, and what is said of those that are missing."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from picture_host import PictureHost, image
from proves import proves
from rcs_program import ROOT, Done
from stack_files import GOOD

from rcs_provider.cli.look_pictures import pictures_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


@proves("B20")
def test_the_page_of_the_local_stack_shows_the_sample_pictures_from_their_folder(
    tmp_path: Path, rcs: Callable[..., Done]
) -> None:
    done = rcs("look", str(ROOT / "stacks" / "Pulumi.local.yaml"), "--files", str(ROOT / "rcs_simulator" / "samples"))
    assert done == Done(0, "", "agents.html: 2 agents\n")
    text = (tmp_path / "agents.html").read_text()
    for each in ROOT.joinpath("rcs_simulator", "samples").glob("*.png"):
        assert f"data:image/png;base64,{base64.b64encode(each.read_bytes()).decode()}" in text


@proves("B20", "B22")
def test_a_page_fetches_pictures_only_when_told_to_and_each_once(
    host: PictureHost, tmp_path: Path, rcs: Callable[..., Done]
) -> None:
    text = GOOD.replace("https://www.example.com/logo.png", host.at("/logo.png"))
    (tmp_path / "Pulumi.a.yaml").write_text(text.replace("https://www.example.com/hero.png", host.at("/bomb.png")))
    assert rcs("look", "Pulumi.a.yaml").err == "agents.html: 1 agent\n"
    assert host.asked == []
    done = rcs("look", "Pulumi.a.yaml", "--pictures", "--allow-private")
    reason = "has more pixels than can be unpacked safely: a decompression bomb"
    assert done.err.splitlines() == [f"warning: {host.at('/bomb.png')}: {reason}", "agents.html: 1 agent"]
    assert sorted(host.asked) == ["/bomb.png", "/logo.png"]
    assert LOGO in (tmp_path / "agents.html").read_text()


def test_allowing_private_hosts_without_fetching_is_wrong_use(rcs: Callable[..., Done]) -> None:
    assert rcs("look", "Pulumi.a.yaml", "--allow-private").code == 2


def test_private_hosts_are_not_asked_unless_that_is_allowed(host: PictureHost) -> None:
    agents = [{"logo_url": host.at("/logo.png")}]
    assert pictures_of(agents, fetches=True, allow_private=False, folder=None) == {}
    assert host.asked == []
