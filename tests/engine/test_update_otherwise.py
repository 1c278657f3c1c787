"""Changes that are more or less than one PUT: by the field, by an option of the program, or by mere formatting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from proves import proves
from samples import FULL
from wire import calls, puts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest
    from project import Preview, Project

    from rcs_simulator import World

PHONES: Final = FULL["phones"]

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

DATA: Final = {**FULL["privacy"], "website": "https://www.example.com/data"}
TEXTS: Final = ("agent_test_url", "default_locale", "end_point_config", "primary_interaction_type")

CHANGES: Final[Mapping[str, Mapping[str, Any]]] = {
    "formatted": FORMATS,
    "ignored": {"description": "Other", "display_name": "Help", "privacy": DATA},
    "anew": {"description": "Other"},
    "anew-by-path": {"privacy": DATA},
    "settings": {"deletion_policy": "retain", "on_existing": "error"},
    "emails": {"emails": None},
    **{name: {name: None} for name in TEXTS},
    "recoded": {"service_code": "RECODED"},
}
"""What changes of each agent, all of which were declared in full; None is no longer declared."""

OPTIONS: Final[Mapping[str, Any]] = {
    "ignored": {"ignore_changes": ["description", "privacy.website"]},
    "anew": {"replace_on_changes": ["description"]},
    "anew-by-path": {"replace_on_changes": ["privacy.website"]},
}

SHOWN: Final = {
    "ignored": ["display_name"],
    "anew": ["description"],
    "anew-by-path": ["privacy.website"],
    "settings": ["deletion_policy", "on_existing"],
    "emails": ["emails"],
    **{name: [name] for name in TEXTS},
    "recoded": ["service_code"],
}
"""What a preview shows as changed."""


@dataclass(frozen=True)
class Changed:
    """One stack in which each of `CHANGES` was made.

    Attributes:
        before: the numbers of the agents before.
        preview: of the changes.
        project: after them.
        world: whose journal holds their calls.
    """

    before: Mapping[str, str]
    preview: Preview
    project: Project
    world: World

    def live(self, name: str) -> Mapping[str, Any]:
        """The agent that there was before, as Kaleyra has it."""
        return self.world.agent(self.before[name])

    def calls(self, name: str) -> list[str | None]:
        """What was called of it and of its testers."""
        return [each.operation for each in self.world.journal() if each.agent_number == self.before[name]]


def _declare(project: Project, **more: Any) -> None:
    """Declares the changed agents, with what else changes of those of `TEXTS`."""
    changes = {name: {**each, **(more if name in TEXTS else {})} for name, each in CHANGES.items()}
    args = {name: {**FULL, "service_code": name, **each} for name, each in changes.items()}
    kept = {name: {key: value for key, value in each.items() if value is not None} for name, each in args.items()}
    handset = {"agent": "formatted", "phoneno": "+91 90000-00001"}
    project.declare(
        {name: {"args": each, "opts": OPTIONS.get(name, {})} for name, each in kept.items()}, {"handset": handset}
    )


@proves("D16", "B10", "E7", "P7", "P8", "D13", "D3", "D17")
def test_a_change_is_shown_and_sent_as_its_field_and_the_options_want_and_other_formatting_is_none(
    project: Project, world: World, subtests: pytest.Subtests
) -> None:
    project.configure(requestsPerSecond="1000")
    agents = {name: {**FULL, "service_code": name} for name in CHANGES}
    project.declare(agents, {"handset": {"agent": "formatted", "phoneno": "919000000001"}})
    project.up()
    before = {name: each["id"] for name, each in project.resources().items()}
    _declare(project)
    world.clear_journal()
    preview = project.preview()
    assert calls(world) == []
    project.up()
    changed = Changed(before, preview, project, world)
    for case in (_formatting, _options, _settings, _no_longer_declared, _service_code):
        with subtests.test(case.__name__):
            case(changed)
    # A later update of something else does not reset what is no longer declared, though no read returns it.
    _declare(project, description="Other")
    project.up()
    for name in TEXTS:
        assert (changed.live(name)["description"], changed.live(name)[name]) == ("Other", FULL[name])
    project.settles()


def _formatting(changed: Changed) -> None:
    """Neither the agent nor its tester, whose number is spelt in another way, is among what changes."""
    replaced = ("anew", "anew-by-path")
    assert changed.preview.ops == {name: "replace" if name in replaced else "update" for name in SHOWN}
    assert {name: changed.preview.changed(name) for name in SHOWN} == SHOWN
    assert changed.calls("formatted") == []


def _options(changed: Changed) -> None:
    """`ignore_changes` sends nothing of what it names, and `replace_on_changes` makes another agent."""
    sent = puts(changed.world, changed.before["ignored"])
    assert [each.body["display_name"] for each in sent] == ["Help"]
    live = changed.live("ignored")
    assert (live["description"], live["privacy"]) == (FULL["description"], FULL["privacy"])
    for name in ("anew", "anew-by-path"):
        assert changed.live(name)["status"] == "DELETED"
        assert changed.calls(name).count("delete_agent") == 1
    after = {name: each["id"] for name, each in changed.project.resources().items()}
    assert {each["agent_number"] for each in changed.world.agents()} == {after[name] for name in CHANGES}


def _settings(changed: Changed) -> None:
    """What Kaleyra does not know changes without a call."""
    assert changed.calls("settings") == []
    assert changed.project.resources()["settings"]["outputs"]["deletion_policy"] == "retain"


def _no_longer_declared(changed: Changed) -> None:
    """E-mails are emptied, where phones stay; a text keeps its value, which is said."""
    assert (changed.live("emails")["emails"], len(changed.live("emails")["phones"])) == ([], 2)
    for name in TEXTS:
        assert f"{name} is no longer managed: Kaleyra keeps its value" in "".join(changed.preview.lines(name))
        assert changed.live(name)[name] == FULL[name]


def _service_code(changed: Changed) -> None:
    """It changes in place, with a warning."""
    told = "".join(changed.preview.lines("recoded"))
    assert "service_code changes in place: messages name it as their sender" in told
    assert changed.live("recoded")["service_code"] == "RECODED"
    assert [each for each in changed.calls("recoded") if each != "get_agent"] == ["update_agent"]
