"""Where customers stand in the picture of score and revenue."""

import re

import pytest

from orchestration.dashboard.scatter import (
    BOTTOM,
    COLOURS,
    HEIGHT,
    LEFT,
    TOP,
    Scale,
    axes,
    place_of,
    scale_of,
)
from orchestration.reporting.facts import Row


def customer(score, mrr, band="watch"):
    return Row("rpt_account_overview", {}, {"health_score": score, "mrr": mrr, "band": band})


def test_all_of_the_revenue_lies_between_the_ends_of_the_axis():
    rows = [customer(0, 0.5), customer(100, 1000), customer(50, 20)]
    scale = scale_of(rows)
    assert scale == Scale(-1, 3)
    places = [place_of(row, scale) for row in rows]
    assert places[0][0] == LEFT
    assert places[1][1] == TOP
    assert all(TOP <= y <= HEIGHT - BOTTOM for _, y, _ in places)


@pytest.mark.parametrize(("score", "mrr"), [(None, 5), (50, None), (50, 0), (50, -3)])
def test_who_has_no_score_or_no_revenue_has_no_place(score, mrr):
    assert place_of(customer(score, mrr), Scale(0, 1)) is None
    assert scale_of([customer(score, mrr)]) is None


def test_customers_who_all_pay_the_same_still_have_an_axis():
    assert scale_of([customer(50, 10), customer(60, 10)]) == Scale(1, 2)


def test_bands_differ_in_form_and_not_in_colour_alone():
    drawn = axes([customer(50, 10, band) for band in COLOURS], "EUR")
    forms = re.findall(r'stroke-width="(\d+)" stroke-linecap="(\w+)"', drawn)
    assert len(set(forms)) == len(forms) == len(COLOURS)
