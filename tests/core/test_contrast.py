"""The contrast of two colours."""

from __future__ import annotations

import pytest

from rcs_provider.core.contrast import BLACK, WHITE, contrast, is_colour


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [(WHITE, BLACK, 21.0), (WHITE, WHITE, 1.0), ("#767676", WHITE, 4.54), ("#0B5CAD", WHITE, 6.67)],
)
def test_it_is_that_of_wcag_and_the_order_does_not_matter(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_a_colour_is_a_sign_and_six_digits() -> None:
    assert [each for each in ("#0b5cad", "#FFFFFF", "0b5cad", "#fff", "#0b5cad;", None, 7) if is_colour(each)] == [
        "#0b5cad",
        "#FFFFFF",
    ]
