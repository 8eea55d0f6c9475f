"""On Spark a later build replaces the days that can have changed, also those that lose all rows.

A project of one model with the macros of this one: raw rows come out of the working file, Spark
builds, and the working file takes in what was built.
"""

import dataclasses
import shutil
from datetime import date

import duckdb
import pytest

from orchestration.settings.environment import ROOT, Settings

pytestmark = pytest.mark.spark
pytest.importorskip("pyspark", reason="pyspark is not installed; make test-spark installs it")

PROJECT = """
name: customer_health
version: "1.0"
config-version: 2
profile: customer_health
vars: {rebuild_from: "0001-01-01", reporting_time_zone: UTC, session_timeout_seconds: 1800}
"""
MODEL = """
{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='day') }}
select
    cast(day as date) as day,
    amount,
    amount / 4.0 as quarter_of_it,
    {{ keyed_hash(pseudonym_key(), 'day') }} as pseudonym,
    moment
from raw.amounts
where {{ in_rebuild_window('cast(day as date)') }}
"""
FIRST = [("2026-03-01", 1), ("2026-03-02", 2), ("2026-03-02", 3), ("2026-03-03", 4)]


@pytest.fixture(scope="module")
def building(tmp_path_factory):
    """Return a function that builds the model from rows, and what the working file holds then."""
    from orchestration.spark.build import invoke_on_spark

    folder = tmp_path_factory.mktemp("days")
    settings = dataclasses.replace(
        Settings.from_environment({}),
        root=folder, warehouse=folder / "warehouse.duckdb", threads=1, target="spark",
    )  # fmt: skip
    project, macros = folder / "dbt_project", ROOT / "dbt_project" / "macros"
    (project / "models").mkdir(parents=True)
    (project / "dbt_project.yml").write_text(PROJECT)
    (project / "models" / "amounts.sql").write_text(MODEL)
    shutil.copytree(macros / "engine", project / "macros" / "engine")
    shutil.copy(macros / "in_rebuild_window.sql", project / "macros")
    shutil.copytree(ROOT / "profiles", folder / "profiles")

    def build(rows, since=None):
        values = ", ".join(
            f"('{day}', {amount}, timestamp '{day} 12:00:00')" for day, amount in rows
        )
        with duckdb.connect(str(settings.warehouse)) as connection:
            connection.execute("create schema if not exists raw")
            connection.execute(
                "create or replace table raw.amounts as "
                f"select * from (values {values}) as told (day, amount, moment)"
            )
        extra = ["--vars", f"rebuild_from: '{since}'"] if since else ["--full-refresh"]
        result = invoke_on_spark(settings, ["run", *extra], memory="1g", small=True)
        assert result.success, result.exception or [one.message for one in result.result.results]
        with duckdb.connect(str(settings.warehouse)) as connection:
            connection.execute("set TimeZone = 'UTC'")
            return connection.execute("select * from marts.amounts order by day, amount").fetchall()

    return build


def days(found):
    return [(str(day), amount) for day, amount, *_ in (
        (row[-1], *row[:-1]) for row in found)]  # fmt: skip


def test_the_working_file_takes_in_what_was_built(building):
    found = building(FIRST)
    assert len(found) == 4
    amount, quarter, pseudonym, moment, day = found[0]
    assert (amount, quarter, day) == (1, 0.25, date(2026, 3, 1))
    assert len(pseudonym) == 16
    assert str(moment).startswith("2026-03-01 12:00:00")


def test_days_from_the_first_that_can_have_changed_are_replaced_and_the_others_stay(building):
    assert days(building(FIRST)) == FIRST
    later = [("2026-03-01", 100), ("2026-03-02", 20), ("2026-03-03", 4), ("2026-03-04", 5)]
    # The first of March lies before what this build may touch.
    assert days(building(later, date(2026, 3, 2))) == [("2026-03-01", 1), *later[1:]]


def test_days_that_lose_all_their_rows_are_gone(building):
    assert days(building(FIRST)) == FIRST
    kept = [FIRST[0], FIRST[3]]
    assert days(building(kept, date(2026, 3, 2))) == kept
    assert days(building(FIRST[:1], date(2026, 3, 2))) == FIRST[:1]
