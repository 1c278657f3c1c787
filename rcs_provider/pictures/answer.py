"""What came of an address: an answer, or one line that says why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rcs_provider.core.errors import RcsError
from rcs_provider.core.text import one_line


class PictureError(RcsError):
    """An address cannot be looked at, or holds no picture; the message is a clause about the address."""


@dataclass(frozen=True)
class Answer:
    """What an address answered, at the end of all redirects.

    Attributes:
        address: as declared.
        final: where the answer came from.
        redirects: how many led there.
        status: HTTP status.
        content_type: the header, as it was sent.
        content: the body where it was asked for and the status is one of success; else empty.
    """

    address: str
    final: str
    redirects: int
    status: int
    content_type: str = ""
    content: bytes = field(default=b"", repr=False)

    @property
    def is_success(self) -> bool:
        """Whether the status says that this is what was asked for."""
        return is_success(self.status)


def is_success(status: int) -> bool:
    """Whether an HTTP status says that the answer is what was asked for."""
    return status // 100 == 2  # noqa: PLR2004 - HTTP's class of success


def shown(address: str) -> str:
    """An address for people: without user name, password and query, as these may be secrets."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "an address that is not valid"
    return one_line(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.netloc else parts.scheme)
