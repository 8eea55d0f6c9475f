"""On Spark a later build replaces the days that can have changed, also those that lose all rows.

A project of one model with the macros of this one: what is asked is how its days are written.
"""

import dataclasses
from datetime import date

import pytest

from orchestration.settings.environment import ROOT, Settings

pytestmark = pytest.mark.spark
pytest.importorskip("pyspark", reason="pyspark is not installed; make test-spark installs it")

PROJECT = """
name: customer_health
version: "1.0"
config-version: 2
profile: customer_health
macro-paths: ["{macros}"]
vars: {{rebuild_from: "0001-01-01", reporting_time_zone: UTC, session_timeout_seconds: 1800}}
flags: {{send_anonymous_usage_stats: false}}
"""
MODEL = """
{{ config(
    materialized='incremental', incremental_strategy='replace_days', event_time='day'
) }}
select
    cast(day as date) as day,
    amount,
    amount / 4.0 as quarter_of_it
from raw.amounts
where {{ in_rebuild_window('cast(day as date)') }}
"""
FIRST = [("2026-03-01", 1), ("2026-03-02", 2), ("2026-03-02", 3), ("2026-03-03", 4)]


@pytest.fixture(scope="module")
def building(tmp_path_factory):
    """Return a function that builds the model from rows, and what stands in the table then."""
    from dbt.cli.main import dbtRunner

    from orchestration.spark.build import forget_lost_tables
    from orchestration.spark.session import folder_of, start

    folder = tmp_path_factory.mktemp("days")
    settings = dataclasses.replace(
        Settings.from_environment({}), warehouse=folder / "warehouse.duckdb", threads=1
    )
    (folder / "project" / "models").mkdir(parents=True)
    (folder / "project" / "dbt_project.yml").write_text(
        PROJECT.format(macros=ROOT / "dbt_project" / "macros" / "engine")
    )
    days = ROOT / "dbt_project" / "macros" / "in_rebuild_window.sql"
    macros = folder / "project" / "own"
    macros.mkdir()
    (macros / "days.sql").write_text(days.read_text())
    project = (folder / "project" / "dbt_project.yml").read_text()
    (folder / "project" / "dbt_project.yml").write_text(
        project.replace('macro-paths: ["', f'macro-paths: ["{macros}", "')
    )
    (folder / "project" / "models" / "amounts.sql").write_text(MODEL)
    session = start(settings, memory="1g", small=True)
    session.sql("create schema if not exists raw")

    def build(rows, since=None):
        session.sql("drop table if exists raw.amounts")
        values = ", ".join(f"('{day}', {amount})" for day, amount in rows)
        session.sql(
            "create table raw.amounts using parquet as "
            f"select * from values {values} as told (day, amount)"
        )
        forget_lost_tables(settings)
        extra = ["--vars", f"rebuild_from: '{since}'"] if since else ["--full-refresh"]
        result = dbtRunner().invoke([
            "run", *extra, "--target", "spark", "--project-dir", str(folder / "project"),
            "--profiles-dir", str(ROOT / "profiles"), "--log-level", "none",
        ])  # fmt: skip
        assert result.success, result.exception or [one.message for one in result.result.results]
        found = session.sql("select day, amount from marts.amounts").collect()
        return sorted((row.day, row.amount) for row in found)

    yield build
    session.stop()
    assert folder_of(settings).is_dir()


def dated(rows):
    return sorted((date.fromisoformat(day), amount) for day, amount in rows)


def test_days_from_the_first_that_can_have_changed_are_replaced_and_the_others_stay(building):
    assert building(FIRST) == dated(FIRST)
    later = [("2026-03-01", 100), ("2026-03-02", 20), ("2026-03-03", 4), ("2026-03-04", 5)]
    # The first of March lies before what this build may touch.
    expected = [("2026-03-01", 1), *later[1:]]
    assert building(later, date(2026, 3, 2)) == dated(expected)


def test_a_day_that_loses_all_its_rows_is_gone(building):
    assert building(FIRST) == dated(FIRST)
    kept = [FIRST[0], FIRST[3]]
    assert building(kept, date(2026, 3, 2)) == dated(kept)


def test_all_days_can_be_gone(building):
    building(FIRST)
    assert building(FIRST[:1], date(2026, 3, 2)) == dated(FIRST[:1])
