"""What one phone shows of an agent: plain texts for the template, nothing of HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from rcs_provider.core.contrast import is_colour
from rcs_provider.core.fields import UNKNOWN, is_block, is_list
from rcs_provider.core.phone import digits
from rcs_provider.objects.agent.fields import TABLE

from .texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NEUTRAL: Final = "#5f6368"
"""Stands for a colour that is not known or is none."""
_BUTTONS: Final = {"call": "Call", "web": "Website", "mail": "Email"}


@dataclass(frozen=True)
class Text:
    """A text on the phone.

    Attributes:
        text: as declared.
        mark: what happened to it, in a word; or nothing.
        over: "43 of 40 characters" where it is longer than phones show; or nothing.
    """

    text: str
    mark: str = ""
    over: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture: its address, the file's name, and what to show of it.

    Attributes:
        name: of the file, which is its alternative text.
        data: a data URI; empty where there is only the address.
        mark: what happened to it, in a word; or nothing.
    """

    name: str
    data: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Contact:
    """A line of the list: a phone, a website, an e-mail, or the page of privacy or terms.

    Attributes:
        icon: name of its drawing.
        label: its own text.
        value: the number or the address, as declared.
        href: where a tap leads; empty where the value is no such address.
        mark: what happened to it, in a word; or nothing.
    """

    icon: str
    label: Text
    value: str
    href: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Button:
    """One of the round buttons: the first contact of its kind."""

    icon: str
    label: str


@dataclass(frozen=True)
class Screen:
    """All that a phone shows of an agent.

    Attributes:
        title: what this side of a comparison is called; empty where there is no other.
        colour: # and six digits.
        colour_mark: what happened to it, in a word; or nothing.
    """

    title: str
    name: Text
    description: Text
    logo: Picture
    banner: Picture
    colour: str
    colour_mark: str
    contacts: Sequence[Contact]
    links: Sequence[Contact]
    verified: bool = False
    buttons: Sequence[Button] = field(default=())


def screen(
    inputs: Mapping[str, Any],
    pictures: Mapping[str, str],
    marks: Mapping[str, str],
    *,
    title: str = "",
    verified: bool = False,
) -> Screen:
    """The screen of an agent.

    Args:
        inputs: by our names.
        pictures: data URIs by address.
        marks: a word for each part that changed; see `compared`.
        title: of this side of a comparison.
        verified: an answer has said so.
    """
    contacts = list(_contacts(inputs, marks))
    there = {each.icon for each in contacts}
    return Screen(
        title,
        _text(inputs, "display_name", marks),
        _text(inputs, "description", marks),
        _picture(inputs.get("logo_url"), pictures, marks.get("logo_url", "")),
        _picture(inputs.get("hero_url"), pictures, marks.get("hero_url", "")),
        colour_of(inputs) or NEUTRAL,
        marks.get("color", ""),
        contacts,
        [_link(inputs.get(name), icon, marks.get(name, "")) for name, icon in _LINKS],
        verified,
        [Button(icon, label) for icon, label in _BUTTONS.items() if icon in there],
    )


_LINKS: Final = (("privacy", "shield"), ("terms_conditions", "page"))


def colour_of(inputs: Mapping[str, Any]) -> str:
    """The declared colour; empty where it is not known or is none."""
    colour = inputs.get("color")
    return colour if isinstance(colour, str) and is_colour(colour) else ""


def over(text: Any, most: int | None) -> str:
    """How much longer a text is than phones show, "43 of 40 characters"; nothing where it is not."""
    return f"{len(text)} of {most} characters" if isinstance(text, str) and most and len(text) > most else ""


def _text(inputs: Mapping[str, Any], name: str, marks: Mapping[str, str]) -> Text:
    value = inputs.get(name)
    return Text(text_of(value), marks.get(name, ""), over(value, TABLE[name].max_length))


def _picture(address: Any, pictures: Mapping[str, str], mark: str) -> Picture:
    return Picture(file_name(address), pictures.get(address, "") if isinstance(address, str) else "", mark)


def file_name(address: Any) -> str:
    """The last part of an address' path, by which people know a picture; the whole value where it has none."""
    try:
        last = urlsplit(address).path.rpartition("/")[2] if isinstance(address, str) else ""
    except ValueError:  # no address at all, such as http://[
        last = ""
    return text_of(last or address)


def _contacts(inputs: Mapping[str, Any], marks: Mapping[str, str]) -> Iterator[Contact]:
    for name, icon in (("phones", "call"), ("website", "web"), ("emails", "mail")):
        entries = inputs.get(name)
        if entries is UNKNOWN or (entries and not is_list(entries)):
            yield _link(entries, icon, marks.get(name, ""))
        for index, each in enumerate(entries if is_list(entries) else ()):
            yield _link(each, icon, marks.get(f"{name}[{index}]") or marks.get(name, ""))


def _link(entry: Any, icon: str, mark: str) -> Contact:
    if not is_block(entry):
        return Contact(icon, Text(""), text_of(entry), "", mark)
    label = Text(text_of(entry.get("label_text")), "", over(entry.get("label_text"), _LABEL))
    value = next((entry[each] for each in ("number", "website", "email") if each in entry), None)
    code = text_of(entry.get("country_code"))
    shown = text_of(value)
    whole = f"+{code.lstrip('+')} {shown}" if code and not shown.startswith("+") else shown
    return Contact(icon, label, whole, _href(icon, value, whole), mark)


_LABEL: Final = TABLE["privacy"].inner["label_text"].advised_length if TABLE["privacy"].inner else None


def _href(icon: str, value: Any, shown: str) -> str:
    """Where a tap leads: to what can be no script, and only where the value is what it should be."""
    if not isinstance(value, str):
        return ""
    if icon == "call":
        number = digits(shown)
        return f"tel:{'+' if shown.startswith('+') else ''}{number}" if number else ""
    if icon == "mail":
        return f"mailto:{quote(value, safe='@+')}" if "@" in value else ""
    return value if value.lower().startswith(("https://", "http://")) and value.isprintable() else ""
