"""Coverage: how sure each route and each refusal is (C13).

`documented` means that a vendor's page states it or shows a sample; `guessed` that no page does and the simulator
follows the likeliest reading. Nothing has been confirmed against the live API so far: `confirmed` is empty everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

DOCUMENTED, GUESSED = "documented", "guessed"


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        subject: `METHOD path` of a call, or the name of an error's class.
        evidence: `documented` or `guessed`, for its existence and its shape together.
        simulated: whether the simulator has it.
        page: title of the vendor's page, or what the guess follows.
        confirmed: date on which the live API was seen to do the same; empty for never.
    """

    subject: str
    evidence: str
    simulated: bool
    page: str
    confirmed: str = ""


def _known(subject: str, page: str) -> Row:
    return Row(subject, DOCUMENTED, simulated=True, page=page)


def _guess(subject: str, page: str) -> Row:
    return Row(subject, GUESSED, simulated=True, page=page)


def _absent(subject: str, page: str) -> Row:
    return Row(subject, DOCUMENTED, simulated=False, page=page)


ENDPOINTS = (
    _known("POST /v1/{sid}/rcs/agent", "Create an Agent"),
    _known("GET /v1/{sid}/rcs/agent/{number}", "Get Agent by Agent Number"),
    _known("PUT /v1/{sid}/rcs/agent/{number}", "Update an Agent"),
    _guess("DELETE /v1/{sid}/rcs/agent/{number}", "Delete an Agent: path and method only; the answer is a guess"),
    _guess("GET /v1/{sid}/rcs/agents", "Get All Agents Detail: path, method and code only; the array is a guess"),
    _known("POST /v1/{sid}/rcs/agenttester/register", "Register Tester"),
    _known("GET /v1/{sid}/rcs/agent/testersbyagent", "Get Tester By Agent"),
    _guess("GET /v1/{sid}/rcs/agenttester/testersbyagent", "Get Tester By Agent, newer page: its sample is unknown"),
    _guess(
        "GET /v1/{sid}/rcs/agentstatus",
        "Get an Agent Verification Status: path only; the answer is a guess, behind switch agent_status_call",
    ),
    _guess("GET /v1/{sid}/rcs/brands", "Get All Brands Detail: path only; the answer is a guess"),
    _guess("GET /v1/{sid}/rcs/masters", "Get Masters: path and list names only; the answer is a guess"),
    _absent("POST /v1/{sid}/rcs/brand", "Create a Brand"),
    _absent("GET|PUT|DELETE /v1/{sid}/rcs/brand/{number}", "Get, Update, Delete Brand"),
    _absent("PUT /v1/{sid}/rcs/agentstatus/verifyagent", "Submit an Agent Verification"),
    _absent("POST /v1/{sid}/rcs/agent/launch", "Launch an Agent"),
    _absent("POST /v1/{sid}/rcs/agent/carrierlaunch", "Launch Carrier"),
    _absent("GET /v1/{sid}/rcs/agentlaunchstatus", "Get Launch Status"),
    _absent("GET /v1/{sid}/rcs/agent_regions", "Get an Agent Regions"),
    _absent("POST /v1/{sid}/rcs/template", "Create Template, and its siblings"),
    _absent("POST /v1/{sid}/rcs/messages", "Send a Plain Text Message, and its siblings"),
    _absent("GET /v1/{sid}/rcs/lookup/{number}", "Single Device Lookup, and its bulk sibling"),
)

ERRORS = (
    _known("UnknownSidError", "Create an Agent"),
    _known("UnknownKeyError", "Create an Agent"),
    _guess("MissingKeyError", "answered like a wrong key"),
    _known("ChannelDisabledError", "Update an Agent"),
    _known("InvalidJsonError", "Update an Agent; that a wrong type is one, too, is a guess"),
    _guess("ContentTypeError", "the pages name the only allowed value; how another is answered is a guess"),
    _known("WrongMethodError", "Update an Agent"),
    _known("ContactRequiredError", "Create an Agent"),
    _known("MissingFieldsError", "Create an Agent"),
    _known("FieldFormatError", "Update an Agent"),
    _known("FieldValueError", "Create an Agent; for counts and lengths the label is a guess"),
    _known("RestrictedFieldsError", "Update an Agent"),
    _known("ServiceCodeMappedError", "Create an Agent"),
    _known("AgentNotFoundError", "Get Agent by Agent Number; for update, delete and testers a guess"),
    _known("NoAgentsError", "Agent error codes"),
    _guess("NoTestersError", "by analogy with agents"),
    _guess("TesterExistsError", "no page says what a second registration does"),
    _guess("AgentLockedError", "the console's guide says so, no API page does"),
    _guess("QuotaExceededError", "Google's limits under the general table's 429"),
    _guess("ThrottledError", "the general table's 429"),
    _known("GatewayError", "Agent error codes"),
    _known("InternalError", "Update an Agent"),
    _guess("UnavailableError", "the general table's 503"),
)

ROWS = (*ENDPOINTS, *ERRORS)
