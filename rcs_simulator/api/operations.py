"""Operations: one function per documented call, from request to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rcs_simulator.api import masters, testers, views
from rcs_simulator.api.answers import JSON_TYPE, Answer, bare, success, success_list
from rcs_simulator.api.errors import (
    AgentNotFoundError,
    ChannelDisabledError,
    ContentTypeError,
    MissingFieldsError,
    NoTestersError,
)
from rcs_simulator.api.validation import parse

if TYPE_CHECKING:
    from rcs_simulator.api.backend import Backend


@dataclass(frozen=True)
class Call:
    """What an operation gets.

    Attributes:
        method: HTTP method.
        path: path without query.
        params: parts of the path, `sid` and perhaps `number`.
        query: query parameters.
        headers: request headers by lower-case name.
        raw: the body's bytes.
    """

    method: str
    path: str
    params: dict[str, str]
    query: dict[str, str]
    headers: dict[str, str]
    raw: bytes

    @property
    def sid(self) -> str:
        """The account's SID, from the path."""
        return self.params["sid"]

    @property
    def media_type(self) -> str:
        """The content type in lower case, without its parameters; empty if none was sent."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


Operation = Callable[["Backend", Call], Answer]


def check_content_type(call: Call) -> None:
    """Refuse any content type but JSON. Source: all pages, "The only allowed value is application/JSON".

    A call without a body may leave it out, which is a guess: every page says that the header is required.

    Raises:
        ContentTypeError: another type, or none for a body.
    """
    if call.media_type != JSON_TYPE and (call.media_type or call.raw):
        raise ContentTypeError(f"the only allowed Content-Type is application/JSON, not '{call.media_type}'")


def create_agent(backend: Backend, call: Call) -> Answer:
    """Create an agent. Source: "Create an Agent"."""
    body = parse(call.raw)
    record = backend.agents.create(call.sid, body, backend.switches)
    view = views.created(body, record, backend.switches)
    return success("RCS Agent created successfully", view, backend.switches.create_http)


def update_agent(backend: Backend, call: Call) -> Answer:
    """Replace an agent. Source: "Update an Agent"."""
    body = parse(call.raw)
    record = backend.agents.update(call.sid, call.params["number"], body, backend.switches)
    view = views.answered(body, record, backend.switches)
    return success("Agent updated successfully", view, backend.switches.update_http)


def get_agent(backend: Backend, call: Call) -> Answer:
    """Read an agent. Source: "Get Agent by Agent Number"."""
    record = backend.agents.read(call.sid, call.params["number"], backend.switches)
    return success("RCS Agent details fetched successfully", views.read(record, backend.switches))


def list_agents(backend: Backend, call: Call) -> Answer:
    """List the account's agents. Source: "Get All Agents Detail"; that its data is an array is a guess."""
    return success_list("RCS Agent details fetched successfully", backend.agents.listing(call.sid, backend.switches))


def delete_agent(backend: Backend, call: Call) -> Answer:
    """Delete an agent. Source: "Delete an Agent"; the answer's words are a guess."""
    backend.agents.delete(call.sid, call.params["number"], backend.switches)
    return success("RCS Agent deleted successfully", {}, backend.switches.delete_http)


def register_tester(backend: Backend, call: Call) -> Answer:
    """Register a tester. Source: "Register Tester"."""
    body = parse(call.raw)
    testers.check(body)
    backend.agents.live(call.sid, str(body["agent_no"]))
    record = backend.testers.register(body, backend.switches)
    data = {name: record[name] for name in ("phoneno", "agent_no", "id", "override_dcs_check")}
    return success("Tester registration request sent successfully", data, backend.switches.register_http)


def _agent_number(call: Call) -> str:
    number = call.query.get("agent_number")
    if not number:
        raise MissingFieldsError(["agent_number"])
    return number


def list_testers(backend: Backend, call: Call) -> Answer:
    """List an agent's testers. Source: "Get Tester By Agent", whose sample is a bare array."""
    number = _agent_number(call)
    if backend.agents.row(number, call.sid) is None:
        raise AgentNotFoundError
    rows = [views.tester(record, backend.switches) for record in backend.testers.rows(number)]
    if not rows and backend.switches.no_testers == "error":
        raise NoTestersError
    return success("Testers fetched successfully", rows) if backend.switches.tester_list_envelope else bare(rows)


def get_verification(backend: Backend, call: Call) -> Answer:
    """Read an agent's verification. Source: "Get an Agent Verification Status"; path only, the answer is a guess."""
    number = _agent_number(call)
    record = backend.agents.live(call.sid, number)
    data = {name: record[name] for name in ("agent_number", "verification_name", "verification_state")}
    return success("RCS Agent verification status fetched successfully", data)


def list_brands(backend: Backend, call: Call) -> Answer:
    """List the brands that the account's agents name. Source: "Get All Brands Detail"; the row's keys are a guess."""
    known: dict[str, dict[str, Any]] = {}
    for row in backend.agents.rows(call.sid):
        brand = views.filled({"provider_brand_no": "", "brand_name": "", **row.record["brand_details"]})
        known.setdefault(brand["brand_no"], {"brand_number": brand["brand_no"], "brand_name": brand["brand_name"]})
    return success("RCS Brand details fetched successfully", list(known.values()))


def list_masters(_backend: Backend, call: Call) -> Answer:
    """Return the lists of allowed values, or the one asked for. Source: "Get Masters"; the shape is a guess."""
    return success("Masters fetched successfully", masters.lists(call.query.get("listname")))


OPERATIONS: dict[str, Operation] = {
    "create_agent": create_agent,
    "update_agent": update_agent,
    "get_agent": get_agent,
    "list_agents": list_agents,
    "delete_agent": delete_agent,
    "register_tester": register_tester,
    "list_testers": list_testers,
    "get_verification": get_verification,
    "list_brands": list_brands,
    "list_masters": list_masters,
}


def run(backend: Backend, name: str, call: Call) -> Answer:
    """Check the account, then run an operation.

    Raises:
        ApiError: whatever the API refuses.
    """
    backend.accounts.check(call.sid, call.headers.get("api-key"))
    if not backend.switches.channel_enabled:
        raise ChannelDisabledError
    check_content_type(call)
    return OPERATIONS[name](backend, call)
