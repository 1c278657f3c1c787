"""What the bytes of a picture say, and the one line for bytes that are none."""

from __future__ import annotations

import resource
import sys

import pytest
from picture_host import ANSWERS, HTML, SVG, animated, bomb, image
from proves import proves

from rcs_provider.pictures.answer import PictureError
from rcs_provider.pictures.read import Picture, read


def refused(content: bytes, content_type: str = "") -> str:
    with pytest.raises(PictureError) as caught:
        read(content, content_type)
    return str(caught.value)


def test_format_size_and_bytes_are_those_of_the_file() -> None:
    logo, hero = image(), image("JPEG", (1440, 448))
    assert read(logo) == Picture("PNG", 224, 224, len(logo), 1, transparent=False)
    assert read(hero) == Picture("JPEG", 1440, 448, len(hero), 1, transparent=False)
    assert (read(logo).media_type, read(hero).media_type) == ("image/png", "image/jpeg")


@pytest.mark.parametrize(
    ("content", "transparent"),
    [
        (image(mode="RGBA"), True),
        (image(mode="P", transparency=0), True),
        (image(), False),
    ],
    ids=["alpha", "palette", "none"],
)
def test_what_shows_through_is_seen_in_every_kind_of_png(content: bytes, transparent: bool) -> None:
    assert read(content).transparent is transparent


def test_alpha_that_lets_nothing_through_is_not_transparent() -> None:
    from io import BytesIO

    from PIL import Image

    file = BytesIO()
    Image.new("RGBA", (4, 4), (1, 2, 3, 255)).save(file, "PNG")
    assert read(file.getvalue()).transparent is False


def test_an_animated_png_has_its_frames_counted() -> None:
    assert read(animated()).frames == 2


def test_a_picture_that_is_large_is_measured_and_not_unpacked() -> None:
    found = read(image(size=(3000, 2000), mode="RGBA"))
    assert (found.width, found.height, found.transparent) == (3000, 2000, None)


@proves("B22")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says the memory in kilobytes")
def test_a_decompression_bomb_is_told_by_its_head_and_takes_no_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(bomb()) < 1000
    assert refused(bomb()) == "has more pixels than can be unpacked safely: a decompression bomb"
    assert refused(bomb(6_000)) == "has 6000 x 6000 pixels, which is too much to unpack"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@proves("B21")
@pytest.mark.parametrize(
    ("content", "content_type", "reason"),
    [
        (b"", "image/png", "is empty"),
        (HTML, "", "is an HTML page and not a picture"),
        (b"\xef\xbb\xbf \n" + HTML, "image/png", "is an HTML page and not a picture"),
        (b"Sign in", "text/html; charset=utf-8", "is an HTML page and not a picture"),
        (SVG, "image/svg+xml", "is in the format SVG, and not a PNG or JPEG"),
        (image("GIF"), "", "is in the format GIF, and not a PNG or JPEG"),
        (image("WEBP"), "", "is in the format WebP, and not a PNG or JPEG"),
        (image("BMP"), "", "is in the format BMP, and not a PNG or JPEG"),
        (image("TIFF"), "", "is in the format TIFF, and not a PNG or JPEG"),
        (b"hello", "", "is not a picture"),
        (image(mode="RGBA", size=(300, 300))[:200], "", "is a PNG that breaks off or is damaged"),
        (image()[:20], "", "is a PNG that breaks off or is damaged"),
        (image("JPEG", (1440, 448))[:900], "", "is a JPEG that breaks off or is damaged"),
        (b"\xff\xd8\xff", "", "is a JPEG that breaks off or is damaged"),
    ],
)
def test_what_is_no_picture_for_a_phone_is_one_clause(content: bytes, content_type: str, reason: str) -> None:
    assert refused(content, content_type) == reason


def test_no_part_of_a_picture_that_the_host_serves_whole_is_taken_for_damage() -> None:
    good = ["/logo.png", "/logo.jpg", "/hero.png", "/wide.png", "/heavy.png"]
    assert [read(ANSWERS[name].partition(b"\r\n\r\n")[2]).frames for name in good] == [1] * len(good)
