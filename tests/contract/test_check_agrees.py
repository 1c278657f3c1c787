"""What `check` accepts the API accepts, and what `check` refuses the API refuses: for each field, at its boundaries.

The cases come from the field table, the verdicts of the other side from the simulator, which was written without it.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

import pytest
import requests
from proves import proves
from samples import FULL

from rcs_provider.core import check
from rcs_provider.core.codec import create_body
from rcs_provider.core.fields import Field, Role, Type
from rcs_provider.core.settings import Settings
from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.objects.agent.life import AGENT
from rcs_simulator import Simulator, World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WHOLE: Final[Mapping[str, Any]] = {**FULL, "phones": FULL["phones"][:1]}
"""Every input, with lists of one entry, of which lists at their limit are made."""
SOUND: Final[Mapping[str, tuple[str, ...]]] = {
    "link": ("http://www.example.com", "https://example.com:8443/a?b=c#d"),
    "picture": ("https://www.example.com/a.JPG", "http://www.example.com/a/b.jpeg"),
    "email": ("a@b.example", "first.last+tag@mail.example.com"),
    "color": ("#000000", "#AbCdEf"),
}
BROKEN: Final[Mapping[str, tuple[str, ...]]] = {
    "link": ("www.example.com", "ftp://www.example.com", "nothing"),
    "picture": ("https://www.example.com/a.gif", "www.example.com/a.png"),
    "email": ("nobody", "a@", "@b.example"),
    "color": ("red", "#12345", "#gggggg"),
}
STRICTER: Final[Mapping[str, str]] = {
    "display_name of 41": "the limit stands in the console's guide and in Google's reference, not on the API's page",
    "description that ends in a blank": "the console refuses it; the API's page is silent",
    "phones[0].number": "the page types it as text only",
    "privacy.label_text left out": "the page of create calls it optional, the pages of update and read require it",
    "privacy.label_text empty": "likewise",
    "control characters": "no page speaks of them",
}
"""Where `check` refuses and the API's pages do not, each with its reason: no case is made of these."""

Case = tuple[str, dict[str, Any]]


def _set(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    inputs = copy.deepcopy(dict(WHOLE))
    place: Any = inputs
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return inputs


def _fields() -> Iterator[tuple[tuple[str | int, ...], Field]]:
    for each in TABLE.sent:
        yield (each.name,), each
        inner, index = (each.item, (0,)) if each.item else (each, ())
        for part in (inner.fields or ()) if inner else ():
            yield (each.name, *index, part.name), part


def _accepted() -> Iterator[Case]:
    for path, each in _fields():
        name = ".".join(map(str, path))
        if not each.required:
            yield f"{name} left out", _set(path, None)
        if each.max_length:
            yield f"{name} of {each.max_length}", _set(path, "x" * each.max_length)
        for choice in each.choices:
            yield f"{name} {choice}", _set(path, choice)
        for value in SOUND.get(each.format, ()):
            yield f"{name} {value}", _set(path, value)
        if each.max_items:
            yield f"{name} with {each.max_items}", _set(path, WHOLE[each.name] * each.max_items)


def _refused() -> Iterator[Case]:
    for path, each in _fields():
        name = ".".join(map(str, path))
        if each.required and each.role is not Role.SETTING:
            yield f"{name} left out", _set(path, None)
            if each.type is Type.TEXT:
                yield f"{name} empty", _set(path, "")
        if each.max_length:
            yield f"{name} of {each.max_length + 1}", _set(path, "x" * (each.max_length + 1))
        if each.choices and not each.open_choices:
            yield f"{name} of no list", _set(path, "NOT_ON_ANY_LIST")
        for value in BROKEN.get(each.format, ()):
            yield f"{name} {value}", _set(path, value)
        if each.max_items:
            yield f"{name} with {each.max_items + 1}", _set(path, WHOLE[each.name] * (each.max_items + 1))


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with Simulator() as running:
        yield running.world("in")


def _check(inputs: dict[str, Any]) -> list[str]:
    settings = Settings(pod="in", sid="SIMULATEDIN01")
    filled = check.completed(AGENT, settings, {}, inputs)
    return [str(each) for each in check.problems(AGENT, settings, {}, filled)]


def _api(world: World, inputs: dict[str, Any]) -> requests.Response:
    filled = check.completed(AGENT, Settings(pod="in", sid="SIMULATEDIN01"), {}, inputs)
    world.reset()
    return requests.post(
        f"{world.url}/v1/{world.sid}/rcs/agent",
        json=create_body(TABLE, filled),
        headers={"api-key": world.api_key},
        timeout=30,
    )


ACCEPTED: Final = dict(_accepted())
REFUSED: Final = {name: inputs for name, inputs in _refused() if name not in STRICTER}


@proves("B3")
@pytest.mark.parametrize("case", ACCEPTED)
def test_what_check_accepts_the_api_accepts(world: World, case: str) -> None:
    assert _check(ACCEPTED[case]) == []
    answer = _api(world, ACCEPTED[case])
    assert answer.json()["code"] == "RCS902", answer.text


@proves("B3")
@pytest.mark.parametrize("case", REFUSED)
def test_what_check_refuses_the_api_refuses(world: World, case: str) -> None:
    assert _check(REFUSED[case]) != []
    answer = _api(world, REFUSED[case])
    assert answer.status_code == 400, answer.text
    assert world.agents() == []
