"""What phones show at most, who says so, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Limit:
    """One limit.

    Attributes:
        what: the limit, as a clause that can follow the name of the part.
        cited: who says so, and how far the pages agree.
    """

    what: str
    cited: str


NAME: Final = Limit("at most 40 characters", "8x8, Bandwidth, AWS, Webex, Kaleyra's console; they agree")
DESCRIPTION: Final = Limit("at most 100 characters", "Google, 8x8, AWS; they agree")
LABEL: Final = Limit("at most 25 characters", "Kaleyra's read page; the sample of its update page has 30")
COLOR: Final = Limit("a contrast of at least 4.5 to white", "Google, 8x8, Bandwidth; they agree")
