"""The functions of the package: what is there at Kaleyra, without managing it. Every language calls them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from typing_extensions import NotRequired, TypedDict

from rcs_provider.api.client import Calls
from rcs_provider.core.errors import Refusal, trying
from rcs_provider.core.fields import Field, Table, Type, flag, table, text
from rcs_provider.core.kind import Kind
from rcs_provider.core.names import camel
from rcs_provider.core.text import one_line
from rcs_provider.core.validation import unknown_name
from rcs_provider.objects import lookups
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.tester.life import TESTER

from . import names
from .arguments import checked
from .properties import token

_SOURCE: Final = "kaleyra-rcs"


def _listed(table: Table) -> Field:
    """A list of objects."""
    return Field(type=Type.LIST, source=_SOURCE, item=Field(type=Type.BLOCK, source=_SOURCE, fields=table))


class GetAgentArgs(TypedDict):
    """Arguments of `getAgent`."""

    agent_number: Annotated[str, text(source=_SOURCE, format="digits", numeric=True)]
    """Number of a live agent of the account."""


class GetAgentsArgs(TypedDict):
    """Arguments of `getAgents`."""

    include_deleted: NotRequired[Annotated[bool, flag(source=_SOURCE)]]
    """Whether to give agents with status DELETED as well, which Kaleyra keeps."""


class GetAgentsResult(TypedDict):
    """What `getAgents` gives."""

    agents: Annotated[Any, _listed(Table(AGENT.table.read))]
    """The agents, in Kaleyra's order."""


class GetTestersArgs(TypedDict):
    """Arguments of `getTesters`."""

    agent_no: Annotated[str, text(source=_SOURCE, format="digits", numeric=True)]
    """Number of the agent."""


class GetTestersResult(TypedDict):
    """What `getTesters` gives."""

    agent_no: Annotated[str, text(source=_SOURCE)]
    """Number of the agent."""

    testers: Annotated[Any, _listed(Table(TESTER.table.read))]
    """The testers, in Kaleyra's order; their phone numbers are digits, with the country code."""


class GetBrandsResult(TypedDict):
    """What `getBrands` gives."""

    brands: Annotated[Any, _listed(Table())]
    """The brands as Kaleyra answers them: no page documents their keys, so none is promised."""


class GetMastersArgs(TypedDict):
    """Arguments of `getMasters`."""

    list_name: NotRequired[Annotated[str, text(source=_SOURCE)]]
    """The one list to give, such as `color`; all of them without it."""


class GetMastersResult(TypedDict):
    """What `getMasters` gives."""

    lists: Annotated[Any, Field(type=Type.BLOCK, source=_SOURCE, fields=Table())]
    """The lists by name, as Kaleyra answers them: no page shows the answer, so nothing of them is promised. An answer
    that is not an object is under the name of the list that was asked for, or under `all`."""


Values = dict[str, Any]


@dataclass(frozen=True)
class Function:
    """One function.

    Attributes:
        name: ours: get_agent.
        doc: what it gives.
        args: what it takes.
        result: what it gives, in the order of the schema.
        sure: names in the result that are always there.
        what: it looks up, of its arguments, as in "could not look up agent 71732".
        fetch: asks the API; gives the result by our names.
    """

    name: str
    doc: str
    args: Table
    result: Table
    sure: tuple[str, ...]
    what: Callable[[Values], str]
    fetch: Callable[[Calls, Values], Values]

    @property
    def token(self) -> str:
        """Its token: `kaleyra:rcs:getAgent`."""
        return token(camel(self.name))


def identifying(kind: Kind[Calls]) -> tuple[str, ...]:
    """The fields that make the id of an object, so that every look-up has them."""
    return (kind.parent_field, kind.key) if kind.parent else (kind.number,)


def _agent(api: Calls, args: Values) -> Values:
    row = AGENT.fetch(api, args["agent_number"])
    if row is None:
        raise Refusal(lookups.no_agent(api, args["agent_number"]))
    return lookups.agent_of(row, args["agent_number"])


def _agents(api: Calls, args: Values) -> Values:
    everything = args.get("include_deleted", False)
    rows = [row for row in AGENT.rows(api) if everything or not AGENT.is_deleted(row)]
    return {"agents": [lookups.agent_of(row) for row in rows]}


def _testers(api: Calls, args: Values) -> Values:
    agent = args["agent_no"]
    rows = lookups.tester_rows(api, agent)
    if rows is None:
        raise Refusal(lookups.no_agent(api, agent))
    return {"agent_no": agent, "testers": [lookups.tester_of(row, agent) for row in rows]}


def _brands(api: Calls, args: Values) -> Values:
    del args
    return {"brands": api.list_brands()}


def _masters(api: Calls, args: Values) -> Values:
    name = args.get("list_name")
    found = api.list_masters(name)
    return {"lists": found if isinstance(found, dict) else {name or "all": found}}


FUNCTIONS: Final = (
    Function(
        "get_agent",
        "Looks up an agent by its number, also in a preview, without managing it. One that is gone is an error.",
        table(GetAgentArgs),
        Table(AGENT.table.read),
        identifying(AGENT),
        lambda args: f"agent {args['agent_number']}",
        _agent,
    ),
    Function(
        "get_agents",
        "Looks up the agents of the account, also in a preview.",
        table(GetAgentsArgs),
        table(GetAgentsResult),
        ("agents",),
        lambda _: "the agents",
        _agents,
    ),
    Function(
        "get_testers",
        "Looks up the testers of an agent, also in a preview. An agent that is gone is an error.",
        table(GetTestersArgs),
        table(GetTestersResult),
        ("agent_no", "testers"),
        lambda args: f"the testers of agent {args['agent_no']}",
        _testers,
    ),
    Function(
        "get_brands",
        "Looks up the brands of the account, also in a preview.",
        Table(),
        table(GetBrandsResult),
        ("brands",),
        lambda _: "the brands",
        _brands,
    ),
    Function(
        "get_masters",
        "Looks up Kaleyra's lists of allowed values, also in a preview.",
        table(GetMastersArgs),
        table(GetMastersResult),
        ("lists",),
        lambda args: (
            f"the list {args['list_name']} of allowed values" if args.get("list_name") else "the allowed values"
        ),
        _masters,
    ),
)
"""All functions, in the order of the documentation."""


def answer(api: Calls, called: str, args: Mapping[str, Any]) -> Values:
    """What a function gives, by the names of the schema.

    Failures are errors and not failures of a check: `pulumi do` shows the one and passes over the other.

    Args:
        api: the client, with the deadline of the call.
        called: token of the function.
        args: plain values by the names of the schema.

    Raises:
        RcsError: the arguments are wrong, or what they name cannot be had. Its message may hold names of ours.
    """
    function = next((each for each in FUNCTIONS if each.token == called), None)
    if function is None:
        known = [each.token for each in FUNCTIONS]
        raise Refusal(f"{one_line(called)}: {unknown_name(called, known, 'function')}")
    given = checked(camel(function.name), function.args, args)
    with trying(f"look up {one_line(function.what(given))}"):
        return names.to_wire(function.result, function.fetch(api, given))
