"""The site's search finds what a reader types: words of a task, and every line that is on their screen."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from reference import messages

if TYPE_CHECKING:
    from pathlib import Path

PHRASES = {
    "timeout": "how-to/what-to-do-when.html#a-timeout",
    "install": "how-to/install.html",
    "yaml": "how-to/stack-data.html#quotes-in-yaml",
    "poetry": "how-to/install.html#poetry",
    "uv": "how-to/install.html#uv",
    "windows": "how-to/install.html",
    "container": "how-to/install.html#in-a-container",
    "telemetry": "how-to/install.html",
    "cannot be deleted": "how-to/what-to-do-when.html#cannot-be-deleted-because-it-is-protected",
    "because it is protected": "how-to/what-to-do-when.html#cannot-be-deleted-because-it-is-protected",
    "remove the protect flag": "how-to/what-to-do-when.html#cannot-be-deleted-because-it-is-protected",
    "marked for protection": "how-to/what-to-do-when.html#cannot-be-deleted-because-it-is-protected",
    "pulumi state unprotect": "how-to/what-to-do-when.html#cannot-be-deleted-because-it-is-protected",
    "deletion_policy": "reference/agent.html#deletion_policy",
    "stack is currently locked": "how-to/what-to-do-when.html#what-pulumi-itself-says",
    "incorrect passphrase": "how-to/what-to-do-when.html#what-pulumi-itself-says",
    "No module named rcs_provider": "how-to/what-to-do-when.html#what-pulumi-itself-says",
    "RBC201": "reference/errors.html#what-the-service-says",
    "RCS601": "reference/errors.html#what-the-service-says",
    "Service code already mapped": "reference/errors.html#what-the-service-says",
    "agent_type": "reference/agent.html#agent_type",
    "masters": "command-line.html#kaleyra-rcs-masters-list",
    "aliases": "how-to/moving.html#another-name-another-parent",
}
"""What people type, with the section that answers it."""
TITLE = 1000
"""What a word in a title counts, by the index."""
FIRST = 8
"""As many hits as are seen without scrolling."""


@dataclass(frozen=True)
class Section:
    """One entry of the index: where it is, its title and text as plain words, and the factor of its rank."""

    place: str
    title: str
    text: str
    rank: float


@pytest.fixture(scope="session")
def index(site: Path) -> tuple[list[Section], re.Pattern[str]]:
    """The sections of the built index, and what the search takes for the end of a word."""
    found = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert found["config"]["fields"]["title"]["boost"] == TITLE
    sections = [
        Section(each["location"], plain(each["title"]), plain(each["text"]), each.get("boost", 1))
        for each in found["docs"]
    ]
    return sections, re.compile(found["config"]["separator"])


def plain(text: str) -> str:
    """A text of the index without its tags."""
    return html.unescape(re.sub(r"</?[a-z][^>]*>", "", text))


def found(index: tuple[list[Section], re.Pattern[str]], phrase: str) -> list[str]:
    """The sections that have every word of a phrase as the beginning of one of theirs, the best first.

    The site's search gives a hit in a title the weight that the index says, and multiplies by the rank of the page.
    """
    sections, ends = index
    words = [each.lower() for each in ends.split(phrase) if each]

    def holds(text: str) -> bool:
        known = [each.lower() for each in ends.split(text) if each]
        return all(any(each.startswith(word) for each in known) for word in words)

    hits = [each for each in sections if holds(f"{each.title} {each.text}")]
    return [each.place for each in sorted(hits, key=lambda each: -each.rank * (TITLE if holds(each.title) else 1))]


@pytest.mark.parametrize(("phrase", "answer"), PHRASES.items())
def test_what_people_type_finds_the_section_that_answers(
    index: tuple[list[Section], re.Pattern[str]], phrase: str, answer: str
) -> None:
    assert answer in found(index, phrase)[:FIRST]


def test_every_message_of_the_package_is_in_the_index(index: tuple[list[Section], re.Pattern[str]]) -> None:
    told = " ".join(" ".join(each.text.split()) for each in index[0] if each.place.startswith("reference/messages"))
    lines = [each.text.replace("`", "") for each in messages.collected(messages.SOURCES)]
    assert len(lines) > 150
    assert [each for each in lines if " ".join(each.split()) not in told] == []


def test_lines_that_users_of_both_faces_see_are_among_the_messages() -> None:
    lines = {each.text for each in messages.collected(messages.SOURCES)}
    for words in (
        'it is protected by its deletion_policy "prevent"',
        "there was no time left for the call",
        "is required",
        "… is not set: …",
        "… gave no answer in time",
        "pulumi is not on PATH",
    ):
        assert words in lines, words


@pytest.mark.parametrize(
    ("program", "lines"),
    [
        ('raise Refusal("the explicit provider")', ["the explicit provider"]),  # what is an error is always shown
        ('NAME = "the explicit provider"', []),
        ('NAME = "the provider is not known"', ["the provider is not known"]),
        ('NAME = "the lists of allowed values"', []),
        ('def hint():\n    return f"pulumi config set {key}"', []),
        ('def hint():\n    return "Declare another service_code."', ["Declare another service_code."]),
        ('NAME = "gives up"', []),
        ('def line():\n    return f"takes over {agent}"', ["takes over …"]),
        ('Lookup("the agents", fetch)', []),
    ],
)
def test_a_part_of_a_message_that_nobody_can_search_for_is_no_message(
    tmp_path: Path, program: str, lines: list[str]
) -> None:
    (tmp_path / "module.py").write_text(program)
    assert [each.text for each in messages.collected(tmp_path)] == lines


@pytest.mark.parametrize("phrase", ["agent", "tester", "timeout", "delete", "refresh", "preview", "install"])
def test_what_the_package_is_made_of_is_behind_what_answers(
    index: tuple[list[Section], re.Pattern[str]], phrase: str
) -> None:
    first = found(index, phrase)[:FIRST]
    assert not any(each.startswith(("reference/promises", "fault-matrix", "benchmarks")) for each in first), first
