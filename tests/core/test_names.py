"""Names in two spellings."""

from __future__ import annotations

from typing import Any

import pytest
from proves import proves

from rcs_provider.core import codec
from rcs_provider.core.kind import UNFINISHED
from rcs_provider.core.names import camel, names_of, renamed, snake, united
from rcs_provider.core.settings import SETTINGS
from rcs_provider.objects import OBJECTS


@proves("F5")
def test_every_name_of_ours_comes_back_from_its_other_spelling() -> None:
    for kind in OBJECTS:
        names = set(names_of(kind.table))
        assert {snake(camel(each)) for each in names} == names
        assert len({camel(each) for each in names}) == len(names)
        assert not [each for each in names if "_" in camel(each)]


def test_a_settings_key_is_its_name_in_the_other_spelling() -> None:
    assert [camel(each.name) for each in SETTINGS] == [each.key for each in SETTINGS]


@pytest.mark.parametrize(
    ("ours", "other"),
    [
        ("display_name", "displayName"),
        ("color", "color"),
        ("emails[0].label_text", "emails[0].labelText"),
        ('website[*]["label_text"]', 'website[*]["labelText"]'),
        ("brand_details.provider_brand_no", "brandDetails.providerBrandNo"),
    ],
)
def test_paths_are_spelt_name_by_name(ours: str, other: str) -> None:
    assert (camel(ours), snake(other)) == (other, ours)
    assert (camel(other), snake(ours)) == (other, ours)


@pytest.mark.parametrize(
    "name", [codec.MANAGED, codec.DECLARED, codec.TAKEN_OVER, codec.OWN_POLICY, codec.UNREAD, UNFINISHED, "__provider"]
)
def test_what_is_the_engines_or_ours_alone_has_one_spelling(name: str) -> None:
    assert camel(name) == snake(name) == name


def test_names_are_spelt_otherwise_to_the_bottom_and_values_stay() -> None:
    ours: Any = {"brand_details": {"brand_no": "b_1"}, "emails": [{"label_text": "a_b"}], "languages": ["e_n", None]}
    other = {"brandDetails": {"brandNo": "b_1"}, "emails": [{"labelText": "a_b"}], "languages": ["e_n", None]}
    assert renamed(ours, camel) == other
    assert renamed(other, snake) == ours


@pytest.mark.parametrize(
    ("mixed", "ours"),
    [
        ({"displayName": "A", "color": "B"}, {"display_name": "A", "color": "B"}),
        ({"display_name": "mine", "displayName": "stored"}, {"display_name": "mine"}),
        (
            {"brand_details": {"brand_no": "mine"}, "brandDetails": {"brandNo": "stored", "brandName": "A"}},
            {"brand_details": {"brand_no": "mine", "brand_name": "A"}},
        ),
        (
            {"emails": [{"address": "mine", "labelText": "stored"}]},
            {"emails": [{"address": "mine", "label_text": "stored"}]},
        ),
        ({"phones": "not a list", "__declared": 1}, {"phones": "not a list", "__declared": 1}),
        ({"brand_details": "mine", "brandDetails": {"brandNo": "1"}}, {"brand_details": "mine"}),
    ],
)
def test_names_in_both_spellings_become_one_and_the_right_spelling_wins(mixed: Any, ours: Any) -> None:
    assert united(mixed, snake) == ours
