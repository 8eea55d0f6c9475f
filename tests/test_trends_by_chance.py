"""Of series that do not change few have a trend, however wide their windows."""

from datetime import date, timedelta

import duckdb
import numpy as np
import pytest

from tests.running_sums.compiled import compiled

POINTS = 8
SERIES = 400
LAST = date(2026, 10, 31)


def trends(series, window_days):
    """Return the trend of each series of days, as sums of windows at eight weekly points."""
    rows = [
        (str(number), back, LAST - timedelta(7 * back), float(days[at - window_days : at].sum()))
        for number, days in enumerate(series)
        for back in range(POINTS)
        for at in [len(days) - 7 * back]
    ]
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(
            "create table int_metric_points as select 'm' as metric, 'all' as dimension, "
            "unnest($1) as segment, unnest($2) as periods_back, unnest($3) as metric_date, "
            "unnest($4) as metric_value",
            [list(column) for column in zip(*rows, strict=True)],
        )
        connection.execute(
            f"create table dim_metrics as select 'm' as metric, {window_days} as window_days"
        )
        for model in ("int_mann_kendall", "fct_metric_trends"):
            connection.execute(f"create table {model} as {compiled(model, is_tail=False)}")
        found = connection.execute("select trend, p_value from fct_metric_trends").fetchall()
    assert len(found) == len(series)
    return found


def days_of(window_days, change, seed=11):
    """Return series of independent days whose mean changes by so many of a hundred in all."""
    count = window_days + 7 * (POINTS - 1)
    mean = 100 + change * np.linspace(0, 1, count)
    return np.random.default_rng(seed).poisson(mean, size=(SERIES, count))


@pytest.mark.parametrize("window_days", [1, 7, 14, 28, 91, 365])
def test_what_does_not_change_has_a_trend_in_a_tenth_of_all_cases_at_most(window_days):
    found = [trend for trend, _ in trends(days_of(window_days, change=0), window_days)]
    # Three standard errors above a tenth.
    assert np.mean([trend != "steady" for trend in found]) < 0.1 + 3 * np.sqrt(0.09 / SERIES)


@pytest.mark.parametrize("window_days", [7, 28, 91])
def test_what_rises_all_the_time_is_still_seen_to_rise(window_days):
    found = [trend for trend, _ in trends(days_of(window_days, change=30), window_days)]
    assert np.mean([trend == "up" for trend in found]) > 0.8


def test_windows_that_do_not_overlap_have_the_probability_of_kendalls_table():
    (found,) = trends([np.arange(7 * POINTS)], window_days=7)
    assert found == ("up", pytest.approx(2 / 40320))
