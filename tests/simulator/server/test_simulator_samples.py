"""The sample pictures and the sample page, which are no part of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests

if TYPE_CHECKING:
    from rcs_simulator import World

SIZES = {
    "support-logo.png": (224, 224),
    "support-hero.png": (1440, 448),
    "offers-logo.png": (224, 224),
    "offers-hero.png": (1440, 448),
}


@pytest.mark.parametrize("name", SIZES)
def test_a_sample_picture_has_the_size_that_a_phone_wants_and_is_small(name: str, world: World) -> None:
    answer = requests.get(f"{world.url}/samples/{name}", timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert (int.from_bytes(answer.content[16:20], "big"), int.from_bytes(answer.content[20:24], "big")) == SIZES[name]
    assert len(answer.content) < 20_000


def test_there_is_a_page_to_link_to(world: World) -> None:
    answer = requests.get(f"{world.url}/samples/page.html", timeout=10)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/samples/nothing.png", "/samples/", "/samples/../__init__.py"])
def test_nothing_else_is_there(path: str, world: World) -> None:
    assert requests.get(world.url + path, timeout=10).status_code == 404


def test_samples_are_not_calls_of_the_api(world: World) -> None:
    requests.get(f"{world.url}/samples/support-logo.png", timeout=10)
    requests.get(f"{world.url}/samples/nothing.png", timeout=10)
    assert world.journal() == []
