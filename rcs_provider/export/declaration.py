"""What a program has to declare so that nothing changes, and the state that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rcs_provider.core.codec import UNREAD, decoded, state_of
from rcs_provider.core.fields import ABSENT, Role, Table, Type
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.tester.life import TESTER

from . import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rcs_provider.core.errors import Problem
    from rcs_provider.core.fields import Field
    from rcs_provider.core.kind import ApiObject
    from rcs_provider.core.settings import Settings

    from .inventory import Seen, Survey


@dataclass(frozen=True)
class Declaration:
    """One resource.

    Attributes:
        kind: of object.
        name: of the resource.
        id: of the object.
        arguments: what the program declares.
        inputs: the arguments as a check completes them.
        state: the outputs.
        remarks: what Kaleyra has and no new agent could have; it passes while it stays as it is.
        agent: of a tester the name of its agent's resource.
    """

    kind: ApiObject
    name: str
    id: str
    arguments: dict[str, Any]
    inputs: dict[str, Any]
    state: dict[str, Any]
    remarks: tuple[Problem, ...]
    agent: str = ""


def declarations(settings: Settings, found: Survey) -> list[Declaration]:
    """What declares an account: each agent, and after all of them the testers of each."""
    codes = {each.number: str(each.row.get("service_code") or "") for each in found.agents}
    called = names.of_agents(codes)
    agents = [_agent(settings, called[each.number], each) for each in found.agents]
    testers = [one for each in found.agents for one in _testers(settings, called[each.number], each)]
    return [*agents, *testers]


def unreturned(table: Table, prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Paths and records of the inputs that no read returns: an export cannot hold them."""
    for each in table.sent:
        inner = each.fields or (each.item and each.item.fields)
        if not each.returned:
            yield prefix + each.name, each
        elif inner:
            yield from unreturned(inner, f"{prefix}{each.name}{'[]' if each.item else ''}.")


def _agent(settings: Settings, name: str, seen: Seen) -> Declaration:
    live = decoded(AGENT.table, seen.row)
    arguments = _arguments(AGENT.table, live)
    implied = {"deletion_policy": settings.deletion_policy}  # what the resource's constructor adds
    return Declaration(
        AGENT, name, seen.number, arguments, *_completed(AGENT, settings, {**arguments, **implied}, live)
    )


def _testers(settings: Settings, agent: str, seen: Seen) -> Iterator[Declaration]:
    for phone, row in seen.testers.items():
        name, arguments = names.of_tester(agent, phone), {"agent_no": seen.number, "phoneno": f"+{phone}"}
        live = {**decoded(TESTER.table, row), **arguments}
        completed = _completed(TESTER, settings, arguments, live)
        yield Declaration(TESTER, name, f"{seen.number}/{phone}", arguments, *completed, agent)


def _completed(
    kind: ApiObject, settings: Settings, arguments: Mapping[str, Any], live: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any], tuple[Problem, ...]]:
    """Inputs as a check completes them, the state that belongs to them, and what a new object could not have."""
    inputs = kind.normalise(settings, {}, arguments)
    kept = {UNREAD: True} if any(unreturned(kind.table)) else {}
    return inputs, state_of(kind.table, inputs, live, kept), tuple(kind.validate(settings, {}, inputs))


def _arguments(table: Table, live: Mapping[str, Any]) -> dict[str, Any]:
    found = ((each.name, _argument(each, live.get(each.name, ABSENT))) for each in table.sent)
    return {name: value for name, value in found if value is not ABSENT}


def _argument(field: Field, value: Any) -> Any:
    if field.role is Role.SETTING or field.type is not Type.LIST:
        return value
    if field.required:  # a list that has to be declared and that an answer leaves out is empty
        return [] if value is ABSENT else value
    return value or ABSENT
