"""Changes in place: one PUT, shown as exactly what changed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest
from project import Preview, Project
from proves import proves
from samples import FULL
from wire import QUIRKS, RESTRICTED, answered, puts

from rcs_provider.core.fields import Role
from rcs_provider.objects.agent.fields import TABLE
from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from faces import Face

    from rcs_simulator import World

PHONES: Final = FULL["phones"]

EDITS: Final[Mapping[str, tuple[Any, str]]] = {
    "display_name": ("Help", "display_name"),
    "logo_url": ("https://www.example.com/other-logo.png", "logo_url"),
    "hero_url": ("https://www.example.com/other-hero.jpg", "hero_url"),
    "service_code": ("RENAMED", "service_code"),
    "description": ("Answers other questions", "description"),
    "phones": (PHONES[:1], "phones[1]"),
    "phones.label_text": ([PHONES[0], {**PHONES[1], "label_text": "Desk"}], "phones[1].label_text"),
    "phones.is_toll_free": ([PHONES[0], {**PHONES[1], "is_toll_free": True}], "phones[1].is_toll_free"),
    "phones.number": ([PHONES[0], {**PHONES[1], "number": "+91 90000 00002"}], "phones[1].number"),
    "phones.country_code": ([PHONES[0], {**PHONES[1], "country_code": "1"}], "phones[1].country_code"),
    "emails": (
        [*FULL["emails"], {"label_text": "Press", "is_primary": False, "email": "press@example.com"}],
        "emails[1]",
    ),
    "emails.label_text": ([{**FULL["emails"][0], "label_text": "Mail"}], "emails[0].label_text"),
    "emails.is_primary": ([{**FULL["emails"][0], "is_primary": False}], "emails[0].is_primary"),
    "emails.email": ([{**FULL["emails"][0], "email": "help@example.com"}], "emails[0].email"),
    "privacy": ({"label_text": "Data", "website": FULL["privacy"]["website"]}, "privacy.label_text"),
    "privacy.label_text": ({**FULL["privacy"], "label_text": "Your data"}, "privacy.label_text"),
    "privacy.website": ({**FULL["privacy"], "website": "https://www.example.com/data"}, "privacy.website"),
    "terms_conditions": (
        {"label_text": "Rules", "website": FULL["terms_conditions"]["website"]},
        "terms_conditions.label_text",
    ),
    "terms_conditions.label_text": (
        {**FULL["terms_conditions"], "label_text": "Our terms"},
        "terms_conditions.label_text",
    ),
    "terms_conditions.website": (
        {**FULL["terms_conditions"], "website": "https://www.example.com/rules"},
        "terms_conditions.website",
    ),
    "color": ("#8a1e1e", "color"),
    "billing_category": ("CONVERSATIONAL", "billing_category"),
    "agent_use_case": ("PROMOTIONAL", "agent_use_case"),
    "website": ([], "website[0]"),
    "website.label_text": ([{**FULL["website"][0], "label_text": "Store"}], "website[0].label_text"),
    "website.website": ([{**FULL["website"][0], "website": "https://www.example.com/store"}], "website[0].website"),
    "default_locale": ("hi", "default_locale"),
    "agent_test_url": ("https://www.example.com/other-test", "agent_test_url"),
    "end_point_config": ("ENTRY_POINT_UNSPECIFIED", "end_point_config"),
    "primary_interaction_type": ("CHAT", "primary_interaction_type"),
}
"""For each editable field another value, and the one path that a preview shows for it."""


@proves("D3")
def test_every_editable_field_of_the_table_has_a_case() -> None:
    editable = [each for each in TABLE.sent if each.role is Role.EDITABLE]
    inner = {each.name: each.fields or (each.item.fields if each.item else None) or () for each in editable}
    wanted = {each.name for each in editable} | {
        f"{name}.{each.name}" for name, table in inner.items() for each in table
    }
    assert set(EDITS) == wanted


@dataclass(frozen=True)
class Edited:
    """One stack with one agent per case, after each had its one field changed."""

    project: Project
    world: World
    preview: Preview
    numbers: Mapping[str, str]
    before: Mapping[str, Mapping[str, Any]]


def _stack(folder: Path, world: World, face: Face) -> Project:
    project = Project(folder / "project", folder / "home", world, face=face)
    # So many agents at once are held up by the default limit of calls a second, which is not what is proven here.
    project.configure(deletionPolicy="delete", requestsPerSecond="1000")
    return project


@pytest.fixture(scope="module", params=[{}, QUIRKS], ids=["plain answers", "every quirk"])
def edited(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, face: Face) -> Iterator[Edited]:
    with Simulator() as simulator:
        world = simulator.world("in")
        world.set(**{**request.param, "list_lag_reads": 0, "read_lag": 0})
        project = _stack(tmp_path_factory.mktemp("edited"), world, face)
        agents = {name: {**FULL, "service_code": f"CODE{index}"} for index, name in enumerate(EDITS)}
        project.declare(agents)
        project.up()
        numbers = {name: each["id"] for name, each in project.resources().items()}
        before = {name: answered(world, number) for name, number in numbers.items()}
        project.declare({name: {**agents[name], name.split(".")[0]: value} for name, (value, _) in EDITS.items()})
        preview = project.preview()
        world.clear_journal()
        project.up()
        yield Edited(project, world, preview, numbers, before)


@proves("D3", "B2", "P5", "P7", "A5", "D1", "D2", "C11")
def test_one_changed_field_shows_as_just_that_is_one_put_that_sends_the_rest_back_as_it_was_and_settles(
    edited: Edited, subtests: pytest.Subtests
) -> None:
    for name, (_, path) in EDITS.items():
        with subtests.test(f"{name}: preview"):
            assert edited.preview.ops[name] == "update"
            assert edited.preview.changed(name) == [path]
        with subtests.test(f"{name}: run"):
            _is_one_put(edited, name)
    edited.project.settles()


def _is_one_put(edited: Edited, name: str) -> None:
    number, before = edited.numbers[name], edited.before[name]
    sent = puts(edited.world, number)
    assert [(each.status, each.flags) for each in sent] == [(200, ())]
    assert edited.project.resources()[name]["id"] == number
    body, head = sent[0].body, name.split(".", maxsplit=1)[0]
    # As text, so that 1, "1" and True are three things and the order of keys counts.
    echoed = {key: json.dumps(body[key]) for key in before if key not in (head, "phones")}
    assert echoed == {key: json.dumps(value) for key, value in before.items() if key in echoed}
    assert set(RESTRICTED) <= {head, *echoed}
    if head != "phones":
        codes = {each["label_text"]: {"country_code": each["country_code"]} for each in PHONES}
        assert body["phones"] == [{**each, **codes[each["label_text"]]} for each in before["phones"]]
    assert _spelt(edited.world.agent(number)[head]) == _spelt(EDITS[name][0])


def _spelt(value: Any) -> Any:
    """A value without what an update takes from Kaleyra: order, spelling of phone numbers, keys that no page names."""
    if not isinstance(value, list):
        return value
    entries = [{key: each[key] for key in sorted(each) if key != "number_type"} for each in value]
    return sorted(({**each, "number": re.sub(r"\D", "", each.get("number", ""))} for each in entries), key=json.dumps)
