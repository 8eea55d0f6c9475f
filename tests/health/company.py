"""Accounts drawn at random, measured at random, and scored by the seeds and the models themselves.

Half of what could be measured is missing, old or of few; an account may come from another model,
or under a cap.
"""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import duckdb

from tests.health.compiled import (
    MODELS,
    build,
    is_incremental,
    lay_down_references,
    lay_down_seeds,
)

# A Monday, as those are explained.
NOW = date(2026, 6, 1)
HORIZONS = (7, 28, 90)
VERSIONS = ("mature-1", "onboarding-1", "renewal-1")
SIZES = ("SMB", "mid", "enterprise", "unknown")
STATUSES = (*["ok"] * 9, "no_denominator", "immature", "source_unavailable", "stale")
ACCOUNT_DAYS = (
    "account_id varchar, score_date date, model varchar, model_version_id varchar, "
    "lifecycle_stage varchar, scoring_stage varchar, size_band varchar, tenure_days integer, "
    "last_active_date date, tenure_days_when_last_active integer, components_date date"
)
TABLES = {
    "int_scored_account_days": ACCOUNT_DAYS,
    "int_health_measurements_daily": "account_id varchar, score_date date, component varchar, "
    "numerator double, denominator double, sample_size double, metric_value double, "
    "measured_on date, fresh_on date, status varchar",
    "fct_account_health_overrides_daily": "account_id varchar, score_date date, "
    "override_rule varchar, cap double",
    "fct_source_freshness_daily": "source varchar, date_day date, fresh_on date, is_stale boolean",
}
# In the order in which they are built.
SCORED_BY = (
    *("int_score_curve_segments", "dim_score_components", "int_score_version_lineage"),
    *("int_scored_models_daily", "int_component_values_carried_forward_daily"),
    *("int_component_scores_daily",),
    *("int_health_components_daily", "fct_account_health_components_daily"),
    *("int_other_model_scores_daily", "int_health_scores_daily"),
    *("fct_account_health_daily", "int_health_score_pairs_daily", "int_explained_score_pairs"),
    *("int_health_former_reference_scores_daily", "fct_account_health_changes"),
)
assert set(SCORED_BY) <= set(MODELS)


def opened() -> duckdb.DuckDBPyConnection:
    """Return a database with the seeds in it and a table for all that is drawn."""
    connection = duckdb.connect(config={"threads": 1})
    lay_down_seeds(connection)
    lay_down_references(connection)
    for table, columns in TABLES.items():
        connection.execute(f"create table {table} ({columns})")
    connection.execute("create table stg_run__parameters as select $1 as as_of_date", [NOW])
    return connection


def components(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, list[float]]]:
    """Return every component with the values at which its curve bends, the best one last."""
    return connection.execute(
        "select component, list(x order by score) from score_components inner join ("
        "select curve, x, score from score_curve_points "
        "union all select 'reference', unnest([2, 7, 35]), unnest([1, 60, 100])"
        ") using (curve) group by component order by component"
    ).fetchall()


def draw_account(drawn: random.Random, account: str, asked: Sequence) -> dict[str, list[tuple]]:
    """Return the rows of one account, now and 7, 28 or 90 days ago, by table."""
    rows = {table: [] for table in TABLES}
    size, version = drawn.choice(SIZES), drawn.choice(VERSIONS)
    extreme = drawn.choice([None, None, 0, -1])
    for day in (NOW - timedelta(drawn.choice(HORIZONS)), NOW):
        if drawn.random() < 0.3:
            version = drawn.choice(VERSIONS)
        model = version.removesuffix("-1")
        tenure = drawn.choice([5, 400, 400, 400])
        account_day = (account, day, model, version, "mature", "mature", size, tenure)
        rows["int_scored_account_days"].append((*account_day, None, None, day))
        for component, bends in asked:
            # Some things are no longer asked once an account is at home.
            if day == NOW and drawn.random() < 0.1:
                continue
            denominator = drawn.choice([None, 1, 1, 7, 7])
            value = drawn.choice(bends) + drawn.choice([0, 0, 0.37, -1.3, 1000, -1000])
            if extreme is not None:
                value = bends[extreme]
            measured_on = day - timedelta(drawn.choice([*[0] * 6, 40, 110]))
            status = drawn.choice(STATUSES) if denominator else "no_denominator"
            rows["int_health_measurements_daily"].append(
                (
                    *(account, day, component, value * (denominator or 1), denominator),
                    *(drawn.randint(0, 9), value, measured_on, None, status),
                )
            )
        for rule in ("late", "urgent"):
            if drawn.random() < 0.2:
                cap = drawn.choice([1, 5, 20, 60, 100])
                rows["fct_account_health_overrides_daily"].append((account, day, rule, cap))
    return rows


def score(
    connection: duckdb.DuckDBPyConnection,
    accounts: Sequence[dict[str, list[tuple]]],
    before: date = date.max,
    rebuild_from: date | None = None,
):
    """Build the models on the rows of some accounts, in their order, from before a day."""
    for table in TABLES:
        rows = [row for account in accounts for row in account[table] if row[1] < before]
        connection.execute(f"delete from {table}")
        if rows:
            place = "(" + ", ".join("?" * len(rows[0])) + ")"
            connection.execute(
                f"insert into {table} values " + ", ".join([place] * len(rows)),
                [value for row in rows for value in row],
            )
    for model in SCORED_BY:
        build(connection, model, rebuild_from if is_incremental(model) else None)
