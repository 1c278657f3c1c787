"""Changes in place: one PUT, shown as exactly what changed, and formatting that is no change."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest
from project import Preview, Project
from proves import proves
from samples import FULL, LEAST
from wire import QUIRKS, RESTRICTED, answered, calls, puts, writes

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


FORMATS: Final[Mapping[str, Any]] = {
    "color": "#494E0D",
    "billing_category": "NON-CONVERSATIONAL",
    "phones": [{**PHONES[1], "number": "+91-90000-00001"}, {**PHONES[0], "number": "1800 100 1001"}],
    "emails": [{**FULL["emails"][0], "email": "Support@Example.com"}],
    "languages": ["Hindi", "English"],
    "agent_type": 1,
    "rcs_provider_id": 1,
    "brand_details": {**FULL["brand_details"], "brand_no": 8032},
}


@proves("D16", "B10")
def test_other_formatting_is_no_change(project: Project, world: World) -> None:
    project.declare({"agent": FULL}, {"handset": {"agent": "agent", "phoneno": "919000000001"}})
    project.up()
    world.clear_journal()
    project.declare({"agent": {**FULL, **FORMATS}}, {"handset": {"agent": "agent", "phoneno": "+91 90000-00001"}})
    preview = project.preview("--expect-no-changes")
    assert (preview.code, preview.ops) == (0, {}), preview.raw
    project.up()
    assert calls(world) == []


@proves("E7", "P8")
def test_ignored_changes_are_neither_shown_nor_sent(project: Project, world: World) -> None:
    project.declare({"agent": FULL})
    project.up()
    number = project.resources()["agent"]["id"]
    privacy = {**FULL["privacy"], "website": "https://www.example.com/data"}
    changed = {**FULL, "description": "Other", "display_name": "Help", "privacy": privacy}
    opts = {"ignore_changes": ["description", "privacy.website"]}
    project.declare({"agent": {"args": changed, "opts": opts}})
    assert project.preview().changed("agent") == ["display_name"]
    project.up()
    assert [each.body["display_name"] for each in puts(world, number)] == ["Help"]
    live = world.agent(number)
    assert (live["description"], live["privacy"]) == (FULL["description"], FULL["privacy"])


@proves("E7", "P7")
def test_replace_on_changes_turns_an_update_into_a_replacement(project: Project, world: World) -> None:
    project.declare({"agent": FULL, "other": {**FULL, "service_code": "OTHER"}})
    project.up()
    privacy = {**FULL["privacy"], "website": "https://www.example.com/data"}
    project.declare(
        {
            "agent": {"args": {**FULL, "description": "Other"}, "opts": {"replace_on_changes": ["description"]}},
            "other": {
                "args": {**FULL, "service_code": "OTHER", "privacy": privacy},
                "opts": {"replace_on_changes": ["privacy.website"]},
            },
        }
    )
    assert project.preview().ops == {"agent": "replace", "other": "replace"}
    project.up()
    assert sorted(each["service_code"] for each in world.agents()) == ["OTHER", "SUPPORT"]
    assert len(world.agents(deleted=True)) == 4


@proves("D13")
def test_settings_that_kaleyra_does_not_know_change_without_a_call(project: Project, world: World) -> None:
    project.declare({"agent": LEAST})
    project.up()
    world.clear_journal()
    project.declare({"agent": {**LEAST, "deletion_policy": "retain", "on_existing": "error"}})
    preview = project.preview()
    assert (preview.ops, preview.changed("agent")) == ({"agent": "update"}, ["deletion_policy", "on_existing"])
    project.up()
    assert calls(world) == []
    assert project.resources()["agent"]["outputs"]["deletion_policy"] == "retain"
    assert project.preview().ops == {}


@proves("D3")
def test_emails_that_are_no_longer_declared_are_emptied_where_phones_stay(project: Project, world: World) -> None:
    project.declare({"agent": FULL})
    project.up()
    number = project.resources()["agent"]["id"]
    project.declare({"agent": {name: value for name, value in FULL.items() if name != "emails"}})
    assert project.preview().changed("agent") == ["emails"]
    project.up()
    assert world.agent(number)["emails"] == []
    assert len(world.agent(number)["phones"]) == 2
    project.settles()


@proves("D17")
def test_a_text_that_is_no_longer_declared_keeps_its_value_and_says_so(project: Project, world: World) -> None:
    names = ["agent_test_url", "default_locale", "end_point_config", "primary_interaction_type"]
    project.declare({name: {**FULL, "service_code": name} for name in names})
    project.up()
    numbers = {name: each["id"] for name, each in project.resources().items()}
    rest = {
        name: {**{key: value for key, value in FULL.items() if key != name}, "service_code": name} for name in names
    }
    project.declare(rest)
    preview = project.preview()
    for name in names:
        assert preview.changed(name) == [name]
        assert f"{name} is no longer managed: Kaleyra keeps its value" in "".join(preview.lines(name))
    project.up()
    assert {name: world.agent(numbers[name])[name] for name in names} == {name: FULL[name] for name in names}
    # Nor does a later update of something else reset it, though no read returns it.
    project.declare({name: {**args, "description": "Other"} for name, args in rest.items()})
    project.up()
    live = {name: world.agent(number) for name, number in numbers.items()}
    assert {name: (each["description"], each[name]) for name, each in live.items()} == {
        name: ("Other", FULL[name]) for name in names
    }


@proves("D3")
def test_a_changed_service_code_is_changed_in_place_with_a_warning(project: Project, world: World) -> None:
    project.declare({"agent": LEAST})
    project.up()
    number = project.resources()["agent"]["id"]
    project.declare({"agent": {**LEAST, "service_code": "OTHER"}})
    preview = project.preview()
    assert preview.ops == {"agent": "update"}
    assert "service_code changes in place: messages name it as their sender" in preview.diagnostics
    project.up()
    assert (world.agent(number)["service_code"], writes(world)) == ("OTHER", ["create_agent", "update_agent"])
