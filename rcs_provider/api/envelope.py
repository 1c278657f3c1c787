"""What an answer says: its data, or one of our errors.

The service wraps nearly everything in `{"code", "message", "data", "error"}`, uses one code and HTTP 400 for most
failures, and may put JSON into the text of an error. So an answer is judged by envelope and status together, by one
table, read from the top; an error envelope counts under HTTP 200 too.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.errors import (
    ApiError,
    KeyRefused,
    NotFound,
    NothingThere,
    ServerError,
    ServiceCodeTaken,
    Throttled,
    Unclear,
)
from rcs_provider.core.fields import is_block, is_list
from rcs_provider.core.settings import config_key
from rcs_provider.core.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

SUCCESS: Final = ("RCS902", "RCS802")
"""Codes of success: of agents and testers, and of brands."""

NO_ACCOUNT: Final = ("RBC001", "RBC201")
"""Codes of a key and SID that are not accepted."""
NO_CHANNEL: Final = "RCS601"
"""Code of an account whose RCS channel is not enabled."""

ENDPOINT: Final = config_key("endpoint")
"""The setting that says where calls go, as hints name it."""
CHECK_WAY: Final = f"Check the network, the proxy and {ENDPOINT}."
"""What to do if no answer, or no answer of Kaleyra's, arrives."""


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: status, headers (names in lower case) and the whole body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""


@dataclass(frozen=True)
class Rule:
    """One row of the classification: what must hold, and what it then means."""

    error: type[ApiError]
    meaning: str
    statuses: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    words: str = ""

    def fits(self, status: int, code: str, label: str, text: str) -> bool:
        """Whether every condition that the row names holds."""
        return (
            (not self.statuses or status in self.statuses)
            and (not self.codes or code in self.codes)
            and (not self.labels or label in self.labels)
            and re.search(self.words, text, re.IGNORECASE) is not None
        )


_KEY = (
    f"Check {config_key('apiKey')}, {config_key('sid')} and {config_key('pod')}, which have to belong together; a key "
    "also ends with the team member who made it, and works only inside its allow-list. Refresh and destroy use the key "
    "of the last `pulumi up`, unless KALEYRA_API_KEY is set."
)
_THEIRS = (
    "What only Kaleyra sets cannot be declared. Where an update should take it from is an open question with Kaleyra: "
    "ask your Kaleyra representative."
)
_REPORT = "This is an error inside Kaleyra: try again later, and report it there if it stays."

RULES: Final = (
    Rule(KeyRefused, _KEY, codes=NO_ACCOUNT),
    Rule(ApiError, "Ask your Kaleyra representative to enable the RCS channel for the account.", codes=(NO_CHANNEL,)),
    Rule(ServiceCodeTaken, "", labels=("PROV_ERROR",), words=r"already mapped"),
    Rule(NothingThere, "", statuses=(400, 404), codes=("RCS904",), words=r"\bno (agents?|testers?|brands?) found"),
    Rule(NotFound, "", statuses=(400, 404), codes=("RCS904",), labels=("PROV_ERROR",), words=r"not found"),
    Rule(ApiError, "Kaleyra does not let an update change these: see the documentation on what forces a replacement.",
         labels=("RESTRICTED_FIELDS_MODIFY_ATTEMPT",)),
    Rule(ApiError, _THEIRS, labels=("MISSING_REQUIRED_FIELDS",),
         words=r"\b(id|agent_number|provider_agent_id|status|integration_\w+|verification_\w+)\b"),
    Rule(ApiError, "Declare these fields.", labels=("MISSING_REQUIRED_FIELDS", "CONTACT_REQUIRED")),
    Rule(ApiError, "Change the value in the program.", labels=("INVALID_FIELD_FORMAT", "FIELD_VALUE_ERROR")),
    Rule(ApiError, "kaleyra-rcs sent what this API does not take: please report it.", codes=("RCS405", "RCS701")),
    Rule(ServerError, _REPORT, codes=("RCS500", "RCS502")),
    Rule(Throttled, f"Wait and run again; {config_key('requestsPerSecond')} slows the calls down.", statuses=(429,)),
    Rule(ServerError, _REPORT, statuses=tuple(range(500, 600))),
    Rule(KeyRefused, _KEY, statuses=(401, 403)),
    Rule(ApiError, f"Check {ENDPOINT} and the proxy: Kaleyra redirects nowhere.", statuses=tuple(range(300, 400))),
    Rule(ApiError, f"Check {ENDPOINT}: the answer does not look like Kaleyra's.", statuses=(404, 405),
         codes=("",)),
    Rule(ApiError, ""),
)  # fmt: skip
"""The classification, read from the top; the last row fits everything."""


def data_of(answer: Answer, *, empty_ok: bool = False, refused: str = "") -> Any:
    """The `data` of a good answer; of a bare JSON array, the array itself.

    Args:
        answer: as the transport read it.
        empty_ok: a 2xx answer without a body is good, and gives None.
        refused: what to do where Kaleyra refuses for a reason that no rule knows.

    Raises:
        ApiError: or what is below it: the service refused.
        Unclear: the answer cannot be read, so nobody knows whether the call was carried out.
    """
    good = 200 <= answer.status < 300  # noqa: PLR2004
    if good and empty_ok and not answer.body.strip():
        return None
    document = _document(answer, good=good)
    if good and is_list(document):
        return document
    envelope = document if is_block(document) else {}
    if good and envelope.get("code") in SUCCESS and not envelope.get("error"):
        return envelope.get("data")
    if good and not envelope.get("error") and not envelope.get("code"):
        raise _foreign("the answer is JSON, but not in the form that Kaleyra documents")
    error = _error(answer, envelope)
    if type(error) is ApiError and error.code:
        error.hint = error.hint or refused
    raise error


def block(found: Any) -> dict[str, Any]:
    """The data of an answer about one agent or tester.

    Raises:
        Unclear: it is not an object.
    """
    if not is_block(found):
        raise Unclear("unexpected answer: `data` is not an object")
    return found


def _document(answer: Answer, *, good: bool) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        if good:
            raise _unreadable(answer) from None
        return None


def _unreadable(answer: Answer) -> Unclear:
    head = answer.body.lstrip()[:1]
    if not head:
        return Unclear(f"the answer is empty (HTTP {answer.status})")
    if head in (b"{", b"["):  # it broke off
        return Unclear(f"the answer is not JSON (HTTP {answer.status})")
    return _foreign(f"the answer is {'HTML' if head == b'<' else 'not JSON'} (HTTP {answer.status})")


def _foreign(what: str) -> Unclear:
    """An answer that somebody else gave, who would give it again."""
    return Unclear(
        f"{what}: a proxy, a login page or a wrong {ENDPOINT} may have given it",
        CHECK_WAY,
        lasting=True,
    )


def _error(answer: Answer, envelope: Mapping[str, Any]) -> ApiError:
    error = envelope.get("error")
    error = error if is_block(error) else {}
    code, label = one_line(envelope.get("code") or ""), one_line(error.get("error_code") or "")
    headline = one_line(envelope.get("message") or "").rstrip(".")
    words = one_line(_unwrapped(error.get("error_message") or error.get("error") or error.get("body") or ""))
    words = words or headline or _bare_detail(answer)
    rule = next(each for each in RULES if each.fits(answer.status, code, label, words))
    return rule.error(
        words if not headline or headline.casefold() in words.casefold() else f"{headline}: {words}",
        rule.meaning,
        words=words,
        status=answer.status,
        code=code,
        label=label,
        retry_after=answer.headers.get("retry-after", ""),
    )


def _unwrapped(text: Any) -> Any:
    """The message inside a JSON document that was put into a text, as PROV_ERROR does."""
    try:
        inner = json.loads(text) if isinstance(text, str) and text.lstrip().startswith("{") else None
    except (ValueError, RecursionError):
        inner = None
    return inner["message"] if is_block(inner) and inner.get("message") else text


def _bare_detail(answer: Answer) -> str:
    if 300 <= answer.status < 400:  # noqa: PLR2004
        return "the service redirects elsewhere, where the key is not sent"
    return "the answer has no Kaleyra envelope"
