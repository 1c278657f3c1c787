"""The page: agents as phones show them, in one HTML document that needs no script and asks no host for anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from rcs_provider.core.text import counted

from .agent import Step
from .compared import changes, marks_after, marks_before
from .icons import ICONS, VERIFIED
from .remarks import ratios, remarks
from .screen import colour_of, screen
from .texts import text_of, visible, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jinja2 import Template

    from .agent import Agent
    from .compared import Change
    from .remarks import Ratio, Remark
    from .screen import Screen


@dataclass(frozen=True)
class _Difference:
    path: str
    was: str
    now: str
    note: str


@dataclass(frozen=True)
class _Section:
    """An agent on the page."""

    id: str
    name: str
    title: str
    code: str
    step: str
    colour: str
    ratios: Sequence[Ratio]
    remarks: Sequence[Remark]
    differences: Sequence[_Difference]
    screens: Sequence[Screen]


def page(title: str, agents: Iterable[Agent], pictures: Mapping[str, str] | None = None) -> str:
    """The document's text.

    Args:
        title: what the agents are taken from, such as the name of a stack file.
        agents: in the order in which they are shown.
        pictures: data URIs by address; a neutral drawing stands for every other picture.
    """
    sections = [_section(place, each, pictures or {}) for place, each in enumerate(agents, 1)]
    steps = Counter(each.step for each in sections if each.step)
    counts = [f"{steps[each.value]} {each.value}" for each in Step if each.value in steps]
    return _template().render(title=visible(title), sections=sections, counts=counts, icons=ICONS, verified=VERIFIED)


def summary(agents: Sequence[Agent]) -> str:
    """How many agents there are, and what happens to them: "3 agents: 1 new, 2 unchanged"."""
    steps = Counter(each.step for each in agents if each.step.value)
    counts = ", ".join(f"{steps[each]} {each.value}" for each in Step if each in steps)
    return f"{counted(len(agents), 'agent')}{': ' if counts else ''}{counts}"


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only the page needs it

    loader = PackageLoader("rcs_provider.look")
    found = Environment(autoescape=True, loader=loader, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return found.get_template("page.html")


def _section(place: int, agent: Agent, pictures: Mapping[str, str]) -> _Section:
    found = changes(agent.before, agent.after, live=agent.live) if agent.before and agent.after else []
    shown = agent.shown
    return _Section(
        f"agent-{place}",
        visible(agent.name),
        text_of(shown.get("display_name")),
        text_of(shown.get("service_code")),
        agent.step.value,
        colour_of(shown),
        ratios(shown),
        remarks(shown),
        [_difference(each) for each in found],
        list(_screens(agent, found, pictures)),
    )


def _difference(change: Change) -> _Difference:
    return _Difference(change.path, words(change.was), words(change.now), change.note)


def _screens(agent: Agent, found: Sequence[Change], pictures: Mapping[str, str]) -> Iterator[Screen]:
    compared = agent.step in (Step.CHANGED, Step.REPLACED)
    if compared and agent.before is not None:
        yield screen(agent.before, pictures, marks_before(found), title="Before", verified=agent.verified)
    marks: dict[str, Any] = marks_after(found) if compared else {}
    verified = agent.verified and agent.step is not Step.REPLACED
    yield screen(agent.shown, pictures, marks, title="After" if compared else "", verified=verified)
