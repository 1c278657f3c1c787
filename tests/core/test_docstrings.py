"""Docstrings of attributes are read from the source, where it is at hand."""

from __future__ import annotations

from typing_extensions import TypedDict

from rcs_provider.core.docstrings import attribute_docstrings


def test_the_docstring_of_an_attribute_is_the_string_under_it_on_one_line() -> None:
    class Args(TypedDict):
        """Of the class."""

        one: str
        """One."""

        two: str
        """Two
        lines."""

        bare: str
        three: str
        "Three."

    assert attribute_docstrings(Args) == {"one": "One.", "two": "Two lines.", "three": "Three."}


def test_a_class_without_its_source_has_no_docstrings_of_attributes() -> None:
    made = type("Made", (), {"__module__": __name__})
    assert attribute_docstrings(made) == {}
