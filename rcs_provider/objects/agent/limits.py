"""The limits of what a phone shows of an agent: who says so, and how sure that is.

Kaleyra's pages hold few of them. Google's app shows the agents, so the others come from Google's guides, and from those
of other vendors of the same service. What is only here is a warning at most: Kaleyra may take more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sure(str, Enum):
    """How sure a limit is; the value is how the page says it."""

    AGREED = "they agree"
    STATED = "stated"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True)
class Limit:
    """One limit.

    Attributes:
        part: path of the field, without places in lists: `phones.label_text`.
        what: the limit, as a clause that can follow the name of the part.
        source: who says so.
        sure: how sure that is.
    """

    part: str
    what: str
    source: str
    sure: Sure

    @property
    def cited(self) -> str:
        """Source and certainty, for the brackets at the end of a message."""
        return f"{self.source}; {self.sure.value}" if self.sure is Sure.AGREED else self.source


@dataclass(frozen=True)
class PictureLimits:
    """What a picture has to be.

    Attributes:
        width: in pixels.
        height: in pixels.
        most_bytes: of the file.
        size: the row of width and height.
        weight: the row of the file's bytes.
        transparency: the row of what shows through.
    """

    width: int
    height: int
    most_bytes: int
    size: Limit
    weight: Limit
    transparency: Limit


NAME_LENGTH: Final = 40
"""Characters of a display name."""
DESCRIPTION_LENGTH: Final = 100
"""Characters of a description."""
LABEL_LENGTH: Final = 25
"""Characters of a label on the read page; the update page's own sample has labels of 30."""
CONTRAST: Final = 4.5
"""Contrast to white that Google's guide for agents asks for, as WCAG 2 counts it."""

_ALL: Final = "Google, 8x8, AWS, Bandwidth"
_WEB: Final = "public https:// addresses that answer"

NAME: Final = Limit(
    "display_name",
    f"at most {NAME_LENGTH} characters",
    "8x8, Bandwidth, AWS, Webex, Kaleyra's console; older pages of Google's say 100",
    Sure.AGREED,
)
DESCRIPTION: Final = Limit(
    "description",
    f"at most {DESCRIPTION_LENGTH} characters; Google refuses markup, scripts, paths, commands and templates in it",
    "Google, 8x8, AWS",
    Sure.AGREED,
)
LABEL: Final = Limit(
    "phones, emails, website, privacy, terms_conditions: label_text",
    f"at most {LABEL_LENGTH} characters",
    "Kaleyra's read page; the sample of its update page has 30",
    Sure.CONTRADICTED,
)
COLOR: Final = Limit("color", f"a contrast of at least {CONTRAST} to white", "Google, 8x8, Bandwidth", Sure.AGREED)
LOGO: Final = PictureLimits(
    width=224,
    height=224,
    most_bytes=50_000,
    size=Limit("logo_url", "224 x 224 pixels", _ALL, Sure.AGREED),
    weight=Limit("logo_url", "at most 50 kB", _ALL, Sure.AGREED),
    transparency=Limit(
        "logo_url",
        "guides contradict each other on transparency",
        "AWS asks for it, Postscript for none",
        Sure.CONTRADICTED,
    ),
)
BANNER: Final = PictureLimits(
    width=1440,
    height=448,
    most_bytes=200_000,
    size=Limit("hero_url", "1440 x 448 pixels", _ALL, Sure.AGREED),
    weight=Limit("hero_url", "at most 200 kB", _ALL, Sure.AGREED),
    transparency=Limit("hero_url", "transparency looks bad on a dark theme", "8x8", Sure.STATED),
)
LINKS: Final = Limit("privacy.website, terms_conditions.website", _WEB, _ALL, Sure.AGREED)

PICTURES: Final[Mapping[str, PictureLimits]] = {"logo_url": LOGO, "hero_url": BANNER}
"""What each picture has to be, by its field."""

LIMITS: Final = (
    NAME,
    DESCRIPTION,
    LABEL,
    COLOR,
    LOGO.size,
    LOGO.weight,
    Limit("logo_url", "PNG or JPEG", _ALL, Sure.AGREED),
    Limit(
        "logo_url",
        "nothing that matters in its corners: a circle in conversations, a rounded square on newer phones",
        "Google, 8x8",
        Sure.AGREED,
    ),
    LOGO.transparency,
    BANNER.size,
    BANNER.weight,
    Limit(
        "hero_url", "JPEG, or PNG as well", "Google names JPEG alone; 8x8, AWS and Bandwidth both", Sure.CONTRADICTED
    ),
    Limit(
        "hero_url", "nothing that matters in its lower middle, which the logo covers", "Google, Bandwidth", Sure.AGREED
    ),
    BANNER.transparency,
    Limit(
        "phones.number",
        "with its country code; local and toll-free numbers are taken without it, too",
        "Google",
        Sure.STATED,
    ),
    LINKS,
    Limit(
        "logo_url, hero_url",
        "public until Google has copied them, which it does with an update; then they may go",
        "Google",
        Sure.STATED,
    ),
)
"""Every limit, in the order of an agent's fields."""
