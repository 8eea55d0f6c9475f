"""What was said of an account on a day does not depend on what came later.

Everything known after a day is made wrong, for everybody; for a few accounts the weeks before it
too. Of all others every row up to the day must be the same, to the last bit; of these few it must
not be, or the comparison would see nothing.
"""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import declared_tables
from orchestration.warehouse.connection import Warehouse
from tests.any_order.builds import run
from tests.cases.built import relation
from tests.conftest import settings_in
from tests.track_record.corrupted import corrupt_the_future, corrupt_the_past
from tests.track_record.rendered import render

LAST_DAY = date(2026, 8, 31)
FORGOTTEN_DAYS = 21
STEPS = {"int_account_silences"}
TABLES = {
    "int_account_snapshots": "snapshot_date",
    "int_health_predictors": "snapshot_date",
    "fct_account_health_daily": "score_date",
    "fct_account_health_components_daily": "score_date",
}
FEATURES = "fct_account_features_weekly"
# Medians of a plan know the few whose past was spoilt, too.
AGAINST_OTHERS = (
    "* exclude (active_days_against_segment, active_days_84d_against_segment, "
    "active_days_364d_against_segment, "
    "days_since_activity_against_segment, feature_breadth_against_segment, "
    "core_events_against_segment, active_day_change_against_segment, row_hash)"
)


class Corrupted:
    """A warehouse built from spoilt rows, beside the one that was built from honest ones."""

    def __init__(self, path: Path, honest: Path, forgotten: list[str], spoilt: int):
        self.forgotten, self.spoilt = forgotten, spoilt
        self.connection = duckdb.connect()
        self.connection.execute(f"attach '{path}' as spoilt (read_only)")
        self.connection.execute(f"attach '{honest}' as honest (read_only)")

    def differing(self, table, condition, columns="*"):
        """Return how many rows under a condition only one of the two warehouses has."""
        sides = [
            f"select {columns} from {self.place(side, table)} where {condition}"
            for side in ("honest", "spoilt")
        ]
        query = (
            f"select (select count(*) from ({sides[0]})), "
            f"(select count(*) from ({sides[0]} except all {sides[1]})) "
            f"+ (select count(*) from ({sides[1]} except all {sides[0]}))"
        )
        return self.connection.execute(query).fetchone()

    def place(self, side, table):
        """Return where a table of one of the two stands; a step has none, so it is built here."""
        if table not in STEPS:
            return f"{side}.{relation(table)}"
        self.connection.execute(f"set search_path = '{side}.marts,{side}.intermediate'")
        self.connection.execute(
            f"create or replace table memory.main.{side}_{table} as {render(table)}"
        )
        return f"memory.main.{side}_{table}"

    def of_the_forgotten(self, wanted=True):
        names = ", ".join(f"'{name}'" for name in self.forgotten)
        return f"account_id {'in' if wanted else 'not in'} ({names})"


@pytest.fixture(scope="module")
def corrupted(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("corrupted")
    settings = settings_in(folder, built.settings.landing)
    settings.warehouse.parent.mkdir()
    settings.warehouse.write_bytes(built.settings.warehouse.read_bytes())
    tables = list(declared_tables(prepare_manifest(built.settings)))
    with Warehouse(settings.warehouse).writing() as connection:
        scored = connection.execute(
            "select distinct account_id from intermediate.int_health_predictors "
            "where snapshot_date = ? order by all",
            [LAST_DAY],
        ).fetchall()
        forgotten = [name for (name,) in scored][::10]
        first_day = LAST_DAY - timedelta(days=FORGOTTEN_DAYS - 1)
        assert corrupt_the_past(connection, forgotten, first_day, LAST_DAY) > 100
        spoilt = corrupt_the_future(connection, tables, LAST_DAY)
    run(
        settings,
        [
            "run",
            "--full-refresh",
            "--select",
            "+int_health_predictors",
            "+fct_account_outcomes",
            "+fct_account_features_weekly",
        ],
    )
    return Corrupted(settings.warehouse, built.settings.warehouse, forgotten, spoilt)


@pytest.mark.parametrize(("table", "day"), TABLES.items())
def test_nothing_said_up_to_a_day_depends_on_what_came_later(corrupted, table, day):
    condition = f"{day} <= date '{LAST_DAY}' and {corrupted.of_the_forgotten(False)}"
    rows, differing = corrupted.differing(table, condition)
    assert rows > 1000
    assert differing == 0


def test_no_feature_of_a_monday_knows_the_monday_itself_or_later(corrupted):
    # All that is known on the last honest day is of the Monday after it, or of an earlier one.
    known = f"snapshot_date <= date '{LAST_DAY}' + 1 and {corrupted.of_the_forgotten(False)}"
    rows, differing = corrupted.differing(FEATURES, known, AGAINST_OTHERS)
    assert rows > 1000
    assert differing == 0
    before_all = f"snapshot_date <= date '{LAST_DAY}' - {FORGOTTEN_DAYS - 1}"
    rows, differing = corrupted.differing(FEATURES, before_all)
    assert rows > 1000
    assert differing == 0
    later = f"snapshot_date > date '{LAST_DAY}' + 7"
    assert corrupted.differing(FEATURES, later)[1] > 1000


def test_outcomes_that_were_final_on_the_day_stay_so(corrupted):
    condition = f"matures_on <= date '{LAST_DAY}' and is_event is not null"
    rows, differing = corrupted.differing("fct_account_outcomes", condition)
    assert rows > 500
    assert differing == 0


def test_silences_and_thresholds_that_were_known_on_the_day_stay_so(corrupted):
    ended = f"returned_date <= date '{LAST_DAY}' and {corrupted.of_the_forgotten(False)}"
    columns = "account_id, last_active_date, returned_date, silent_days"
    rows, differing = corrupted.differing("int_account_silences", ended, columns)
    assert rows > 0
    assert differing == 0
    settled = f"settled_on <= date '{LAST_DAY}'"
    assert corrupted.differing("int_silence_thresholds", settled)[1] == 0


def test_the_future_was_spoilt_indeed(corrupted):
    assert corrupted.spoilt > 10_000
    after = f"matures_on > date '{LAST_DAY}'"
    assert corrupted.differing("fct_account_outcomes", after)[1] > 0
    later = f"score_date > date '{LAST_DAY}'"
    assert corrupted.differing("fct_account_health_daily", later)[1] > 1000


@pytest.mark.parametrize(
    ("table", "condition"),
    [
        ("int_health_predictors", "predictor in ('recency', 'usage_trend', 'health_score')"),
        ("fct_account_health_daily", "health_score is not null"),
        ("fct_account_features_weekly", "true"),
    ],
)
def test_a_change_of_the_past_is_seen(corrupted, table, condition):
    day = TABLES.get(table, "snapshot_date")
    _, differing = corrupted.differing(
        table,
        f"{condition} and {corrupted.of_the_forgotten()} "
        f"and {day} between date '{LAST_DAY}' - {FORGOTTEN_DAYS - 1} and date '{LAST_DAY}'",
    )
    assert differing > 0
