"""What can go wrong, by who is to blame.

RcsError
├─ ConfigError        a setting is missing, malformed, or given twice with two values
├─ Refusal            this package will not do what is asked, and made no call that changes anything
├─ TransportError     no usable answer
│  ├─ NotSent         the request provably never reached the server
│  └─ Unclear         it may have been carried out: dropped, timed out, unreadable
└─ ApiError           the service said no
   ├─ NotFound        the documented not-found of one object
   ├─ NothingThere    the documented error that stands for an empty list
   ├─ ServiceCodeTaken
   ├─ KeyRefused      the key, or the SID or pod that it should belong to, is not accepted
   ├─ Throttled       too many calls, or a quota is used up
   └─ ServerError     the service broke; a change may have been carried out

A class exists only where some code tells it apart.
No message holds the api-key, and none holds a value of an input that could be secret.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Generator


@dataclass(frozen=True)
class Problem:
    """One mistake of a user's: where it is and what is wrong.

    Attributes:
        path: of the property, `phones[0].number`; empty for the resource as a whole.
        reason: a short clause without the offending value, as that may be a secret.
        others: further properties, where the mistake is one of several.
        place: the property at which a file is marked, where the reason says all and no path is shown.
        setting: key of the setting that is wrong, where it is one and no property.
    """

    path: str
    reason: str
    others: tuple[str, ...] = ()
    place: str = ""
    setting: str = ""

    def __str__(self) -> str:
        return f"{', '.join(self.paths)}: {self.reason}" if self.path else self.reason

    @property
    def paths(self) -> tuple[str, ...]:
        """Of all properties of the mistake."""
        return (self.path, *self.others)

    @property
    def head(self) -> str:
        """Name of the top-level property that the path begins with."""
        return self.path.partition(".")[0].partition("[")[0]

    @property
    def heads(self) -> list[str]:
        """The same of each property, where the mistake is one of several."""
        return [Problem(each, "").head for each in self.paths]


class RcsError(Exception):
    """Root of every error that this package raises on purpose.

    Args:
        message: one line: what was tried, on what, and what happened.
        hint: one sentence on what to do next, or nothing.

    Attributes:
        usual: what to do next where an error of the class has no hint.
    """

    usual: ClassVar[str] = ""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self._with(self.hint)

    @property
    def line(self) -> str:
        """The whole of what a user is told, which always says what to do."""
        return self._with(self.hint or self.usual)

    def _with(self, hint: str) -> str:
        return f"{self.message.rstrip('.')}. {hint}" if hint else self.message


class ConfigError(RcsError):
    """A setting is missing, malformed, or given twice with two values."""


class Refusal(RcsError):  # noqa: N818
    """The change asked for would break a promise, so nothing was sent."""


class TransportError(RcsError):
    """There is no usable answer.

    Attributes:
        lasting: the same call would come to the same, so it is not made again.
    """

    def __init__(self, message: str, hint: str = "", *, lasting: bool = False) -> None:
        super().__init__(message, hint)
        self.lasting = lasting


class NotSent(TransportError):  # noqa: N818 - leaves are plain conditions
    """The request provably never reached the server: refused, no such host, TLS not agreed."""


class Unclear(TransportError):  # noqa: N818
    """The request may have been carried out: the answer was lost, late or unreadable."""

    usual = "Run the same command again: it looks first at what Kaleyra has, and sends nothing twice."


class ApiError(RcsError):
    """The service refused.

    Attributes:
        status: HTTP status of the answer.
        code: the envelope's `code`, such as `RCS904`; empty where there was no envelope.
        label: the envelope's `error.error_code`, such as `PROV_ERROR`.
        detail: the vendor's headline and words, on one line.
        words: the words alone; the headline only names the operation, whatever happened.
        retry_after: seconds that the service asks to wait, or None.
    """

    def __init__(  # noqa: PLR0913 - the parts of one answer
        self,
        detail: str,
        hint: str = "",
        *,
        words: str = "",
        status: int = 0,
        code: str = "",
        label: str = "",
        retry_after: str = "",
    ) -> None:
        marks = ", ".join(part for part in (code, label, f"HTTP {status}" if status else "") if part)
        super().__init__(f"{detail} ({marks})" if marks else detail, hint)
        self.status, self.code, self.label, self.detail = status, code, label, detail
        self.words = words or detail
        self.retry_after = retry_after


class NotFound(ApiError):  # noqa: N818
    """The documented not-found: RCS904, PROV_ERROR, "... not found", under HTTP 400 or 404."""

    usual = "Check what these words name, and that SID and pod are those of its account."


class NothingThere(ApiError):  # noqa: N818
    """The list asked for is empty, which this API reports as an error."""


class ServiceCodeTaken(ApiError):  # noqa: N818
    """A create or an update was refused because another agent has the service code."""

    usual = "Declare another service_code."


class KeyRefused(ApiError):  # noqa: N818
    """The key is not accepted, or the SID or pod that it should belong to."""


class Throttled(ApiError):  # noqa: N818
    """HTTP 429: too many calls, or a quota is used up. Nothing was carried out."""


class ServerError(ApiError):
    """HTTP 5xx, or an envelope that says so: a change may or may not have been carried out."""


@contextmanager
def trying(what: str) -> Generator[None]:
    """Says in every error of ours what was being tried: "update agent 71732"."""
    try:
        yield
    except RcsError as error:
        error.message = f"could not {what}: {error.message}"
        raise
