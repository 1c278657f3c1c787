"""What the engine's call List gives, which `pulumi do TOKEN list` shows."""

from __future__ import annotations

from typing import Any, Final

import pytest
from fakes import NO_AGENTS, Bench, Clock, good
from proves import proves
from samples import LEAST, NUMBER, row_of

from rcs_provider.core.errors import Refusal
from rcs_provider.core.fields import UNKNOWN
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.tester.life import TESTER
from rcs_provider.plugin.listing import Page, page

ROWS: Final = [
    row_of(LEAST, agent_number="1004", service_code="FOUR"),
    row_of(LEAST, agent_number="203", service_code="THREE"),
    row_of(LEAST, agent_number="9", status="DELETED"),
    row_of(LEAST, agent_number="1001", service_code="ONE"),
]
LIVE: Final = (("203", "THREE"), ("1001", "ONE"), ("1004", "FOUR"))
TESTERS: Final = [{"phoneno": "+91 90000 00002"}, {"phoneno": "919000000001"}]


@pytest.fixture
def bench(clock: Clock) -> Bench:
    return Bench(clock, list=good(ROWS), testers=good(TESTERS))


@proves("B15")
def test_agents_are_listed_by_number_with_the_code_that_people_know(bench: Bench) -> None:
    assert page(bench.api, AGENT, {}) == Page(LIVE)
    assert bench.script.calls == ["list"]


@proves("B15")
def test_the_testers_of_an_agent_are_listed_by_the_id_that_imports_them(bench: Bench) -> None:
    found = page(bench.api, TESTER, {"agentNo": float(NUMBER)})
    assert found == Page(((f"{NUMBER}/919000000001", "+919000000001"), (f"{NUMBER}/919000000002", "+919000000002")))


def test_an_empty_list_is_a_page_without_objects(bench: Bench) -> None:
    bench.script.add(list=NO_AGENTS)
    assert page(bench.api, AGENT, {}) == Page()


def test_a_list_may_come_in_parts_and_end_early(bench: Bench) -> None:
    first = page(bench.api, AGENT, {}, size=2)
    assert first == Page(LIVE[:2], "2")
    assert page(bench.api, AGENT, {}, size=2, begin=first.following) == Page(LIVE[2:])
    assert page(bench.api, AGENT, {}, most=1) == Page(LIVE[:1])
    assert page(bench.api, AGENT, {}, most=2, size=5) == Page(LIVE[:2])


def test_a_list_of_what_is_not_known_yet_makes_no_call(bench: Bench) -> None:
    assert page(bench.api, TESTER, {"agentNo": UNKNOWN}) == Page(computed=True)
    assert bench.script.calls == []


@pytest.mark.parametrize(
    ("kind", "query", "line"),
    [
        (TESTER, {}, "tester list: agentNo: is required"),
        (TESTER, {"agentNo": "x"}, "tester list: agentNo: must be made of digits only"),
        (AGENT, {"agentNo": NUMBER}, "agent list: agentNo: unknown field"),
    ],
)
def test_what_is_wrong_with_a_query_is_one_line(bench: Bench, kind: Any, query: dict[str, Any], line: str) -> None:
    with pytest.raises(Refusal) as caught:
        page(bench.api, kind, query)
    assert line in str(caught.value)
    assert bench.script.calls == []
