"""Pictures as data URIs: from a folder, from their addresses, and why one has none."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from picture_host import HTML, PictureHost, bomb, image
from proves import proves

from rcs_provider.pictures.embed import embedded

if TYPE_CHECKING:
    from pathlib import Path

    from rcs_provider.pictures.fetch import Fetcher

LOGO = f"data:image/png;base64,{base64.b64encode(image()).decode()}"


def test_a_picture_is_fetched_once_and_embedded_whole(host: PictureHost, fetcher: Fetcher) -> None:
    address = host.at("/logo.png")
    assert embedded([address, address], fetcher, None) == ({address: LOGO}, [])
    assert host.asked == ["/logo.png"]


@proves("B21")
def test_what_is_no_picture_is_left_out_with_its_reason(host: PictureHost, fetcher: Fetcher) -> None:
    bad = [host.at(path) for path in ("/html.png", "/missing.png", "/circle.png")]
    found, reasons = embedded([*bad, host.at("/logo.jpg")], fetcher, None)
    assert list(found) == [host.at("/logo.jpg")]
    assert reasons == [
        (bad[0], "is an HTML page and not a picture"),
        (bad[1], "answers HTTP 404"),
        (bad[2], f"redirects to {host.url}/round.png: redirects in a circle"),
    ]


def test_a_file_of_the_folder_comes_first_and_is_not_fetched(
    host: PictureHost, fetcher: Fetcher, tmp_path: Path
) -> None:
    (tmp_path / "missing.png").write_bytes(image())
    address, other = host.at("/missing.png"), host.at("/logo.png")
    assert embedded([address, other], fetcher, tmp_path) == ({address: LOGO, other: LOGO}, [])
    assert host.asked == ["/logo.png"]


@proves("B21")
def test_with_a_folder_alone_nothing_is_fetched(host: PictureHost, tmp_path: Path) -> None:
    (tmp_path / "a b.png").write_bytes(image())
    (tmp_path / "html.png").write_bytes(HTML)
    (tmp_path / "bomb.png").write_bytes(bomb())
    (tmp_path / "large.png").write_bytes(bytes(3_000_000))
    (tmp_path / "folder.png").mkdir()
    paths = ("/x/a%20b.png?v=1", "/html.png", "/bomb.png", "/large.png", "/folder.png", "/logo.png")
    addresses = [host.at(path) for path in paths]
    found, reasons = embedded(addresses, None, tmp_path)
    assert found == {addresses[0]: LOGO}
    assert reasons == [
        (addresses[1], f"{tmp_path}/html.png is an HTML page and not a picture"),
        (addresses[2], f"{tmp_path}/bomb.png has more pixels than can be unpacked safely: a decompression bomb"),
        (addresses[3], f"{tmp_path}/large.png is larger than 2 MB"),
        (addresses[4], f"there is no folder.png in {tmp_path}"),
        (addresses[5], f"there is no logo.png in {tmp_path}"),
    ]
    assert host.asked == []


@proves("B22")
def test_no_address_names_a_file_outside_of_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "logo.png").write_bytes(image())
    addresses = [f"https://www.example.com/{each}" for each in ("..%2Flogo.png", "%2e%2e/logo.png", "..", "", "%00")]
    assert embedded(addresses, None, inside)[0] == {}


def test_without_a_fetcher_and_a_folder_there_is_nothing_and_no_reason() -> None:
    assert embedded(["https://www.example.com/logo.png"], None, None) == ({}, [])
