"""The page as text: what is declared stands in it, and only as text."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from looks import AWKWARD, HOSTILE, SUPPORT, changed, many
from proves import proves

from rcs_provider.look import Agent, Step, page
from rcs_provider.look.page import summary

VOID = {"meta", "link", "input", "br", "img", "hr"}
"""Elements without an end."""


class Reader(HTMLParser):
    """Reads a document: its elements with their attributes, and its texts; an end that does not fit is an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open += [] if tag in VOID else [tag]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def values(self, name: str) -> list[str]:
        """The values of an attribute."""
        return [str(each[name]) for _, each in self.elements if name in each]


def read(*agents: Agent, pictures: dict[str, str] | None = None) -> Reader:
    return Reader(page("Agents in Pulumi.dev.yaml", agents, pictures))


@proves("B20")
def test_every_text_that_people_see_is_on_the_page() -> None:
    texts = set(read(Agent("support", SUPPORT)).texts)
    seen = [
        "Example Support",
        "Answers to questions about an order",
        "Call",
        "18001001001",
        "Office",
        "+91 90000 00001",
    ]
    seen += ["Write", "support@example.com", "Shop", "https://www.example.com/shop", "Privacy", "Terms"]
    assert set(seen) <= texts


@proves("B20")
def test_a_text_of_html_and_marks_of_direction_is_only_text() -> None:
    found = read(Agent("<i>x</i>", {**AWKWARD, "display_name": HOSTILE}))
    assert "<script>alert(1)</script>[U+202E]gnp.exe" in found.texts
    assert "<i>x</i>" in found.texts
    assert "script" not in {tag for tag, _ in found.elements}
    assert {tuple(each) for tag, each in found.elements if tag == "i"} == {("class",)}  # drawings of ours
    assert not [each for each in found.texts if "\u202e" in each]


def test_no_element_has_a_script_and_no_link_leads_to_one() -> None:
    found = read(Agent("support", SUPPORT), Agent("awkward", AWKWARD), changed())
    names = {name for _, each in found.elements for name in each}
    assert [each for each in names if each.startswith("on")] == []
    assert {each.partition(":")[0] for each in found.values("href")} - {"#back"} >= {"https", "mailto", "tel"}
    assert [each for each in found.values("href") if re.match(r"\s*(javascript|data:text)", each, re.IGNORECASE)] == []


def test_links_tell_nobody_where_they_are_followed_from() -> None:
    found = read(Agent("support", SUPPORT), Agent("awkward", AWKWARD))
    outside = [each for tag, each in found.elements if tag == "a" and not str(each["href"]).startswith("#")]
    assert len(outside) == 10  # the awkward one has a phone or two, a shop and an e-mail that lead somewhere
    assert {each["rel"] for each in outside} == {"noreferrer noopener"}


def test_a_document_for_one_agent_and_for_none_is_whole() -> None:
    assert "There are no agents." in read().texts
    assert ("html", {"lang": "en"}) in read(Agent("a", {})).elements


def test_a_picture_that_is_given_is_drawn_and_any_other_has_its_files_name() -> None:
    data = "data:image/png;base64,AAAA"
    found = read(Agent("support", SUPPORT), pictures={SUPPORT["logo_url"]: data})
    assert f"--logo:url('{data}')" in "".join(found.values("style"))
    assert {"Logo: support-logo.png", "Banner: support-hero.png"} <= set(found.values("aria-label"))
    assert "support-hero.png" in found.texts
    assert "support-logo.png" not in found.texts


def test_what_is_not_known_yet_or_secret_is_said_so() -> None:
    texts = read(Agent("awkward", AWKWARD)).texts
    assert "known after the update" in texts
    assert "[secret]" in texts


@proves("B20")
def test_what_is_longer_than_phones_show_is_marked_with_the_limit_and_who_says_so() -> None:
    text = page("t", [Agent("awkward", AWKWARD)])
    found = Reader(text).texts
    assert {"93 of 40 characters", "115 of 100 characters", "35 of 25 characters"} <= {each.strip() for each in found}
    marks = re.findall(r"<li><code>(.*?)</code> (.*?)<span", text)
    assert marks == [
        ("display_name", "has 93 of 40 characters"),
        ("description", "has 115 of 100 characters"),
        ("phones[0].label_text", "has 35 of 25 characters"),
        ("color", "has a contrast of 1.4:1 to white"),
    ]
    assert text.count('class="source">at ') == 3


def test_an_agent_in_order_has_no_marks() -> None:
    text = page("t", [Agent("support", SUPPORT)])
    assert 'class="mark' not in text
    assert "Every text and the colour are within the limits." in text
    assert "<b>6.6:1</b> against white: enough" in text
    assert "<b>3.1:1</b> against black: less than" in text


@pytest.mark.parametrize("colour", ["blue", "#12", "#0b5cad;x:y", None, 7])
def test_a_colour_that_is_none_is_replaced_by_a_neutral_one(colour: object) -> None:
    text = page("t", [Agent("support", {**SUPPORT, "color": colour})])
    assert "--agent:#5f6368" in text
    assert "x:y" not in re.sub(r"<code>.*?</code>", "", text)


@pytest.mark.parametrize("verified", [True, False])
def test_a_mark_of_verification_needs_an_answer(*, verified: bool) -> None:
    assert ("verified" in read(Agent("support", SUPPORT, verified=verified)).values("aria-label")) is verified


@proves("B20")
def test_what_changes_is_said_at_its_place_before_and_after() -> None:
    found = read(changed())
    texts = [each.strip() for each in found.texts]
    paths = ["display_name", "color", "hosting_region", "phones[1].label_text", "website[0]"]
    assert [each for each in paths if each not in texts] == []
    told = [each for each in texts[texts.index("was") + 1 :] if each]
    assert told[:3] == ["Example Support", "now", "Example Support Desk"]
    assert {"changes", "changed", "removed", "banner changed"} - set(texts) == {"banner changed"}
    assert "forces a replacement" in texts
    captions = [each for each in texts if each.startswith(("Before", "After"))]
    assert captions == ["Before,", "Before,", "After,", "After,"] or len(captions) == 4


def test_a_replacement_has_no_mark_of_the_old_agents_verification() -> None:
    old = changed()
    agent = Agent("support", old.after, old.before, Step.REPLACED, verified=True)
    assert read(agent).values("aria-label").count("verified") == 4  # twice on each of the two phones before


def test_what_happens_to_each_is_counted() -> None:
    agents = [Agent("a", SUPPORT, None, Step.NEW), changed(), Agent("c", None, SUPPORT, Step.LEAVING)]
    assert summary(agents) == "3 agents: 1 new, 1 changed, 1 going away"
    assert "3 agents: 1 new, 1 changed, 1 going away" in " ".join(page("t", agents).split())
    assert summary([Agent("a", SUPPORT)]) == "1 agent"


def test_the_page_of_400_agents_is_made_in_five_seconds_and_small() -> None:
    agents = many(400)
    page("t", agents[:1])  # the template is read once
    begin = time.process_time()
    text = page("t", agents)
    assert time.process_time() - begin < 5
    assert len(text) < 6_000_000


@pytest.mark.parametrize(
    "value", [None, "text", 7, [1, 2], {"a": {}}, True, [None], [{"label_text": ["x"], "number": {}}]], ids=repr
)
@pytest.mark.parametrize("name", ["display_name", "logo_url", "phones", "website", "privacy", "color"])
def test_a_value_of_any_shape_leaves_the_page_whole(name: str, value: object) -> None:
    before, after = SUPPORT, {**SUPPORT, name: value}
    assert "About the agent" in read(Agent("a", after, before, Step.CHANGED)).values("aria-label")
    assert "About the agent" in read(Agent("a", before, after, Step.CHANGED)).values("aria-label")
