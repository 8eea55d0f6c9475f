"""What was fitted is kept by day, and too little is said to be too little."""

from datetime import date
from itertools import pairwise

import duckdb
import numpy as np
import pytest

from orchestration.landing.tables import ensure_books
from orchestration.lifetime_value import shifted_beta_geometric as sbg
from orchestration.lifetime_value.book import BOOK, days_since_fit, write_fits
from orchestration.lifetime_value.fitting import NOTHING, contractual, non_contractual

SURVIVORS = [400, 340, 300, 271, 249, 232, 218]


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        ensure_books(connection)
        connection.execute("create schema intermediate")
        connection.execute("create table raw.run_parameters as select date '2026-10-31' as_of_date")
        connection.execute(
            "create table intermediate.int_lifetime_value_renewals (dimension varchar, "
            "segment varchar, term_months integer, renewal_number integer, at_risk_count bigint, "
            "left_count bigint)"
        )
        connection.execute(
            "create table intermediate.int_order_histories (repeat_count bigint, "
            "last_order_weeks double, watched_weeks double, mean_repeat_value double)"
        )
        yield connection


def watch(connection, survivors, segment="all"):
    for number, (before, after) in enumerate(pairwise(survivors), 1):
        connection.execute(
            "insert into intermediate.int_lifetime_value_renewals values ('all', ?, 1, ?, ?, ?)",
            [segment, number, before, before - after],
        )


def test_where_nothing_can_be_fitted_the_book_says_so_and_the_day_is_not_asked_again(connection):
    assert [*contractual(connection), *non_contractual(connection)] == []
    assert days_since_fit(connection) is None
    write_fits(connection, date(2026, 10, 31), [NOTHING], "1")
    assert days_since_fit(connection) == 0
    ((status, reason, draw, alpha),) = connection.execute(
        f"select status, reason, draw, alpha from {BOOK}"
    ).fetchall()
    assert (status, draw, alpha) == ("too_few_renewals", 0, None)
    assert "no renewal was watched" in reason


def test_a_fit_of_a_later_day_is_none_for_the_day_that_is_built(connection):
    write_fits(connection, date(2026, 11, 30), [NOTHING], "1")
    assert days_since_fit(connection) is None
    write_fits(connection, date(2026, 9, 30), [NOTHING], "1")
    assert days_since_fit(connection) == 31


def test_a_fit_takes_the_place_of_one_of_the_same_day_and_of_no_other(connection):
    watch(connection, SURVIVORS)
    (fit,) = contractual(connection)
    for day in (date(2026, 9, 30), date(2026, 10, 31), date(2026, 10, 31)):
        write_fits(connection, day, [fit], "1")
    counted = connection.execute(
        f"select fitted_on, count(*) from {BOOK} group by all order by all"
    ).fetchall()
    assert counted == [(date(2026, 9, 30), 101), (date(2026, 10, 31), 101)]
    (alpha, beta) = connection.execute(
        f"select alpha, beta from {BOOK} where draw = 0 limit 1"
    ).fetchone()
    at_risk = np.array(SURVIVORS[:-1], dtype=float)
    fitted = sbg.fit(sbg.Renewals(at_risk, at_risk - np.array(SURVIVORS[1:])))
    assert (alpha, beta) == (fitted.alpha, fitted.beta)


@pytest.mark.parametrize(
    ("survivors", "status", "lacks"),
    [
        ([400, 340, 300, 271, 249], "too_few_renewals", "up to renewal 4"),
        ([29, 25, 22, 20, 18, 16, 15], "too_few_customers", "30 are needed"),
        ([400, 400, 399, 399, 398, 398], "too_few_left", "2 customers left"),
        ([400, 9, 8, 7, 6, 5, 4], "too_few_renewals", "up to renewal 1"),
    ],
)
def test_too_little_is_named_with_what_is_needed(connection, survivors, status, lacks):
    watch(connection, survivors)
    (fit,) = contractual(connection)
    assert fit.status == status
    assert lacks in fit.reason
    assert len(fit.rows) == 0


def test_few_orders_are_named_too_and_losses_have_no_size(connection):
    connection.execute(
        "insert into intermediate.int_order_histories "
        "select 1 + number % 3, 10, 30, -5 from range(120) as numbers(number)"
    )
    frequency, size = non_contractual(connection)
    assert frequency.status in ("ok", "not_settled")
    assert size.status == "too_few_repeats"
    assert size.reason.startswith("0 customers without a contract ordered again")
