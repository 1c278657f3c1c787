"""Reading an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fakes import BROKEN, NO_AGENTS, NOT_FOUND, Bench, bad, good
from proves import proves
from samples import declared, row_of

from rcs_provider.core.errors import RcsError, Unclear
from rcs_provider.export.inventory import read_account

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_provider.api.request import Request

ROW = row_of(declared())


def _one(request: Request) -> Any:
    return good({**ROW, "agent_number": request.url.rsplit("/", 1)[1]})


def _account(bench: Callable[..., Bench], **answers: Any) -> Bench:
    rows = [
        {"agent_number": number, "status": status}
        for number, status in (("9", "DRAFT"), (10, "ACTIVE"), ("8", "Deleted"))
    ]
    known = {"list": good(rows), "get": _one, "testers": good([{"phoneno": "+91 900", "agent_no": "9"}])}
    return bench(**{**known, **answers})


def test_the_live_agents_come_in_the_order_of_their_numbers_and_the_deleted_ones_are_named(
    bench: Callable[..., Bench],
) -> None:
    bed = _account(bench, testers=good([]))
    found = read_account(bed.client, bed.heard)
    assert ([each.id for each in found.objects], found.deleted) == (["9", "10"], {"agent": ("8",)})


@proves("P8")
def test_only_reads_are_made_and_none_of_a_deleted_agent(bench: Callable[..., Bench]) -> None:
    bed = _account(bench, testers=good([]))
    read_account(bed.client, bed.heard)
    assert sorted(bed.script.calls) == ["get", "get", "list", "testers", "testers"]
    assert not any("/8" in each.url for each in bed.script.requests)


@proves("B19")
def test_testers_are_known_by_their_e164_digits_once(bench: Callable[..., Bench]) -> None:
    rows = [{"phoneno": "+44 7911 123456"}, {"phoneno": "4407911123456"}, {"phoneno": "12"}]
    bed = bench(list=good([{"agent_number": "9"}]), get=_one, testers=good(rows))
    assert [each.id for each in read_account(bed.client, bed.heard).objects[0].children] == ["9/12", "9/447911123456"]


def test_each_agent_that_is_read_is_told(bench: Callable[..., Bench]) -> None:
    bed, told = _account(bench, testers=good([])), list[tuple[int, int]]()
    read_account(bed.client, bed.heard, lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_an_agent_that_went_away_since_the_list_is_left_out(bench: Callable[..., Bench]) -> None:
    bed = bench(list=good([{"agent_number": "9"}]), get=NOT_FOUND)
    found = read_account(bed.client, bed.heard)
    assert (found.objects, found.deleted) == ((), {"agent": ("9",)})


def test_an_empty_account_is_no_error(bench: Callable[..., Bench]) -> None:
    bed = bench(list=NO_AGENTS)
    assert read_account(bed.client, bed.heard).objects == ()


GAPS = {
    "list": ({"list": bad("boom", code="RCS500", status=500)}, "could not read the account"),
    "agent": ({"get": BROKEN}, "could not read agent 9"),
    "testers": ({"testers": BROKEN}, "could not read the testers of agent 9"),
    "a row of another agent": ({"testers": good([{"phoneno": "1", "agent_no": "77"}])}, "a row names another agent"),
    "a row without a phone": ({"testers": good([{"agent_no": ""}])}, "or no phone number"),
    "an agent without a number": ({"list": good([{"service_code": "X"}])}, "an agent without a number"),
}


@proves("A2")
@pytest.mark.parametrize(("answers", "words"), GAPS.values(), ids=GAPS)
def test_a_gap_fails_the_whole(bench: Callable[..., Bench], answers: dict[str, Any], words: str) -> None:
    known = {"list": good([{"agent_number": "9"}]), "get": _one, "testers": good([]), "settings": {"max_retries": 0}}
    bed = bench(**{**known, **answers})
    with pytest.raises((RcsError, Unclear), match=words):
        read_account(bed.client, bed.heard)
