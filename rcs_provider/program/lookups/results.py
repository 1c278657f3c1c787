"""What look-ups give: frozen objects with one attribute for each field that a read returns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rcs_provider.core.fields import Table
from rcs_provider.objects.agent.fields import TABLE as AGENT
from rcs_provider.objects.tester.fields import TABLE as TESTER

T = TypeVar("T")


def filled(result: type[T], found: Mapping[str, Any]) -> T:
    """A result made of what was found; what that leaves out is None.

    Args:
        result: the class.
        found: fields by name.
    """
    return result(**{name: found.get(name) for name in result.__annotations__})


def _attributes_of(table: Table) -> Callable[[type[T]], type[T]]:
    """Refuses to import a class whose attributes are not the fields that a read returns."""
    fields = {each.name for each in table.read}

    def checked(result: type[T]) -> type[T]:
        if differing := fields ^ set(result.__annotations__):
            raise TypeError(f"{result.__name__} and the table of its fields differ in {sorted(differing)}")
        return result

    return checked


@_attributes_of(AGENT)
@dataclass(frozen=True, kw_only=True)
class GetAgentResult:
    """An agent as Kaleyra has it.

    The attributes are the fields of `RcsAgent` that a read returns, with their types; blocks are mappings with the keys
    of the argument classes. None stands for what the answer leaves out or blanks.
    """

    agent_number: str
    agent_type: str | None
    display_name: str | None
    logo_url: str | None
    hero_url: str | None
    service_code: str | None
    description: str | None
    phones: Sequence[Mapping[str, Any]] | None
    emails: Sequence[Mapping[str, Any]] | None
    privacy: Mapping[str, Any] | None
    terms_conditions: Mapping[str, Any] | None
    color: str | None
    billing_category: str | None
    agent_use_case: str | None
    hosting_region: str | None
    website: Sequence[Mapping[str, Any]] | None
    brand_details: Mapping[str, Any] | None
    rcs_provider_id: str | None
    uuid: str | None
    provider_agent_id: str | None
    status: str | None
    integration_status: bool | None


@dataclass(frozen=True, kw_only=True)
class GetAgentsResult:
    """The agents of an account.

    Attributes:
        agents: in Kaleyra's order.
    """

    agents: Sequence[GetAgentResult]


@_attributes_of(TESTER)
@dataclass(frozen=True, kw_only=True)
class GetTesterResult:
    """A tester as the agent's list has it.

    The attributes are the fields of `RcsTester` that the list returns; `phoneno` is digits, with the country code. None
    stands for what the list leaves out.
    """

    agent_no: str
    phoneno: str
    uuid: str | None
    status: str | None
    test_status: str | None
    override_dcs_check: bool | None
    carrierid: float | None


@dataclass(frozen=True, kw_only=True)
class GetTestersResult:
    """The testers of an agent.

    Attributes:
        agent_no: number of the agent.
        testers: in Kaleyra's order.
    """

    agent_no: str
    testers: Sequence[GetTesterResult]


@dataclass(frozen=True, kw_only=True)
class GetBrandsResult:
    """The brands of an account.

    Attributes:
        brands: as Kaleyra answers them: no page documents their keys, so none is promised.
    """

    brands: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class GetMastersResult:
    """Kaleyra's lists of allowed values.

    Attributes:
        lists: as Kaleyra answers them: the pages name the lists, but show no answer, so no shape is promised.
    """

    lists: Any
