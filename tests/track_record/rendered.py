"""The models of the track record as plain queries on tables of a test, without dbt."""

from pathlib import Path

import duckdb
import yaml
from jinja2 import Environment

PROJECT = Path(__file__).parents[2] / "dbt_project"
MACROS = (
    "clustered_areas.sql",
    "clustered_intervals.sql",
    "ranked_values.sql",
    "wilson_bound.sql",
    "normal.sql",
)
SETTINGS = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"]
LINE = ("model_version_id", "dimension", "segment", "predictor", "label", "horizon_days")


def render(model: str, **settings) -> str:
    """Return the query of a model; the tables that it reads go by the names of their models."""
    macros = "".join((PROJECT / "macros" / file).read_text() for file in MACROS)
    (path,) = (PROJECT / "models").rglob(f"{model}.sql")
    values = SETTINGS | settings
    text = Environment().from_string(macros + path.read_text())
    return text.render(ref=lambda name: name, var=values.__getitem__)


def backtest(trials: dict[str, list], **settings) -> duckdb.DuckDBPyConnection:
    """Return a connection in which the trials have been judged, as a build judges them."""
    connection = duckdb.connect()
    connection.execute(
        "create table fct_account_segments_daily "
        "(account_id text, activity_date date, dimension text, segment text)"
    )
    columns = ", ".join(f"unnest(${name}) as {name}" for name in trials)
    connection.execute(f"create temp table given as select {columns}", trials)
    connection.execute(
        "create table int_backtest_observations as select account_id, "
        "snapshot_date::date as snapshot_date, predictor, 'churn' as label, 42 as horizon_days, "
        "'m1' as model_version_id, band, "
        "predictor_value::double as predictor_value, event_count::integer as event_count, "
        "mrr_cents::decimal(15, 0) as mrr_cents, 0::decimal(18, 12) as cared_for from given"
    )
    connection.execute(
        "create table int_health_predictors as select distinct account_id, snapshot_date, "
        "'health_score' as predictor, model_version_id from int_backtest_observations"
    )
    for model in (
        "int_health_backtest_groups",
        "int_health_backtest_series",
        "int_health_backtest_accounts",
        "int_health_backtest_slices",
        "int_health_score_advantages",
        "fct_health_backtest",
    ):
        connection.execute(f"create table {model} as {render(model, **settings)}")
    return connection


def row(connection: duckdb.DuckDBPyConnection, table: str, predictor: str = "health_score") -> dict:
    """Return the row of the total of one predictor, by the names of its columns."""
    result = connection.execute(
        f"select * from {table} where model_version_id = 'all' and dimension = 'all' "
        "and predictor = ?",
        [predictor],
    )
    names = [column[0] for column in result.description]
    (values,) = result.fetchall()
    return dict(zip(names, values, strict=True))
