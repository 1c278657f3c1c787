"""What is wrong with pictures and pages, each in one clause, with who asks for it and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from picture_host import image
from proves import proves

from rcs_provider.core.fields import UNKNOWN
from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.pictures.fetch import MOST_BYTES
from rcs_provider.pictures.findings import Declared, declared, findings, wanted

if TYPE_CHECKING:
    from picture_host import PictureHost

    from rcs_provider.pictures.fetch import Fetcher

LINK = {"label_text": "Help", "website": "https://www.example.com/help"}


def told(host: PictureHost, fetcher: Fetcher, path: str, field: str = "logo_url") -> list[str]:
    """What is found of a path that a field declares."""
    way = (field,) if field.endswith("_url") else (field, "website")
    place = Declared(way, host.at(path), is_picture=field in ("logo_url", "hero_url"))
    (found,) = fetcher.get_all(wanted([place])).values()
    return list(findings(place, found))


def test_every_address_of_an_agent_is_looked_at() -> None:
    inputs = {
        "logo_url": "https://www.example.com/logo.png",
        "hero_url": "https://www.example.com/hero.jpg",
        "privacy": LINK,
        "terms_conditions": LINK,
        "website": [LINK, LINK],
        "agent_test_url": "https://www.example.com/try",
        "description": "https://www.example.com/no-address",
    }
    assert [(each.path, each.is_picture) for each in declared(TABLE, inputs)] == [
        (("logo_url",), True),
        (("hero_url",), True),
        (("privacy", "website"), False),
        (("terms_conditions", "website"), False),
        (("website", 0, "website"), False),
        (("website", 1, "website"), False),
        (("agent_test_url",), False),
    ]


@pytest.mark.parametrize(
    "value", [UNKNOWN, None, 7, "", "www.example.com/logo.png", "https://www.example.com/logo.gif", ["a"], {"a": 1}]
)
def test_what_is_not_an_address_is_left_to_the_other_checks(value: object) -> None:
    inputs = {"logo_url": value, "privacy": value, "website": [value], "terms_conditions": {"website": value}}
    found = [each for each in declared(TABLE, inputs) if each.is_picture or not str(value).startswith("https://")]
    assert found == []


def test_an_address_that_is_a_picture_and_a_page_is_asked_for_as_a_picture() -> None:
    address = "https://www.example.com/logo.png"
    places = [Declared(("privacy", "website"), address, False), Declared(("logo_url",), address, True)]
    assert wanted(places) == wanted(reversed(places)) == {address: MOST_BYTES}


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/logo.png", "logo_url"),
        ("/logo.jpg", "logo_url"),
        ("/hero.png", "hero_url"),
        ("/page", "website"),
        ("/endless", "website"),
    ],
)
def test_what_is_as_it_has_to_be_has_no_findings(path: str, field: str, host: PictureHost, fetcher: Fetcher) -> None:
    assert told(host, fetcher, path, field) == []


AGREED = "(Google, 8x8, AWS, Bandwidth; they agree)"


@proves("B21")
@pytest.mark.parametrize(
    ("path", "field", "reasons"),
    [
        ("/missing.png", "logo_url", ["answers HTTP 404"]),
        ("/broken.png", "website", ["answers HTTP 500"]),
        ("/moved.png", "logo_url", ["redirects to {url}/logo.png"]),
        ("/lost.png", "website", ["redirects to {url}/missing.png, which answers HTTP 404"]),
        ("/html.png", "logo_url", ["is an HTML page and not a picture"]),
        ("/svg.png", "logo_url", ["is in the format SVG, and not a PNG or JPEG"]),
        ("/animated.png", "logo_url", ["is animated: only a picture that stands still is known to be shown"]),
        ("/jpeg.png", "logo_url", ["is a JPEG, and its address ends in .png"]),
        ("/plain.png", "logo_url", ["is served as application/octet-stream, and not as image/png"]),
        (
            "/wide.png",
            "logo_url",
            [f"has 448 x 224 pixels, another aspect: it has to be 224 x 224 pixels {AGREED}"],
        ),
        (
            "/double.png",
            "logo_url",
            [f"has 448 x 448 pixels, the right aspect: it has to be 224 x 224 pixels {AGREED}"],
        ),
        (
            "/logo.png",
            "hero_url",
            [f"has 224 x 224 pixels, another aspect: it has to be 1440 x 448 pixels {AGREED}"],
        ),
        ("/heavy.png", "logo_url", [f"has {{heavy}} bytes: it has to be at most 50 kB {AGREED}"]),
        (
            "/clear.png",
            "logo_url",
            [
                (
                    "has transparent parts: guides contradict each other on transparency "
                    "(AWS asks for it, Postscript for none)"
                )
            ],
        ),
        (
            "/clear-hero.png",
            "hero_url",
            ["has transparent parts: transparency looks bad on a dark theme (8x8)"],
        ),
        (
            "/page",
            "privacy",
            [f"is not answered under https://, as it has to be {AGREED}"],
        ),
    ],
)
def test_each_thing_that_is_wrong_is_one_clause(
    path: str, field: str, reasons: list[str], host: PictureHost, fetcher: Fetcher
) -> None:
    heavy = len(image()) + 60_000
    assert told(host, fetcher, path, field) == [each.format(url=host.url, heavy=heavy) for each in reasons]


@proves("B21")
def test_the_query_of_a_final_address_is_not_shown(host: PictureHost, fetcher: Fetcher) -> None:
    assert "canary7" not in "".join(told(host, fetcher, "/moved.png"))


def test_what_cannot_be_fetched_has_the_fetchers_words(host: PictureHost, fetcher: Fetcher) -> None:
    assert told(host, fetcher, "/circle.png") == [f"redirects to {host.url}/round.png: redirects in a circle"]
