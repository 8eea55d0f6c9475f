"""The features of a Monday stay what was known when it came, whatever lands later.

What is here: the book of published features and the model that reads it, on rows by hand. That a
day is built alike from files cut at it is asked of every table in `tests/any_order`.
"""

from datetime import date, datetime, timedelta

import duckdb
import pytest
import yaml

from orchestration.books.outlook import FEATURES
from orchestration.landing.tables import ensure_books
from orchestration.publication.publish import remember_features
from tests.outlook.planted import FEATURES as LEARNED
from tests.outlook.planted import PROJECT
from tests.running_sums.compiled import SETTINGS, compiled

MONDAY = date(2026, 8, 31)
OTHERS = "against_segment"
MODEL = "fct_account_features_weekly"
SET = SETTINGS["outlook_feature_set"]


class Company:
    """Three accounts on one plan, whose features of two Mondays are what has landed by a day."""

    def __init__(self):
        self.connection = duckdb.connect()
        ensure_books(self.connection)
        self.connection.execute("create schema marts")
        self.connection.execute("create table raw.run_parameters (as_of_date date)")
        self.connection.execute("create view stg_run__parameters as from raw.run_parameters")
        measured = [name for name in FEATURES if not name.endswith(OTHERS)]
        columns = ", ".join(f"{name} double" for name in (*measured, "log_core_events_per_seat"))
        self.connection.execute(
            "create table int_account_features_measured (account_id varchar, snapshot_date date, "
            f"size_band varchar, plan varchar, mrr decimal(18,2), is_at_risk boolean, {columns})"
        )
        for number in range(3):
            for weeks in (1, 0):
                self.connection.execute(
                    "insert into int_account_features_measured by name select ? as account_id, "
                    "? as snapshot_date, 'SMB' as size_band, 'pro' as plan, 100 as mrr, true as "
                    "is_at_risk, ? as log_active_share_28d, ? as log_overdue_days, 1.0 / 3 as nps",
                    [f"a{number}", MONDAY - timedelta(weeks=weeks), -number / 7, number / 3],
                )

    def loaded(self, moment: datetime) -> None:
        self.connection.execute("insert into raw.loads (loaded_at) values (?)", [moment])

    def built(self, as_of: date, feature_set: str = SET) -> dict[tuple[str, date], tuple]:
        """Build the features as of a day; return hash and rest of each row."""
        self.connection.execute("delete from raw.run_parameters")
        self.connection.execute("insert into raw.run_parameters values (?)", [as_of])
        step, query = (
            compiled(model, is_tail=False).replace(f"'{SET}'", f"'{feature_set}'")
            for model in ("stg_outlook__published_features", MODEL)
        )
        self.connection.execute(f"create or replace view stg_outlook__published_features as {step}")
        self.connection.execute(f"create or replace table marts.{MODEL} as {query}")
        rows = self.connection.execute(
            f"select account_id, snapshot_date, row_hash, * from marts.{MODEL} "
            "where snapshot_date <= ? order by all",
            [as_of + timedelta(days=1)],
        ).fetchall()
        return {row[:2]: row[2:] for row in rows}

    def publish(self) -> int:
        """Publish; return how many rows the book has."""
        remember_features(self.connection, "run")
        return self.connection.table("raw.published_features").count("*").fetchall()[0][0]

    def land_late(self, feature: str, account: str = "a1") -> None:
        """Let something land whose own time lies before both Mondays."""
        self.connection.execute(
            f"update int_account_features_measured set {feature} = 9 where account_id = ?",
            [account],
        )


@pytest.fixture
def company():
    found = Company()
    yield found
    found.connection.close()


LANDED = datetime(2026, 8, 31, 6)
EVE = MONDAY - timedelta(days=1)


@pytest.mark.parametrize(
    "late", ["log_active_share_28d", "log_open_tickets", "log_overdue_days"],
    ids=["an event", "a ticket", "a payment"],
)  # fmt: skip
def test_what_lands_after_a_monday_is_in_no_row_of_it(company, late):
    company.loaded(LANDED)
    before = company.built(EVE)
    assert company.publish() == 3
    beyond = f"select count(*) from marts.{MODEL} where max_source_known_at >= snapshot_date"
    assert company.connection.execute(beyond).fetchone() == (0,)
    assert company.built(EVE) == before, "what is kept is what was worked out, to the last bit"
    company.land_late(late)
    company.loaded(LANDED + timedelta(days=9))
    after = company.built(EVE + timedelta(days=9))
    of_monday = {key: row for key, row in after.items() if key[1] == MONDAY}
    assert of_monday == {key: row for key, row in before.items() if key[1] == MONDAY}
    assert company.publish() == 3
    # Without the book it would be in: the comparison is not blind.
    company.connection.execute("delete from raw.published_features")
    leaked = company.built(EVE + timedelta(days=9))
    assert leaked["a1", MONDAY][0] != before["a1", MONDAY][0]
    assert leaked["a1", MONDAY - timedelta(weeks=1)] != before["a1", MONDAY - timedelta(weeks=1)]


def test_an_account_that_lands_after_a_monday_has_no_row_of_it(company):
    company.loaded(LANDED)
    company.connection.execute(
        "create table late as from int_account_features_measured where account_id = 'a2';"
        "delete from int_account_features_measured where account_id = 'a2'"
    )
    before = company.built(EVE)
    assert company.publish() == 2
    company.connection.execute("insert into int_account_features_measured from late")
    after = company.built(EVE + timedelta(days=1))
    assert ("a2", MONDAY) not in after
    # Nor do the others know of it, against whom they are compared.
    assert after["a0", MONDAY] == before["a0", MONDAY]


def test_a_past_day_that_is_built_later_is_no_knowledge_of_its_week(company):
    company.loaded(datetime(2026, 9, 7, 6))
    company.built(EVE)
    assert company.publish() == 0


def test_a_past_day_knows_nothing_of_what_was_kept_after_it(company):
    company.loaded(LANDED)
    company.built(EVE)
    company.publish()
    past = company.built(EVE - timedelta(weeks=1))
    assert {day for _, day in past} == {MONDAY - timedelta(weeks=1)}
    kept = company.connection.execute("from stg_outlook__published_features").fetchall()
    assert kept == []


def test_features_that_mean_something_else_are_worked_out_anew(company):
    company.loaded(LANDED)
    company.built(EVE)
    company.publish()
    company.land_late("log_overdue_days")
    assert 9 not in company.built(EVE)["a1", MONDAY]
    assert 9 in company.built(EVE, "another")["a1", MONDAY]


def test_amounts_that_were_kept_in_another_currency_are_worked_out_anew(company, monkeypatch):
    company.loaded(LANDED)
    company.built(EVE)
    company.publish()
    company.land_late("log_mrr")
    assert 9 not in company.built(EVE)["a1", MONDAY]
    monkeypatch.setitem(SETTINGS, "reporting_currency", "JPY")
    compiled.cache_clear()
    try:
        assert 9 in company.built(EVE)["a1", MONDAY]
        models = compiled("int_outlook_models", is_tail=False)
    finally:
        compiled.cache_clear()
    # Nor is anybody scored by a model that learned amounts in the former one.
    assert f"feature_set_version != '{SET} JPY'" in models


def test_the_book_has_a_column_for_every_feature():
    assert set(LEARNED) <= set(FEATURES)
    contract = yaml.safe_load((PROJECT / f"models/marts/outlook/{MODEL}.yml").read_text())
    names = [column["name"] for column in contract["models"][0]["columns"]]
    first, last = names.index("is_at_risk") + 1, names.index("missing_features")
    assert tuple(names[first:last]) == FEATURES
