"""The refusals that the vendor's pages show, one class each.

Every class fixes the HTTP status, the top-level `code` and `message`, and the label in `error.error_code`.
Instances add only the text in `error.error_message`.
The HTTP statuses are those of the vendor's page "Agent error codes", where not-found is 400 and not 404.
"""

from __future__ import annotations

from typing import ClassVar


class ApiError(Exception):
    """A refusal in the shape of the vendor's error envelope.

    Attributes:
        status: HTTP status.
        code: top-level `code`, such as `RCS904`.
        message: top-level `message`.
        label: `error.error_code`.
        text: `error.error_message`.
        flags: words that the journal's entry gets.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "RCS904"
    message: str = ""
    label: ClassVar[str] = "PROV_ERROR"
    flags: ClassVar[tuple[str, ...]] = ()

    def __init__(self, text: str | None = None, *, message: str | None = None) -> None:
        self.message = self.message if message is None else message
        self.text = self.message if text is None else text
        super().__init__(self.text)

    def detail(self) -> dict[str, str]:
        """Return the envelope's `error` object."""
        return {"error_code": self.label, "error_message": self.text}


class UnknownSidError(ApiError):
    """The SID in the path names no account. Source: "Create an Agent", sample "Incorrect SID"."""

    status = 401
    code = "RBC001"
    message = "Incorrect SID or API key."
    reason: ClassVar[str] = "record not found"
    flags = ("wrong_sid",)

    def detail(self) -> dict[str, str]:
        """Return the other shape of `error`, which only failed authentication has."""
        return {"body": self.message, "error": self.reason}


class UnknownKeyError(UnknownSidError):
    """The key does not belong to the SID. Source: "Create an Agent", sample "Incorrect API-Key"."""

    code = "RBC201"
    reason = "API Key Not Found"
    flags = ("wrong_key",)


class MissingKeyError(UnknownKeyError):
    """No `api-key` header at all; answered like a wrong one (a guess)."""

    flags = ("missing_key",)


class ChannelDisabledError(ApiError):
    """RCS is not enabled for the account. Source: "Update an Agent", sample "RCS Not Enabled"."""

    code = "RCS601"
    message = "RCS Channel is not enabled for this User"
    label = "RCS_CHANNEL_DISABLED"


class InvalidJsonError(ApiError):
    """The body is no JSON, or a value has the wrong type. Source: "Update an Agent", sample "Invalid JSON"."""

    code = "RCS701"
    message = "Invalid json format passed"
    label = "INVALID_JSON_PAYLOAD"


class ContentTypeError(InvalidJsonError):
    """The content is said to be of another type than the only allowed one, application/JSON; the answer is a guess."""


class WrongMethodError(ApiError):
    """The path exists, the method does not. Source: "Update an Agent", sample "Method Not Allowed"."""

    status = 405
    code = "RCS405"
    message = "Method not allowed"
    label = "METHOD_NOT_ALLOWED"
    flags = ("wrong_method",)


class ContactRequiredError(ApiError):
    """Neither a phone nor an e-mail. Source: "Create an Agent", sample "Validation Failed"."""

    message = "Validation failed"
    label = "CONTACT_REQUIRED"

    def __init__(self) -> None:
        super().__init__("Either phone or email must be provided")


class MissingFieldsError(ApiError):
    """Mandatory fields are absent. Source: "Create an Agent", sample "Missing Required Fields"."""

    message = "Required fields are missing"
    label = "MISSING_REQUIRED_FIELDS"

    def __init__(self, names: list[str]) -> None:
        super().__init__("missing required fields: " + ", ".join(names))


class FieldFormatError(ApiError):
    """A URL, image URL, e-mail or colour is malformed. Source: "Update an Agent", samples "Invalid ... Format"."""

    message = "Fields with invalid format are passed"
    label = "INVALID_FIELD_FORMAT"


class FieldValueError(ApiError):
    """A value is outside its list or limit. Source: "Create an Agent", sample "Invalid Allowed Values"."""

    message = "Invalid field values are passed"
    label = "FIELD_VALUE_ERROR"


class RestrictedFieldsError(ApiError):
    """An update changes what cannot change. Source: "Update an Agent", sample "Restricted Fields Update Attempt"."""

    message = "Cannot modify restricted fields during update"
    label = "RESTRICTED_FIELDS_MODIFY_ATTEMPT"

    def __init__(self, names: list[str]) -> None:
        super().__init__("Restricted fields cannot be modified: " + ", ".join(names))


class ServiceCodeMappedError(ApiError):
    """Another agent holds the service code. Source: "Create an Agent", sample "Error response - PROV error"."""

    message = "RCS Agent creation Failed"

    def __init__(self) -> None:
        super().__init__(
            '{"status":"FAILED","message":"Service code already mapped with another agent.","messageKey":"message"}'
        )


class AgentNotFoundError(ApiError):
    """No such agent: HTTP 400. Source: "Get Agent by Agent Number", its failure sample."""

    message = "Unable to fetch RCS Agent details"

    def __init__(self) -> None:
        super().__init__("Agent not found")


class NoAgentsError(ApiError):
    """The account has no agent: HTTP 400 instead of an empty list. Source: "Agent error codes"."""

    message = "Unable to fetch RCS Agent details"

    def __init__(self) -> None:
        super().__init__("No Agents Found")


class NoTestersError(ApiError):
    """The agent has no tester, where switch `no_testers` says so; a guess by analogy with agents."""

    message = "Unable to fetch Tester details"

    def __init__(self) -> None:
        super().__init__("No Testers Found")


class TesterExistsError(ApiError):
    """The phone is a tester already, where switch `duplicate_registration` says so; a guess."""

    message = "Tester registration Failed"

    def __init__(self) -> None:
        super().__init__("Tester already registered")


class AgentLockedError(ApiError):
    """The agent's verification forbids the call, where a switch says so; a guess."""

    message = "RCS Agent operation Failed"


class QuotaExceededError(ApiError):
    """Too many invitations for one agent; the limits are Google's, the envelope is a guess."""

    status = 429
    code = "RCS429"
    message = "Too many requests"
    label = "RESOURCE_EXHAUSTED"


class ThrottledError(QuotaExceededError):
    """Too many calls; the status is in the vendor's general table, the envelope is a guess."""

    label = "TOO_MANY_REQUESTS"


class GatewayError(ApiError):
    """Trouble behind the API: code RCS502 under HTTP 500. Source: "Agent error codes"."""

    status = 500
    code = "RCS502"
    message = "Internal Gateway Error"
    label = "RCS_CHANNEL_INTERNAL_ERROR"


class InternalError(ApiError):
    """Trouble inside the API. Source: "Update an Agent", sample "Internal Server Error"."""

    status = 500
    code = "RCS500"
    message = "Internal Server Error"
    label = "RCS_CHANNEL_INTERNAL_ERROR"


class UnavailableError(InternalError):
    """Temporarily unavailable; the status is in the vendor's general table, the envelope is a guess."""

    status = 503
    code = "RCS503"
    message = "Service Unavailable"
