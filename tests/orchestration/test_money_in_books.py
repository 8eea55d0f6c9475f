"""Money that is kept for ever says its currency, as the reporting currency may be another later."""

from datetime import date

import duckdb

from orchestration.books import KEPT_BOOKS
from orchestration.landing.tables import ensure_books
from orchestration.publication.publish import remember_outlooks

# The name of a set of features has the currency in it, and rows of another set are not read.
SAYS_IT = {"currency", "feature_set_version"}


def test_every_kept_book_with_money_says_in_which_currency():
    with_money = {
        name: columns
        for name, columns in KEPT_BOOKS.items()
        if any(kind.startswith("decimal") for kind in columns.values())
    }
    assert "published_features" in with_money
    assert [name for name, columns in with_money.items() if not SAYS_IT & set(columns)] == []


def test_a_book_of_an_older_version_is_gone_on_with():
    with duckdb.connect() as connection:
        connection.execute("create schema raw")
        connection.execute(
            "create table raw.published_outlooks (account_id varchar, prediction_date date, "
            "horizon_days integer, model_version varchar, label varchar, status varchar, "
            "probability double, place bigint, mrr decimal(18,2), run_id varchar)"
        )
        connection.execute(
            "insert into raw.published_outlooks values "
            "('a1', '2026-01-05', 42, 'm', 'churn', 'ok', 0.2, 1, 90, 'r1')"
        )
        ensure_books(connection)
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_churn_predictions as select 'a1' as account_id, "
            "date '2026-01-12' as prediction_date, 42 as horizon_days, 'm' as model_version, "
            "'churn' as label, 'ok' as status, 0.3 as probability, 1 as place, 95.00 as mrr"
        )
        remember_outlooks(connection, "r2")
        kept = connection.execute(
            "select prediction_date, probability, mrr, run_id from raw.published_outlooks "
            "order by prediction_date"
        ).fetchall()
    assert kept == [
        (date(2026, 1, 5), 0.2, 90, "r1"),
        (date(2026, 1, 12), 0.3, None, "r2"),
    ]
