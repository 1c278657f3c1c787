"""What a program tells the providers of its run: which agents it declares, in which account, under which parent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pulumi
import pytest
from programs import run
from proves import proves

from rcs_provider import Provider
from rcs_provider.core.run import Record, Run
from rcs_provider.program import announcement as registration

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ADDRESS: Final = "127.0.0.1:34568"
KIND: Final = "pulumi-python:dynamic/rcs:RcsAgent"
URN: Final = f"urn:pulumi:dev::proof::{KIND}::support"


@pytest.fixture(autouse=True)
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine's address for the program, and a folder of its own for the record."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(registration, "engine_of_program", lambda: ADDRESS)
    registration._record.cache_clear()


def told(program: Callable[[], Any], account: str = "in/S") -> Callable[[str], list[str]]:
    """Runs a program; what a provider of the account then hears of a thing."""
    run(program, config={"kaleyra:pod": "in", "kaleyra:sid": "S"})
    return Run("dev::proof", account, Record(ADDRESS)).holders


@proves("D27")
def test_a_program_tells_the_code_and_the_number_of_each_agent(agent: Callable[..., Any]) -> None:
    holders = told(lambda: agent("support", service_code=pulumi.Output.secret("SUPPORT")))
    assert holders("service_code SUPPORT") == [f"{KIND}::support"]
    assert holders("agent support-id") == [f"{KIND}::support"]


@proves("D27")
def test_an_agent_is_told_of_the_account_that_it_uses(agent: Callable[..., Any]) -> None:
    def program() -> None:
        plain, late = Provider("na", pod="na", sid="N"), Provider("late", pod=pulumi.Output.from_input("na"), sid="L")
        agent("plain", opts=pulumi.ResourceOptions(provider=plain))
        agent("late", opts=pulumi.ResourceOptions(provider=late))

    assert told(program)("service_code SUPPORT") == []
    for sid, name in (("N", "plain"), ("L", "late")):
        holders = Run("dev::proof", f"na/{sid}", Record(ADDRESS)).holders
        assert holders("service_code SUPPORT") == [f"{KIND}::{name}"]


@proves("D27")
@pytest.mark.parametrize("parent", ["none", "stack", "component", "remote"])
def test_an_agent_is_never_another_one_than_itself_whatever_its_parent(agent: Callable[..., Any], parent: str) -> None:
    def program() -> None:
        parents = {
            "none": lambda: None,
            "stack": pulumi.runtime.get_root_resource,
            "component": lambda: pulumi.ComponentResource("proof:index:Team", "team"),
            "remote": lambda: pulumi.resource.DependencyResource("urn:pulumi:dev::proof::proof:index:Team::team"),
        }
        agent("support", opts=pulumi.ResourceOptions(parent=parents[parent]()))

    run(program, config={"kaleyra:pod": "in", "kaleyra:sid": "S"})
    inner = parent in ("component", "remote")
    urn = URN.replace(KIND, f"proof:index:Team${KIND}") if inner else URN
    found = Run("dev::proof", "in/S", Record(ADDRESS))
    assert found.holders("service_code SUPPORT") != []
    assert found.others("service_code SUPPORT", urn) == []
    assert found.others("service_code SUPPORT", urn.replace("::support", "::other")) != []
