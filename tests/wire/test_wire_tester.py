"""A tester's life over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from proves import proves
from pulumi.runtime.proto import engine_pb2, provider_pb2
from samples import PHONE
from wires import UNKNOWN, Failed, Process, plain, together, urn

if TYPE_CHECKING:
    from collections.abc import Callable

    from wires import Engine

    from rcs_simulator import World


@pytest.fixture
def number(world: World, code: str) -> str:
    """An agent without testers."""
    return world.seed_agent(service_code=code)


@pytest.fixture
def one(code: str) -> str:
    """The URN of a tester that no other test has."""
    return urn(f"pilot-{code}", "RcsTester")


def _made(
    provider: Process, one: str, number: str, phone: Any = PHONE, **more: Any
) -> tuple[str, dict[str, Any], dict[str, Any]]:
    inputs = provider.checked(one, {"agent_no": number, "phoneno": phone, **more})
    return (*provider.create(one, inputs), inputs)


def test_a_tester_lives_from_create_to_delete(  # noqa: PLR0913, PLR0917
    provider: Process, later: Process, one: str, number: str, world: World, engine: Engine
) -> None:
    id_, state, inputs = _made(provider, one, number, "+91 90000 00001")
    assert id_ == f"{number}/{PHONE}"
    assert state["phoneno"] == "+91 90000 00001"
    assert state.items() >= provider.kept(one).items()
    assert world.invitations(number) == 1
    found = provider.diff(one, id_, state, inputs)
    assert (found.changes, found.deleteBeforeReplace) == (provider_pb2.DiffResponse.DIFF_NONE, False)

    read = later.read(one, id_, state)
    assert plain(read.inputs) == inputs
    assert plain(read.properties)["status"] == "ACTIVE"

    later.delete(one, id_, state)
    assert len(world.testers(number)) == 1
    assert "no API removes testers" in engine.said(one, engine_pb2.WARNING)[-1]
    assert world.invitations(number) == 1


@proves("B9", "B8")
def test_a_tester_that_is_there_is_taken_over_without_an_invitation(
    provider: Process, one: str, number: str, world: World
) -> None:
    world.seed_tester(number, PHONE)
    assert _made(provider, one, number, float(PHONE))[0] == f"{number}/{PHONE}"
    assert world.journal("register_tester") == []


@proves("D25", "B10")
def test_an_agent_number_that_is_not_known_yet_replaces_and_an_unknown_phone_does_not(
    provider: Process, one: str, number: str
) -> None:
    id_, state, inputs = _made(provider, one, number)
    assert list(provider.diff(one, id_, state, {**inputs, "agent_no": UNKNOWN}).replaces) == ["agent_no"]
    assert list(provider.diff(one, id_, state, {**inputs, "phoneno": UNKNOWN}).replaces) == []
    assert list(provider.diff(one, id_, state, {**inputs, "phoneno": "919000000002"}).replaces) == ["phoneno"]


@proves("B14")
def test_another_resend_sends_one_more_invitation(provider: Process, one: str, number: str, world: World) -> None:
    id_, state, inputs = _made(provider, one, number)
    state = provider.update(one, id_, state, {**inputs, "resend": "monday"})
    assert world.invitations(number) == 2
    assert state["resend"] == "monday"


@proves("B12")
def test_a_used_up_quota_is_told_and_not_tried_again(provider: Process, one: str, number: str, world: World) -> None:
    world.set(tester_daily_quota=1)
    _made(provider, one, number)
    with pytest.raises(Failed, match="20 testers a day and 200 in all") as caught:
        _made(provider, urn(f"second-{number}", "RcsTester"), number, "918000000002")
    assert "Quota exceeded" in str(caught.value)
    assert len(world.journal("register_tester")) == 2


@proves("D9", "B8")
@pytest.mark.parametrize("fault", ["lost", "cut", "empty"])
def test_after_a_lost_answer_nobody_is_invited_twice(
    provider: Process, one: str, number: str, world: World, fault: str
) -> None:
    world.fault("register_tester", fault)
    assert _made(provider, one, number)[0] == f"{number}/{PHONE}"
    assert world.invitations(number) == 1


@proves("A6")
def test_a_tester_removed_behind_the_back_is_an_empty_id(
    provider: Process, later: Process, one: str, number: str, world: World
) -> None:
    id_, state, _ = _made(provider, one, number)
    world.remove_tester(number, PHONE)
    assert later.read(one, id_, state).id == ""


@proves("A6")
def test_a_list_that_names_another_agent_is_an_error(
    provider: Process, later: Process, one: str, number: str, world: World
) -> None:
    id_, state, _ = _made(provider, one, number)
    world.patch_tester(number, PHONE, agent_no="99999")
    with pytest.raises(Failed, match="another agent"):
        later.read(one, id_, state)


@proves("E5")
def test_get_of_a_tester_that_is_none_fails_without_its_number(later: Process, one: str, number: str) -> None:
    with pytest.raises(Failed, match=r"^there is no tester ") as caught:
        later.read(one, f"{number}/918000000001", {})
    assert "918000000001" not in str(caught.value)


@proves("P11")
def test_twenty_testers_at_once_share_one_list(start: Callable[..., Process], number: str, world: World) -> None:
    provider = start()

    def make(place: int) -> str:
        name = urn(f"t{place}", "RcsTester")
        inputs = provider.checked(name, {"agent_no": number, "phoneno": f"9190000000{place:02}"})
        return provider.create(name, inputs)[0]

    made = together(*(lambda place=place: make(place) for place in range(20)))
    assert made == [f"{number}/9190000000{place:02}" for place in range(20)]
    assert len(world.journal("list_testers")) == 1
    assert len(world.journal("register_tester")) == 20


def test_two_handsets_whose_numbers_end_alike_are_two_testers(later: Process, one: str, number: str) -> None:
    later.checked(one, {"agent_no": number, "phoneno": PHONE})
    later.checked(f"{one}-second", {"agent_no": number, "phoneno": "918000000001"})
